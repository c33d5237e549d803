// Commands: what an actor asks for, after intake has checked its form and computed its digests. Names are imperative.

import type { ActorKind } from "./actor.ts";
import type { Admission } from "./admission.ts";
import type { Policy } from "./policy.ts";
import type { EvidenceKind } from "./evidence.ts";
import type { Lesson } from "./rows/rows.ts";
import type { Call } from "./steps/call.ts";

/** Amounts by dimension: whole numbers, at most 2^40 each. */
export type Amounts = { readonly [dimension: string]: number };

export type AdoptPolicy = {
  readonly policy: Policy;
  /** The full text as its author wrote it. */
  readonly source: string;
  readonly hash: string;
  /** SHA-256 of the human key; only the first adoption sets it. */
  readonly humanKey: string | null;
};

/** Where the log ended that was restored. */
export type StartIncarnation = { readonly restoredFrom: { readonly sequence: number; readonly hash: string } };

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
  /** 0 is the most urgent, 4 the least. */
  readonly priority: number;
  /** Capabilities that whoever claims it must have. */
  readonly needs: readonly string[];
  readonly blockedBy: readonly string[];
  /** Limits of its own, tighter than the policy's. */
  readonly limits: Amounts;
  readonly deadlineAt: number | null;
  readonly admission: Admission | null;
  /** Digest of kind, normalised text and scope. */
  readonly fingerprint: string;
  /** Digest of the title with numbers and ids masked. */
  readonly template: string;
};

/** What is null stays as it is. */
export type EditTask = {
  readonly task: string;
  readonly priority: number | null;
  readonly needs: readonly string[] | null;
  readonly blockedBy: readonly string[] | null;
  readonly limits: Amounts | null;
  /** 0 takes the deadline away. */
  readonly deadlineAt: number | null;
};

export type AssignTask = { readonly task: string; readonly assignee: string | null; readonly reason: string | null };
export type PlaceTask = { readonly task: string; readonly parent: string };

/** `task` is null where the next ready one was asked for and the kernel found none in its index. */
export type ClaimTask = { readonly task: string | null };
export type RenewLease = { readonly task: string };
export type MoveTask = {
  readonly task: string;
  readonly to: string;
  readonly reason: string | null;
  readonly lesson: (Pick<Lesson, "blocker" | "workaround"> & { readonly what: string | null }) | null;
};

/** Why a lease was given back; only `failed` and `crashed` count as a failed attempt. */
export const RELEASE_CAUSES = ["given_back", "failed", "crashed", "rate_limited", "timed_out"] as const;
export type ReleaseCause = (typeof RELEASE_CAUSES)[number];

export type ReleaseTask = { readonly task: string; readonly cause: ReleaseCause; readonly reason: string | null };
export type ReopenTask = { readonly task: string; readonly reason: string };

export type ReserveStep = {
  readonly task: string;
  readonly tool: string | null;
  /** What is called, as digests; null when the caller did not say. */
  readonly call: Call | null;
  /** What the step is expected to use beside itself. */
  readonly amounts: Amounts;
  /** True where it begins at once: then it can only be settled, not cancelled. */
  readonly started: boolean;
  readonly handBack: boolean;
};

export type SettleStep = {
  /** r-<sequence> */
  readonly reservation: string;
  readonly result: string | null;
  readonly failed: boolean;
  /** What it used: booked whatever was reserved. */
  readonly amounts: Amounts;
  /** The next step, reserved in the same transaction; refused, the settlement stands. */
  readonly next: ReserveStep | null;
};

export type CancelStep = { readonly reservation: string };

export type RecordStep = Omit<ReserveStep, "started"> & {
  /** Keyed digest of the result; null when the caller gave none. */
  readonly result: string | null;
  readonly failed: boolean;
};

/** What a harness saw of the work of one attempt under one fence. */
export type RecordEvidence = {
  readonly task: string;
  /** The life and the fence it was seen in; null means the present ones. */
  readonly attempt: number | null;
  readonly of: number | null;
  readonly what: EvidenceKind;
  /** The command's line, the reviewer's name, or the link. */
  readonly name: string;
  /** The command ended with 0, the reviewer approved, the link exists. */
  readonly passed: boolean;
  readonly digest: string | null;
};

export type StartRun = { readonly run: string; readonly task: string | null };
/** `agent` is whose run it is; null means the own one. */
export type EndRun = { readonly run: string; readonly agent: string | null; readonly reason: string | null };
export type RegisterAgent = { readonly agent: string; readonly capabilities: readonly string[] };
export type SleepAgent = { readonly agent: string; readonly timeoutMs: number | null; readonly reason: string };
export type WakeAgent = { readonly agent: string; readonly reason: string | null };

/** Scopes are named task/T-1, lineage/T-1, agent/a-2 or workspace. */
export type HaltScope = { readonly scope: string; readonly reason: string };
export type ResumeScope = { readonly scope: string; readonly reason: string | null };

/** A refused decision as the log has it; the kernel reads it there, for a log does not change. */
export type RefusedRequest = {
  readonly sequence: number;
  /** kind:id */
  readonly actor: string;
  readonly digest: string;
  readonly code: string;
  readonly numbers: { readonly [name: string]: string | number };
};

export type ApproveRequest = {
  readonly refused: RefusedRequest;
  /** Raises a full budget by this much; null takes a quarter of its limit. Only for budgets. */
  readonly add: Amounts | null;
  readonly forMs: number;
  readonly reason: string;
};
export type DenyRequest = { readonly refused: RefusedRequest; readonly reason: string };

/** A human says that the rules behind these codes were wrong in this decision. */
export type MarkWrong = {
  readonly sequence: number;
  readonly codes: readonly string[];
  readonly reason: string | null;
};

/** What a timer sends: these may have fallen due. */
export type Sweep = { readonly tasks: readonly string[]; readonly reservations: readonly string[] };

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
  start_incarnation: StartIncarnation;
  create_task: CreateTask;
  edit_task: EditTask;
  assign_task: AssignTask;
  place_task: PlaceTask;
  claim_task: ClaimTask;
  renew_lease: RenewLease;
  move_task: MoveTask;
  release_task: ReleaseTask;
  reopen_task: ReopenTask;
  reserve_step: ReserveStep;
  settle_step: SettleStep;
  cancel_step: CancelStep;
  record_step: RecordStep;
  record_evidence: RecordEvidence;
  start_run: StartRun;
  end_run: EndRun;
  register_agent: RegisterAgent;
  sleep_agent: SleepAgent;
  wake_agent: WakeAgent;
  halt_scope: HaltScope;
  resume_scope: ResumeScope;
  approve_request: ApproveRequest;
  deny_request: DenyRequest;
  mark_wrong: MarkWrong;
  sweep: Sweep;
  record_fact: RecordFact;
};

export type CommandType = keyof CommandBodies;

/** What every command carries; `digest` is intake's digest of type and body, for idempotency and for waivers. */
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
