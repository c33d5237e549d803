// The shape of the four commands that the Python package has. They judge what they are given and do no I/O, so that the
// hot half of the bin, which knows defaults only, and the full one, which knows a configuration and a store, answer with
// the same code.

import { reason } from "../../core/index.ts";
import type { Numbers, ReasonCode } from "../../core/index.ts";
import type { WorkNode } from "../../standalone/index.ts";
import type { CommandSpec, Flags, Globals } from "../args/spec.ts";

/** What a judgement rests on beside its arguments. */
export type SeedContext = {
  readonly maxDepth: number;
  readonly maxSteps: number;
  readonly maxDurationSeconds: number;
  /** The agent of this process where no flag names one; empty if nothing does. */
  readonly agentId: string;
  /** Work that a store knows above the new task, and ids whose work ended. */
  readonly known: readonly WorkNode[];
  readonly ended: readonly string[];
};

/** An answer: what scripts read (`line`, `exit`) and the same as a decision, for --json. */
export type Answer = {
  readonly line: string;
  readonly exit: 0 | 1;
  readonly decision: {
    readonly verdict: "granted" | "refused";
    readonly code: ReasonCode;
    readonly message: string;
    readonly numbers: Numbers;
    readonly next: readonly string[];
  };
};

/** What the answer would rest on: a configuration (these variables, or a file), a store, or neither. */
export type Needs = {
  readonly variables: readonly string[];
  readonly store: boolean;
  /** Paperclip is looked at beside it, where there is a key for it. */
  readonly paperclip?: boolean;
};

export type SeedCommand = Omit<CommandSpec, "run"> & {
  readonly needs: (flags: Flags) => Needs;
  /** Throws UsageError. */
  readonly judge: (args: readonly string[], flags: Flags, context: SeedContext) => Answer;
};

/** The four commands exit 0, 1 or 2, whatever goes wrong: old scripts know no other code. */
export const EXIT_MAX = 2;

export const NO_NEEDS: Needs = { variables: [], store: false };

export function granted(code: ReasonCode, prefix: string, message: string, numbers: Numbers): Answer {
  return { line: prefix + message, exit: 0, decision: { verdict: "granted", code, message, numbers, next: [] } };
}

/** `next` left out: the reason table's own next steps. */
export function refused(
  code: ReasonCode,
  prefix: string,
  message: string,
  numbers: Numbers,
  next?: readonly string[],
): Answer {
  const steps = next ?? reason(code).next(numbers);
  return { line: prefix + message, exit: 1, decision: { verdict: "refused", code, message, numbers, next: steps } };
}

/** What to print of an answer; null for nothing, as --quiet asks. */
export function shown(
  answer: Pick<Answer, "line" | "decision">,
  { json, quiet }: Pick<Globals, "json" | "quiet">,
): string | null {
  if (json) return JSON.stringify(answer.decision);
  return quiet ? null : answer.line;
}
