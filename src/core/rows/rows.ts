// The rows the kernel keeps and the view that deciding reads. Rows are the fold of the log: a store loads and writes
// them by key and never looks inside.

import type { JudgedCall } from "../steps/call.ts";
import type { StepMemory } from "../steps/memory.ts";
import type { TaskRow } from "./task-row.ts";

export type HeadRow = {
  readonly kind: "head";
  readonly sequence: number;
  readonly at: number;
  /** Largest n of any T-n id so far, given by the kernel or by a caller. */
  readonly tasks: number;
  /** Goes up when a backup is restored; fences carry it. */
  readonly incarnation: number;
  readonly policySequence: number;
  readonly policyHash: string;
  readonly humanKey: string | null;
};

/** A task's long text, apart from its row so that moving a task stays cheap. */
export type TextRow = { readonly kind: "text"; readonly task: string; readonly text: string };

/** Counts in the order of WINDOWS: lifetime, hour, day, month. */
export type Counts = readonly [number, number, number, number];

export const NO_COUNTS: Counts = [0, 0, 0, 0];

/** Raises one limit of one meter until a time; granted by a human. */
export type Extension = {
  readonly dimension: string;
  /** Place in WINDOWS. */
  readonly window: number;
  readonly add: number;
  readonly until: number;
  /** Sequence of the approval. */
  readonly by: number;
};

/** What one scope has used and what is reserved of it. INVARIANT: `held` is the sum of the open reservations. */
export type MeterRow = {
  readonly kind: "meter";
  readonly scope: string;
  /** Since when each window counts: 0, and the hour, day and month (since 1970) that the counts are of. */
  readonly windows: Counts;
  readonly used: { readonly [dimension: string]: Counts };
  readonly held: { readonly [dimension: string]: Counts };
  readonly handBackSteps: number;
  readonly extensions: readonly Extension[];
};

/** One step that was reserved and not settled yet; `presumed` once its time was over. */
export type ReservationRow = {
  readonly kind: "reservation";
  readonly id: string;
  readonly task: string;
  /** kind:id of who may settle it, beside humans and harnesses. */
  readonly actor: string;
  readonly scopes: readonly string[];
  readonly amounts: { readonly [dimension: string]: number };
  readonly handBack: boolean;
  readonly call: JudgedCall | null;
  readonly started: boolean;
  readonly at: number;
  readonly expiresAt: number;
  readonly presumed: boolean;
};

/** What is remembered of the steps of one open task. */
export type StepsRow = { readonly kind: "steps"; readonly task: string; readonly memory: StepMemory };

/** A human lets one very request through that these rules had refused. */
export type Waiver = {
  readonly digest: string;
  readonly code: string;
  readonly until: number;
  /** Sequence of the approval. */
  readonly by: number;
};

export type ActorRow = {
  readonly kind: "actor";
  /** kind:id */
  readonly actor: string;
  /** Null until registered. */
  readonly capabilities: readonly string[] | null;
  readonly asleepSince: number | null;
  /** When the sleep times out; null while awake, and for a sleep that only an outside event ends. */
  readonly asleepUntil: number | null;
  readonly sleepReason: string | null;
  /** Tasks held now, at most HELD_MAX. */
  readonly holds: readonly string[];
  /** The task it works or worked on: what it makes next was caused by that one. Null once a human or timer wakes it. */
  readonly cause: string | null;
  readonly waivers: readonly Waiver[];
  readonly lastSeenAt: number;
  /** Refusals recorded in the minute `refusalMinute` (minutes since 1970). */
  readonly refusalMinute: number;
  readonly refusals: number;
};

/** Times of an actor's last creations, oldest first. */
export type RingRow = { readonly kind: "ring"; readonly actor: string; readonly times: readonly number[] };

export type RunRow = {
  readonly kind: "run";
  readonly run: string;
  readonly actor: string;
  readonly task: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly reason: string | null;
};

/** INVARIANT: the epoch only goes up; leases remember the sum of those they were granted under. */
export type HaltRow = {
  readonly kind: "halt";
  readonly scope: string;
  readonly epoch: number;
  readonly halted: boolean;
  /** Times of the last halts, latest last. */
  readonly halts: readonly number[];
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};

/**
 * Ids of children, in the order of their making; one more than a move may take along says that there are too many.
 * `count` and `open` are of those that were told before the parent was; they stand on the parent's own row afterwards.
 */
export type ChildrenRow = {
  readonly kind: "children";
  readonly ids: readonly string[];
  readonly count: number;
  readonly open: number;
};

/** Tasks that wait for this one. */
export type DependentsRow = { readonly kind: "dependents"; readonly ids: readonly string[] };

/** Leases below one root; who lives is asked at the time of the question. */
export type LiveRow = {
  readonly kind: "live";
  readonly leases: readonly { readonly task: string; readonly agent: string; readonly expiresAt: number | null }[];
};

/** A task that may be claimed, under a key that sorts by priority and age. */
export type ReadyRow = {
  readonly kind: "ready";
  readonly task: string;
  readonly root: string;
  readonly priority: number;
  readonly needs: readonly string[];
  readonly assignee: string | null;
  readonly deadlineAt: number | null;
  readonly notBefore: number;
};

/** A lease that ends, under a key that sorts by when. */
export type DueRow = { readonly kind: "due"; readonly task: string };

/** What was learnt from a task that was done or blocked. */
export type Lesson = {
  readonly what: string;
  readonly outcome: string;
  readonly blocker: string | null;
  readonly workaround: string | null;
};

export type LessonRow = Lesson & {
  readonly kind: "lesson";
  readonly sequence: number;
  readonly at: number;
  readonly task: string;
  readonly taskKind: string;
  readonly title: string;
  readonly actor: string;
};

/** A refused decision that a human answered; the first answer stands. */
export type AnswerRow = {
  readonly kind: "answer";
  readonly verdict: "approved" | "denied" | "wrong";
  readonly by: string;
  readonly at: number;
};

/** How often a human marked decisions of this code wrong. */
export type WrongRow = { readonly kind: "wrong"; readonly code: string; readonly count: number };

/** The latest task with this fingerprint. */
export type FingerprintRow = { readonly kind: "fingerprint"; readonly task: string };

/** How often an actor made tasks from one title template on one UTC day (days since 1970). */
export type TemplateRow = { readonly kind: "template"; readonly day: number; readonly count: number };

/** A granted command, remembered so that a repeat gets the same answer. */
export type CommandRow = {
  readonly kind: "command";
  readonly sequence: number;
  readonly digest: string;
  readonly expiresAt: number;
};

export type { TaskRow } from "./task-row.ts";

export type Row =
  | HeadRow
  | TaskRow
  | TextRow
  | MeterRow
  | ReservationRow
  | StepsRow
  | ActorRow
  | RingRow
  | RunRow
  | HaltRow
  | ChildrenRow
  | DependentsRow
  | LiveRow
  | ReadyRow
  | DueRow
  | LessonRow
  | AnswerRow
  | WrongRow
  | FingerprintRow
  | TemplateRow
  | CommandRow;

/** What deciding reads: a row, null where the store has none, undefined where nobody loaded it yet. */
export type Rows = { get(key: string): Row | null | undefined };

/** A defect of the kernel itself: never a refusal, never the caller's fault. */
export class Defect extends Error {
  override name = "Defect";
}
