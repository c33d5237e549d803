// Decisions: the kernel's answer. A refusal is a value like a grant; the same object is shown on every surface.

import type { Numbers, ReasonCode } from "./reasons/index.ts";

/** What one rule found: a code of the reason table and the values that decided. */
export type Finding = { readonly code: ReasonCode; readonly numbers: Numbers };

/** A finding that a human had approved beforehand; `by` is the approval's sequence. */
export type Waived = Finding & { readonly by: number };

/** What a grant brings back: ids, states, fences. */
export type Result = { readonly [name: string]: string | number };

/** The words of a refusal. */
export type Refusal = Finding & {
  readonly message: string;
  readonly next: readonly string[];
  readonly retryAfterMs?: number;
  readonly override?: "human";
};

/** The part of a decision that its event stores; the event's envelope has the rest. */
export type RecordedDecision = {
  readonly verdict: "granted" | "refused";
  readonly code: ReasonCode;
  readonly message: string;
  readonly numbers: Numbers;
  readonly next: readonly string[];
  readonly retryAfterMs?: number;
  readonly override?: "human";
  /** What observed rules would have refused. */
  readonly wouldHave?: readonly Finding[];
  /** What a human's approval let through. */
  readonly waived?: readonly Waived[];
  /** Soft limits that were passed. */
  readonly warnings?: readonly Finding[];
  /** The second half of the command was refused (the next step after a settlement); the first stands. */
  readonly nextRefused?: Refusal;
  readonly result?: Result;
  /** Head sequence that the decision was judged at. */
  readonly judgedAt: number;
  readonly policyHash: string;
};

export type Decision = RecordedDecision & {
  readonly commandId: string;
  readonly workspace: string;
  /** Server time in milliseconds since 1970. */
  readonly at: number;
};
