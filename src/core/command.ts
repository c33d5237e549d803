// Commands: what an actor asks for, after intake has checked its form and computed its digests. Names are imperative.

import type { ActorKind } from "./actor.ts";
import type { Policy } from "./policy.ts";

export type AdoptPolicy = {
  readonly policy: Policy;
  /** The full text as its author wrote it. */
  readonly source: string;
  readonly hash: string;
  /** SHA-256 of the human key; only the first adoption sets it. */
  readonly humanKey: string | null;
};

export type CreateTask = {
  /** The caller's id, or null for the next T-n. */
  readonly task: string | null;
  readonly title: string;
  readonly taskKind: string;
  readonly text: string | null;
  readonly state: string | null;
  readonly parent: string | null;
  readonly createdBy: string | null;
  readonly assignee: string | null;
  /** Digest of kind, normalised text and scope. */
  readonly fingerprint: string;
  /** Digest of the title with numbers and ids masked. */
  readonly template: string;
};

export type ClaimTask = { readonly task: string };
export type MoveTask = { readonly task: string; readonly to: string; readonly reason: string | null };
export type ReleaseTask = { readonly task: string; readonly reason: string | null };
export type ReopenTask = { readonly task: string; readonly reason: string };

export type RecordStep = {
  readonly task: string;
  readonly tool: string | null;
  /** Keyed digests of the call and of its result; null when the caller gave none. */
  readonly call: string | null;
  readonly result: string | null;
  /** What the step used beside itself: tokens, costMicros, or any name the policy limits. */
  readonly amounts: { readonly [dimension: string]: number };
  readonly handBack: boolean;
};

export type SleepAgent = { readonly agent: string; readonly timeoutMs: number | null; readonly reason: string };
export type WakeAgent = { readonly agent: string; readonly reason: string | null };

/** What a harness saw happen outside the kernel: any id, state and time. */
export type RecordFact = {
  readonly task: string;
  /** The state it left; null tells only what state it is in now, and is never a skip. */
  readonly from: string | null;
  readonly to: string;
  /** When it happened, in milliseconds since 1970; the rules judge it at this time. */
  readonly occurredAt: number;
  readonly title: string;
  readonly taskKind: string;
  readonly parent: string | null;
  readonly createdBy: string | null;
  readonly author: string | null;
  readonly assignee: string | null;
  readonly fingerprint: string;
  readonly template: string;
};

export type CommandBodies = {
  adopt_policy: AdoptPolicy;
  create_task: CreateTask;
  claim_task: ClaimTask;
  move_task: MoveTask;
  release_task: ReleaseTask;
  reopen_task: ReopenTask;
  record_step: RecordStep;
  sleep_agent: SleepAgent;
  wake_agent: WakeAgent;
  record_fact: RecordFact;
};

export type CommandType = keyof CommandBodies;

/** What every command carries; `digest` is intake's digest of type and body, for idempotency. */
export type Envelope = {
  readonly v: 1;
  readonly workspace: string;
  readonly commandId: string;
  readonly actor: string;
  readonly kind: ActorKind;
  readonly proven: boolean;
  readonly run: string | null;
  readonly fence: number | null;
  readonly digest: string;
};

export type CommandOf<T extends CommandType> = Envelope & { readonly type: T; readonly body: CommandBodies[T] };

export type Command = { [T in CommandType]: CommandOf<T> }[CommandType];

/** Which kinds of actor may ask for each command at all; the rules come after. */
export const ALLOWED_KINDS: { readonly [T in CommandType]: readonly ActorKind[] } = {
  adopt_policy: ["human"],
  create_task: ["human", "agent", "system"],
  claim_task: ["human", "agent"],
  move_task: ["human", "agent"],
  release_task: ["human", "agent"],
  reopen_task: ["human"],
  record_step: ["human", "agent", "harness"],
  sleep_agent: ["human", "agent", "system"],
  wake_agent: ["human", "system", "harness"],
  record_fact: ["harness"],
};
