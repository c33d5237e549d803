// The audit: every file found below the paths, read line by line, judged by the kernel's own rules in a world of rows
// that lives in memory. Nothing is written and nothing is sent.

import { compilePolicy } from "../core/index.ts";
import type { CompiledPolicy, Policy } from "../core/index.ts";
import { findInputs, readRows } from "../formats/index.ts";
import type { Input, OnBytes, Row } from "../formats/index.ts";
import { buildReport } from "./build-report.ts";
import { HistoryJudge } from "./history.ts";
import { Notes } from "./notes.ts";
import type { FileReport, Report } from "./report.ts";
import { SnapshotJudge } from "./snapshot.ts";
import { rangeOf, Span } from "./span.ts";
import { Tally } from "./tally.ts";
import { Teller } from "./teller.ts";

export type AuditOptions = {
  readonly policy: Policy;
  /** How the report names the policy. */
  readonly policyName: string;
  /** How many of each rule's worst are reported; at most 1,000. */
  readonly worstMax: number;
  /** A clock in milliseconds, for the time taken. */
  readonly now: () => number;
  /** Told once, before the first line: the bytes of all files as stored. */
  readonly onStart?: (sizeBytes: number) => void;
  /** Told as files are read: bytes since the last call. */
  readonly onBytes?: OnBytes;
};

/** What one run keeps across its files. */
type Run = {
  readonly policy: CompiledPolicy;
  readonly tally: Tally;
  readonly notes: Notes;
  readonly onBytes: OnBytes;
};

/** Judges everything readable below the paths. Never throws on what it reads; a report without files found none. */
export async function auditPaths(paths: readonly string[], options: AuditOptions): Promise<Report> {
  const startedMs = options.now();
  const { inputs, skipped } = await findInputs(paths);
  options.onStart?.(inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const notes = new Notes();
  const tally = new Tally(notes, inputs.length > 1);
  const onBytes = options.onBytes ?? ((): void => undefined);
  const run: Run = { policy: compilePolicy(options.policy, ""), tally, notes, onBytes };
  const files: FileReport[] = [];
  for (const input of inputs) files.push(await auditFile(run, input));
  const { policy, policyName, worstMax } = options;
  return buildReport({
    tally,
    notes,
    files,
    skipped,
    policy,
    policyName,
    worstMax,
    elapsedMs: options.now() - startedMs,
  });
}

async function auditFile({ policy, tally, notes, onBytes }: Run, input: Input): Promise<FileReport> {
  const { path, format, sizeBytes } = input;
  const before = { tasks: tally.tasks, broken: tally.broken };
  tally.startFile(path);
  const teller = new Teller(policy, tally);
  const history = new HistoryJudge(path, teller, notes);
  const snapshot = new SnapshotJudge(path, teller, notes);
  const span = new Span();
  let lines = 0;
  for await (const row of readRows(input, { onBytes })) {
    if (row.form === "problem") {
      notes.addBadLine(row.problem);
      continue;
    }
    lines += 1;
    addTimes(span, row);
    if (row.form === "change") history.push(row);
    else snapshot.push(row);
  }
  history.end();
  snapshot.end();
  tally.endFile();
  notes.parentsAbsent += teller.parentsAbsent;
  const [tasks, broken] = [tally.tasks - before.tasks, tally.broken - before.broken];
  return { path, format, sizeBytes, lines, tasks, broken, range: rangeOf(span) };
}

/** When things happened by this line: a change at its time, an issue from its making to its end. */
function addTimes(span: Span, row: Row): void {
  if (row.form === "change") return span.add(row.atMs);
  for (const atMs of [row.createdAtMs, row.closedAtMs, row.deletedAtMs]) if (atMs !== null) span.add(atMs);
}
