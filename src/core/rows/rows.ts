// The rows the kernel keeps and the view that deciding reads. Rows are the fold of the log: a store loads and writes
// them by key and never looks inside.

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

export type TaskRow = {
  readonly kind: "task";
  readonly id: string;
  readonly title: string;
  readonly taskKind: string;
  readonly state: string;
  readonly parent: string | null;
  readonly root: string;
  readonly path: readonly string[];
  readonly createdBy: string | null;
  readonly origins: readonly string[];
  readonly author: string;
  readonly assignee: string | null;
  readonly holder: string | null;
  readonly fence: number;
  readonly attempt: number;
  /** When the present holder claimed it; null when nobody holds it. */
  readonly claimedAt: number | null;
  /** Children ever created below it, and, on a root, all descendants ever created. */
  readonly children: number;
  readonly descendants: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** A task's long text, apart from its row so that moving a task stays cheap. */
export type TextRow = { readonly kind: "text"; readonly task: string; readonly text: string };

/** What a task itself has used, by dimension; hand-back steps are metered apart. */
export type MeterRow = {
  readonly kind: "meter";
  readonly scope: string;
  readonly used: { readonly [dimension: string]: number };
  readonly handBackSteps: number;
};

export type ActorRow = {
  readonly kind: "actor";
  /** kind:id */
  readonly actor: string;
  readonly asleepSince: number | null;
  /** When the sleep times out; null while awake, and for a sleep that only an outside event ends. */
  readonly asleepUntil: number | null;
  readonly sleepReason: string | null;
  /** Tasks held now. */
  readonly held: number;
  readonly lastSeenAt: number;
  /** Refusals recorded in the minute `refusalMinute` (minutes since 1970). */
  readonly refusalMinute: number;
  readonly refusals: number;
};

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

export type Row = HeadRow | TaskRow | TextRow | MeterRow | ActorRow | FingerprintRow | TemplateRow | CommandRow;

/** What deciding reads: a row, null where the store has none, undefined where nobody loaded it yet. */
export type Rows = { get(key: string): Row | null | undefined };

/** A defect of the kernel itself: never a refusal, never the caller's fault. */
export class Defect extends Error {
  override name = "Defect";
}
