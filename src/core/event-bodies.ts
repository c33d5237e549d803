// The bodies of events: what each of them says. A body says all that its fold needs, because evolve never reads policy.

import type { ActorKind } from "./actor.ts";
import type { Admission } from "./admission.ts";
import type { Amounts, CommandType, ReleaseCause, StartIncarnation } from "./command.ts";
import type { EvidenceKind } from "./evidence.ts";
import type { Policy } from "./policy.ts";
import type { LessonRow, Waiver } from "./rows/rows.ts";
import type { Escalation, Lease, Link } from "./rows/task-row.ts";
import type { Call, JudgedCall } from "./steps/call.ts";
import type { StepMemory } from "./steps/memory.ts";

/** By which door a task came into a state; a sighting tells the state without saying how it was reached. */
export type Via =
  | "claim"
  | "move"
  | "release"
  | "lost"
  | "halt"
  | "restore"
  | "park"
  | "sleep"
  | "reopen"
  | "fact"
  | "sighting";

export type PolicyAdopted = {
  readonly policy: Policy;
  readonly source: string;
  readonly hash: string;
  readonly humanKey: string | null;
};

/** The log was restored from a backup that ended at `restoredFrom`; what came after it is lost. */
export type IncarnationStarted = StartIncarnation & {
  /** Higher than any before; fences carry it. */
  readonly incarnation: number;
};

export type TaskCreated = {
  readonly task: string;
  readonly title: string;
  readonly taskKind: string;
  readonly text: string | null;
  readonly state: string;
  readonly parent: string | null;
  readonly root: string;
  readonly originRoot: string;
  /** Ancestors by parent, root first, at most 33. */
  readonly path: readonly string[];
  readonly createdBy: string | null;
  /** Ancestors by created-by, oldest first, at most 33. */
  readonly origins: readonly string[];
  /** Who made it (kind:id). */
  readonly author: string;
  readonly assignee: string | null;
  readonly priority: number;
  readonly needs: readonly string[];
  readonly blockedBy: readonly string[];
  readonly openBlockers: number;
  readonly limits: Amounts;
  readonly deadlineAt: number | null;
  readonly admission: Admission | null;
  readonly causeHops: number;
  readonly line: readonly Link[];
  readonly fingerprint: string;
  readonly template: string;
  /** It stands in the state that claims are made from. */
  readonly ready: boolean;
  readonly ended: boolean;
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
  readonly lease: Lease | null;
  /** Working time that ends with this move; booked to the scopes of the lease that ends. */
  readonly workedMs: number;
  readonly assignee: string | null;
  readonly escalation: Escalation;
  readonly cause: ReleaseCause | null;
  readonly reason: string | null;
  readonly ready: boolean;
  readonly ended: boolean;
  /** A human acted, or the life begins anew: what is counted "without progress" starts again. */
  readonly progress: boolean;
  /** As in TaskCreated. */
  readonly toldAt: number | null;
};

export type LeaseRenewed = { readonly task: string; readonly lease: Lease; readonly workedMs: number };

/** What is null stayed as it was. */
export type TaskEdited = {
  readonly task: string;
  readonly priority: number | null;
  readonly needs: readonly string[] | null;
  readonly blockedBy: readonly string[] | null;
  readonly openBlockers: number;
  readonly limits: Amounts | null;
  readonly deadlineAt: number | null;
};

export type TaskAssigned = {
  readonly task: string;
  readonly assignee: string | null;
  readonly reason: string | null;
  readonly progress: boolean;
};

export type TaskPlaced = {
  readonly task: string;
  readonly parent: string;
  readonly root: string;
  readonly path: readonly string[];
  /** What lies below it, with their new paths. */
  readonly below: readonly { readonly task: string; readonly path: readonly string[] }[];
};

/** A call as it was judged; `command` is what a shell ran. */
export type StepCall = JudgedCall & Pick<Call, "command">;

/** Spending of one step; `scopes` are all that it is charged to. */
type Spent = { readonly task: string; readonly scopes: readonly string[]; readonly amounts: Amounts };

export type StepReserved = Spent & {
  readonly tool: string | null;
  readonly call: StepCall | null;
  readonly started: boolean;
  readonly handBack: boolean;
  readonly expiresAt: number;
};

/** How a reservation ended; `reserved` at `reservedAt` is what it held. */
type Closed = Spent & {
  readonly reservation: string;
  readonly reserved: Amounts;
  readonly reservedAt: number;
  readonly handBack: boolean;
};

/** `late` corrects one that was presumed spent. */
export type StepSettled = Closed & {
  readonly result: string | null;
  readonly failed: boolean;
  readonly late: boolean;
};
export type StepCancelled = Closed;
export type ReservationExpired = { readonly reservation: string; readonly closed: boolean };

export type StepRecorded = Spent & {
  readonly tool: string | null;
  readonly call: StepCall | null;
  readonly result: string | null;
  readonly failed: boolean;
  readonly handBack: boolean;
};

/** A step was refused for going round in circles; `ended` is the run whose end that is. */
export type LadderClimbed = {
  readonly task: string;
  readonly code: string;
  readonly strikes: number;
  readonly ended: StepMemory["ended"];
};

export type EvidenceRecorded = {
  readonly task: string;
  readonly attempt: number;
  readonly of: number;
  readonly what: EvidenceKind;
  readonly name: string;
  readonly passed: boolean;
  readonly digest: string | null;
};

export type RunStarted = { readonly run: string; readonly task: string | null };
/** `actor` (kind:id) is whose run it is: a human may end an agent's. */
export type RunEnded = { readonly run: string; readonly actor: string; readonly reason: string | null };
export type AgentRegistered = { readonly agent: string; readonly capabilities: readonly string[] };
export type AgentSlept = { readonly agent: string; readonly until: number | null; readonly reason: string };
export type AgentWoken = {
  readonly agent: string;
  readonly cause: "timeout" | "assigned" | "asked";
  readonly reason: string | null;
  /** The task that the waking was about: what the agent makes next was caused by it. */
  readonly task: string | null;
};

export type ScopeHalted = { readonly scope: string; readonly epoch: number; readonly reason: string };
export type ScopeResumed = { readonly scope: string; readonly epoch: number; readonly reason: string | null };

/** Raises limits of a meter, or lets the very request through; one of the two is empty. */
export type RequestApproved = {
  readonly sequence: number;
  readonly actor: string;
  readonly scope: string | null;
  readonly raises: readonly { readonly dimension: string; readonly window: number; readonly add: number }[];
  readonly waiver: Omit<Waiver, "until" | "by"> | null;
  readonly until: number;
  readonly reason: string;
};
export type RequestDenied = { readonly sequence: number; readonly reason: string };
export type DecisionMarked = {
  readonly sequence: number;
  readonly codes: readonly string[];
  readonly reason: string | null;
};

export type LessonLearnt = Omit<LessonRow, "kind" | "sequence" | "at">;

export type FactRecorded = {
  readonly task: string;
  readonly from: string | null;
  readonly to: string;
  readonly occurredAt: number;
};

/** `asked` is the command's body without long texts, for `why` and for judging the past under another policy. */
export type CommandRefused = { readonly command: CommandType; readonly asked: { readonly [field: string]: unknown } };
