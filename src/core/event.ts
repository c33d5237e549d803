// Events: what happened, in the past tense. The log of them is the truth; rows are its fold. Both verdicts have
// events: a refusal is recorded as `command_refused`.

import type { ActorKind } from "./actor.ts";
import type { CommandType } from "./command.ts";
import type { RecordedDecision } from "./decision.ts";
import type { Policy } from "./policy.ts";

/** By which door a task came into a state; a sighting tells the state without saying how it was reached. */
export type Via = "claim" | "move" | "release" | "reopen" | "fact" | "sighting";

export type PolicyAdopted = {
  readonly policy: Policy;
  readonly source: string;
  readonly hash: string;
  readonly humanKey: string | null;
};

export type TaskCreated = {
  readonly task: string;
  readonly title: string;
  readonly taskKind: string;
  readonly text: string | null;
  readonly state: string;
  readonly parent: string | null;
  readonly root: string;
  /** Ancestors by parent, root first, at most 32. */
  readonly path: readonly string[];
  readonly createdBy: string | null;
  /** Ancestors by created-by, oldest first, at most 32. */
  readonly origins: readonly string[];
  /** Who made it (kind:id). */
  readonly author: string;
  readonly assignee: string | null;
  readonly fingerprint: string;
  readonly template: string;
  /** When it happened, where a harness told of it (nothing was refused); null for the kernel's own tasks. */
  readonly toldAt: number | null;
};

export type TaskMoved = {
  readonly task: string;
  readonly from: string;
  readonly to: string;
  readonly via: Via;
  /** The kind of hand the lifecycle table is asked for. */
  readonly by: ActorKind;
  /** The new holder (kind:id), or null when nobody holds it afterwards. */
  readonly holder: string | null;
  readonly fence: number;
  readonly attempt: number;
  /** Working time that ends with this move, booked to the task's meter. */
  readonly workedMs: number;
  readonly reason: string | null;
  /** As in TaskCreated. */
  readonly toldAt: number | null;
};

export type TaskPlaced = {
  readonly task: string;
  readonly parent: string;
  readonly root: string;
  readonly path: readonly string[];
};

export type StepRecorded = {
  readonly task: string;
  readonly tool: string | null;
  readonly call: string | null;
  readonly result: string | null;
  readonly amounts: { readonly [dimension: string]: number };
  readonly handBack: boolean;
};

export type AgentSlept = { readonly agent: string; readonly until: number | null; readonly reason: string };
export type AgentWoken = {
  readonly agent: string;
  readonly cause: "timeout" | "assigned" | "asked";
  readonly reason: string | null;
};

export type FactRecorded = {
  readonly task: string;
  readonly from: string | null;
  readonly to: string;
  readonly occurredAt: number;
};

/** `asked` is the command's body without long texts, for `why` and for judging the past under another policy. */
export type CommandRefused = { readonly command: CommandType; readonly asked: { readonly [field: string]: unknown } };

export type EventBodies = {
  policy_adopted: PolicyAdopted;
  task_created: TaskCreated;
  task_moved: TaskMoved;
  task_placed: TaskPlaced;
  step_recorded: StepRecorded;
  agent_slept: AgentSlept;
  agent_woken: AgentWoken;
  fact_recorded: FactRecorded;
  command_refused: CommandRefused;
};

export type EventType = keyof EventBodies;

/** An event before it has a place in the log: what a command proposes and the rules judge. */
export type Draft = { [T in EventType]: { readonly type: T; readonly body: EventBodies[T] } }[EventType];

/** Place, time and cause of an event. `at` is the server's time in milliseconds and never goes back. */
export type EventEnvelope = {
  readonly v: 1;
  readonly sequence: number;
  readonly at: number;
  readonly workspace: string;
  readonly commandId: string;
  readonly actor: string;
  readonly kind: ActorKind;
  readonly proven: boolean;
  readonly run: string | null;
  readonly fence: number | null;
  /** Digest of the command, on the event that carries its decision. */
  readonly digest: string | null;
  /** The command's decision, on the first event it caused; null on its consequences and on expiries. */
  readonly decision: RecordedDecision | null;
};

export type Event = {
  [T in EventType]: EventEnvelope & { readonly type: T; readonly body: EventBodies[T] };
}[EventType];

export const EVENT_TYPES: { readonly [T in EventType]: true } = {
  policy_adopted: true,
  task_created: true,
  task_moved: true,
  task_placed: true,
  step_recorded: true,
  agent_slept: true,
  agent_woken: true,
  fact_recorded: true,
  command_refused: true,
};
