// What is told of a workspace's growth.

/** One type of event in the sample. */
export type EventShare = { readonly type: string; readonly events: number; readonly bytes: number };

/** Rows of one kind: all of them, or the first thousand where there are more. */
export type RowShare = {
  readonly kind: string;
  readonly rows: number;
  readonly bytes: number;
  readonly all: boolean;
};

export type Growth = {
  readonly events: number;
  /** When the log begins, in milliseconds since 1970; null for one that does not. */
  readonly since: number | null;
  readonly lastDay: number;
  readonly lastWeek: number;
  /** Mean bytes that an event takes up in the log. */
  readonly eventBytes: number;
  /** How many of the last events were looked at for what follows. */
  readonly sampled: number;
  /** Most bytes first. */
  readonly types: readonly EventShare[];
  readonly rows: readonly RowShare[];
  /** Refusals among the sampled events of the last day, in all, and of those how many were counted and not recorded. */
  readonly refusals: { readonly lastDay: number; readonly total: number; readonly unrecorded: number };
};
