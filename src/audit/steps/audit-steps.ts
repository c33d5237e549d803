// The audit of steps: files of transcripts, read line by line, judged by the detectors of loops. Nothing is written and
// nothing is sent.

import { stat } from "node:fs/promises";
import type { Policy } from "../../core/index.ts";
import { readStepItems } from "../../formats/index.ts";
import type { OnBytes, StepInput } from "../../formats/index.ts";
import { buildStepsReport } from "./build.ts";
import { StepsJudge } from "./judge.ts";
import { Lines } from "./lines.ts";
import type { StepFileReport, StepsReport } from "./report.ts";

export type StepsOptions = {
  readonly policy: Policy;
  readonly policyName: string;
  /** Steps before this moment are not counted; null counts all. */
  readonly sinceMs: number | null;
  readonly worstMax: number;
  readonly now: () => number;
  readonly onBytes: OnBytes;
};

/** Judges every file. Never throws on what it reads. */
export async function auditSteps(inputs: readonly StepInput[], options: StepsOptions): Promise<StepsReport> {
  const { policy, policyName, sinceMs, worstMax, now, onBytes } = options;
  const startedMs = now();
  const { recent, old } = await splitByAge(inputs, sinceMs);
  for (const { sizeBytes } of old) onBytes(sizeBytes);
  const judge = new StepsJudge({ policy, sinceMs });
  const lines = new Lines();
  const files: StepFileReport[] = [];
  for (const [place, input] of recent.entries()) {
    const before = lines.all;
    judge.startFile(input, place === recent.length - 1);
    await readFile(input, judge, { lines, onBytes });
    judge.endFile();
    const { path, format, sizeBytes } = input;
    files.push({ path, format, sizeBytes, lines: lines.all - before });
  }
  const about = { policy, policyName, sinceMs, worstMax, elapsedMs: now() - startedMs };
  return buildStepsReport({ judge, lines, files, filesOld: old.length, ...about });
}

/** Gives every item of a file to the judge; `lines` keeps what could not be read. */
export async function readFile(
  input: StepInput,
  judge: StepsJudge,
  { lines, onBytes }: { readonly lines?: Lines; readonly onBytes?: OnBytes },
): Promise<void> {
  const options = onBytes === undefined ? {} : { onBytes };
  for await (const item of readStepItems(input, options)) {
    if (item.form === "lines") lines?.add(item.counts);
    else if (item.form === "problem") lines?.addBad(item.problem);
    else judge.take(item);
  }
}

/** A file that was last written before a moment tells of nothing after it. */
async function splitByAge(
  inputs: readonly StepInput[],
  sinceMs: number | null,
): Promise<{ readonly recent: readonly StepInput[]; readonly old: readonly StepInput[] }> {
  if (sinceMs === null) return { recent: inputs, old: [] };
  const writtenMs = await Promise.all(inputs.map(({ path }) => writtenAt(path)));
  const isOld = (place: number): boolean => (writtenMs[place] ?? Infinity) < sinceMs;
  return { recent: inputs.filter((_, place) => !isOld(place)), old: inputs.filter((_, place) => isOld(place)) };
}

async function writtenAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    // Reading it will say what is wrong with it.
    return Infinity;
  }
}
