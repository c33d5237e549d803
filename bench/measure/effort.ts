// How much is measured: more rounds give steadier figures and take longer.

export type Effort = {
  /** Rounds of interleaved pairs, and how long one side runs in a round. */
  readonly rounds: number;
  readonly sampleMs: number;
  /** Decisions of each kind that are timed singly in memory. */
  readonly decisions: number;
  /** Durable decisions of each kind, each beside a plain write. */
  readonly durable: number;
  /** Whole processes started of each kind. */
  readonly starts: number;
  /** How long several processes write at once. */
  readonly togetherMs: number;
  readonly nodes: number;
  /** Tasks in a workspace that is small, and in one that is large. */
  readonly few: number;
  readonly many: number;
  /** Decisions of each kind in each of the two. */
  readonly inEach: number;
  /** Events in a log that is short, and in one that is long. */
  readonly fewEvents: number;
  readonly manyEvents: number;
  /** Events of the log that is verified. */
  readonly verified: number;
  /** How long a crowd of agents asks at once. */
  readonly crowdMs: number;
};

export const FULL: Effort = {
  rounds: 15,
  sampleMs: 60,
  decisions: 20_000,
  durable: 2_500,
  starts: 41,
  togetherMs: 5_000,
  nodes: 100_000,
  few: 1_000,
  many: 1_000_000,
  inEach: 400,
  fewEvents: 10_000,
  manyEvents: 10_000_000,
  verified: 200_000,
  crowdMs: 5_000,
};

export const QUICK: Effort = {
  rounds: 5,
  sampleMs: 15,
  decisions: 8_000,
  durable: 300,
  starts: 9,
  togetherMs: 1_000,
  nodes: 100_000,
  few: 1_000,
  many: 20_000,
  inEach: 100,
  fewEvents: 10_000,
  manyEvents: 200_000,
  verified: 50_000,
  crowdMs: 1_500,
};
