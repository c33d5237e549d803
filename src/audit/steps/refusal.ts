// Which finding refuses a step: the first enforced rule's, else the first of those that only observe.

import { STEP_RULES } from "../../core/index.ts";
import type { Mode, Policy } from "../../core/index.ts";
import type { StepFinding } from "../../steps/index.ts";

export type Modes = ReadonlyMap<string, Mode>;

/** The mode of every detector under the policy. */
export function modesOf({ modes }: Policy): Modes {
  return new Map(STEP_RULES.map(({ name, mode }) => [name, modes[name] ?? mode]));
}

export type Refusing = { readonly finding: StepFinding; readonly mode: Mode };

/** What would have refused the step; null where nothing would, a warning included. */
export function refusing(findings: readonly StepFinding[], modes: Modes): Refusing | null {
  const hard = findings.filter(({ soft }) => !soft);
  const enforced = hard.find(({ rule }) => modes.get(rule) === "enforce");
  const finding = enforced ?? hard[0];
  return finding === undefined ? null : { finding, mode: enforced === undefined ? "observe" : "enforce" };
}

/** A rule as a bit, so that a history keeps its rules in one number. */
export function bitOf(rule: string): number {
  return 1 << STEP_RULES.findIndex(({ name }) => name === rule);
}

/** The bits of all rules that would have refused. */
export function bitsOf(findings: readonly StepFinding[]): number {
  return findings.reduce((bits, { rule, soft }) => (soft ? bits : bits | bitOf(rule)), 0);
}
