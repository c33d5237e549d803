// The audit: every file found below the paths, read line by line, judged by the kernel's own rules in a world of rows
// that lives in memory. Nothing is written and nothing is sent.

import { compilePolicy } from "../core/index.ts";
import type { CompiledPolicy, Policy } from "../core/index.ts";
import { findInputs, isStepInput, readRows } from "../formats/index.ts";
import type { FormatName, Input, OnBytes, Row, RowInput, Skipped, StepInput } from "../formats/index.ts";
import { buildReport } from "./build-report.ts";
import { HistoryJudge } from "./history.ts";
import { Notes } from "./notes.ts";
import type { FileReport, Report } from "./report.ts";
import { SnapshotJudge } from "./snapshot.ts";
import { rangeOf, Span } from "./span.ts";
import { auditSteps } from "./steps/audit-steps.ts";
import type { StepsReport } from "./steps/report.ts";
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
  /** Steps before this moment are not counted; left out, all are. Task graphs are judged whole. */
  readonly sinceMs?: number | null;
  /** Files of other formats are left alone. */
  readonly format?: FormatName | null;
  /** Told once, before the first line: the bytes of all files as stored. */
  readonly onStart?: (sizeBytes: number) => void;
  /** Told as files are read: bytes since the last call. */
  readonly onBytes?: OnBytes;
};

/** What was found in both kinds of histories; null where there was no file of the kind. */
export type Audit = {
  readonly steps: StepsReport | null;
  /** Where the transcripts were found, for whoever looks at them again. */
  readonly stepInputs: readonly StepInput[];
  readonly tasks: Report | null;
  readonly skipped: readonly Skipped[];
};

/** What one run keeps across its files. */
type Run = {
  readonly policy: CompiledPolicy;
  readonly tally: Tally;
  readonly notes: Notes;
  readonly onBytes: OnBytes;
};

/** Judges everything readable below the paths. Never throws on what it reads. */
export async function auditPaths(paths: readonly string[], options: AuditOptions): Promise<Audit> {
  const found = await findInputs(paths);
  const { format = null } = options;
  const inputs = format === null ? found.inputs : found.inputs.filter((input) => input.format === format);
  const skipped = inputs.length > 0 ? found.skipped : [...found.skipped, ...otherFormats(paths, found.inputs, format)];
  options.onStart?.(inputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const stepInputs = inputs.filter(isStepInput);
  const rowInputs = inputs.filter(isRowInput);
  const { policy, policyName, worstMax, now, sinceMs = null, onBytes = ignoreBytes } = options;
  const about = { policy, policyName, worstMax, now, sinceMs, onBytes };
  const steps = stepInputs.length === 0 ? null : await auditSteps(stepInputs, about);
  const tasks = rowInputs.length === 0 ? null : await auditTasks(rowInputs, skipped, options);
  return { steps, stepInputs, tasks, skipped };
}

function ignoreBytes(): void {
  return undefined;
}

function isRowInput(input: Input): input is RowInput {
  return !isStepInput(input);
}

/** Says of the named paths that what they hold was not asked for. */
function otherFormats(
  paths: readonly string[],
  inputs: readonly Input[],
  format: FormatName | null,
): readonly Skipped[] {
  if (format === null || inputs.length === 0) return [];
  const others = [...new Set(inputs.map((input) => input.format))].toSorted().join(", ");
  return paths.map((path) => ({ path, why: `has no file of the format ${format} (found: ${others})` }));
}

async function auditTasks(
  inputs: readonly RowInput[],
  skipped: readonly Skipped[],
  options: AuditOptions,
): Promise<Report> {
  const { policy, policyName, worstMax, now, onBytes = ignoreBytes } = options;
  const startedMs = now();
  const notes = new Notes();
  const tally = new Tally(notes, inputs.length > 1);
  const run: Run = { policy: compilePolicy(policy, ""), tally, notes, onBytes };
  const files: FileReport[] = [];
  for (const input of inputs) files.push(await auditFile(run, input));
  const elapsedMs = now() - startedMs;
  return buildReport({ tally, notes, files, skipped, policy, policyName, worstMax, elapsedMs });
}

async function auditFile({ policy, tally, notes, onBytes }: Run, input: RowInput): Promise<FileReport> {
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
