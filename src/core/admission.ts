// What a new task states of itself: who wants it, what hurts, what it is worth, how it is checked.

export type Admission = {
  readonly consumer: string;
  readonly painPoint: string;
  readonly expectedValue: string;
  readonly validationPath: string;
  readonly originCategory: string | null;
  readonly originEvidence: string | null;
};
