// What an audit gives: plain data for --json and for the page that people read. Times in milliseconds since 1970.

import type { ReasonCode } from "../core/index.ts";
import type { FormatName, Problem, Skipped } from "../formats/index.ts";
import type { Measure } from "./lens.ts";

/** The first and the last time of something; null where nothing is dated. */
export type Range = { readonly firstMs: number; readonly lastMs: number } | null;

/** Findings that belong together, such as all of one task or of one title template. */
export type Worst = {
  readonly id: string;
  /** Empty unless several files were judged. */
  readonly file: string;
  readonly title: string;
  /** The agent, null where nobody is named. */
  readonly by: string | null;
  readonly findings: number;
  /** What makes it worse than others, in the unit that the rule's `measure` names. */
  readonly size: number;
  readonly range: Range;
};

/** What one rule found. */
export type RuleReport = {
  readonly code: ReasonCode;
  readonly says: string;
  readonly findings: number;
  /** Tasks with at least one finding. */
  readonly tasks: number;
  /** Findings under an id that was given to other work: to be checked first. */
  readonly otherWork: number;
  readonly range: Range;
  readonly measure: Measure;
  /** The policy's number that was passed, in words; null for a rule without one. */
  readonly limit: string | null;
  /** Judged by kind and title alone; not counted in the sums. */
  readonly weak: boolean;
  /** In the file's own words, the most frequent first. */
  readonly moves: readonly { readonly move: string; readonly findings: number }[];
  readonly groups: number;
  /** At most as many as were asked for. */
  readonly worst: readonly Worst[];
};

export type FileReport = {
  readonly path: string;
  readonly format: FormatName;
  readonly sizeBytes: number;
  /** Lines that could be read: changes of a history, issues of a snapshot. */
  readonly lines: number;
  readonly tasks: number;
  /** Tasks with a finding that is not doubtful. */
  readonly broken: number;
  readonly range: Range;
};

/** One thing that was not judged, or not fully: how often, what, and why. */
export type NotJudged = { readonly count: number; readonly what: string; readonly why: string };

export type Report = {
  /** What the rules were: "the day-one policy", or the file that changed it. */
  readonly policy: string;
  readonly files: readonly FileReport[];
  readonly skipped: readonly Skipped[];
  readonly tasks: number;
  readonly changes: number;
  readonly issues: number;
  readonly range: Range;
  /** Tasks with a finding that is not doubtful, and tasks among them that enforced rules would not have let be made. */
  readonly broken: number;
  readonly unmade: number;
  /** The most findings first; the weak ones last. */
  readonly rules: readonly RuleReport[];
  readonly notJudged: readonly NotJudged[];
  readonly badLines: { readonly count: number; readonly first: readonly Problem[] };
  readonly elapsedMs: number;
  readonly sizeBytes: number;
};

/** Findings of all rules but the weak ones: what --exit-code asks for. */
export function findingsOf({ rules }: Report): number {
  return rules.reduce((sum, rule) => sum + (rule.weak ? 0 : rule.findings), 0);
}
