// What a verification tells: what was checked, from where, and what was found, the first bad place first.

/** One thing that is wrong: at `event N`, under `row KEY`, at the `head`, or in `checkpoint N`. */
export type VerifyFinding = { readonly at: string; readonly problem: string };

/** What was checked beside the chain: nothing, or the fold and the rows too. */
export type VerifyDepth = "chain" | "rows";

export type VerifyReport = {
  readonly ok: boolean;
  readonly depth: VerifyDepth;
  /** Sequence of the checkpoint it started from; 0 where it started at the first event. */
  readonly from: number;
  /** Sequence of the last event that is there. */
  readonly events: number;
  readonly rows: number;
  readonly headHash: string;
  /** Sequence of the checkpoint that was taken of it; null where none was. */
  readonly checkpoint: number | null;
  /** Why one that was due could not be kept; what was found stands. */
  readonly checkpointProblem: string | null;
  /** Sequence of the first event that something is wrong with, or that is missing. */
  readonly badSequence: number | null;
  /** Key of the first row that something is wrong with, in the order of the keys. */
  readonly badKey: string | null;
  /** Every event up to this one is as it was written. */
  readonly lastGood: number;
  /** The first of them, at most 20. */
  readonly findings: readonly VerifyFinding[];
  /** How many there are in all. */
  readonly found: number;
};

const FINDINGS_MAX = 20;

/** The report with what is wrong below the log, in the store itself, before all else. */
export function withBelow(report: VerifyReport, problems: readonly string[]): VerifyReport {
  if (problems.length === 0) return report;
  const below = problems.map((problem) => ({ at: "store", problem }));
  const findings = [...below, ...report.findings].slice(0, FINDINGS_MAX);
  return { ...report, ok: false, findings, found: report.found + below.length };
}

/** Collects findings in the order they are met: events in order, then rows by their keys, then counts. */
export class Findings {
  readonly first: VerifyFinding[] = [];
  count = 0;
  /** The last event before the first place that something is wrong at; null where nothing is wrong with events. */
  lastGood: number | null = null;
  badKey: string | null = null;

  /** `lastGood`: every event up to this one passed. */
  event(sequence: number, problem: string, lastGood: number = sequence - 1): void {
    this.lastGood = Math.min(this.lastGood ?? lastGood, lastGood);
    this.add(`event ${sequence}`, problem);
  }

  row(key: string, problem: string): void {
    this.badKey ??= key;
    this.add(`row ${key}`, problem);
  }

  add(at: string, problem: string): void {
    this.count += 1;
    if (this.first.length < FINDINGS_MAX) this.first.push({ at, problem });
  }
}
