// Reads lines that a test wrote through the door that everybody uses, and sorts what comes out.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStepItems } from "../../../src/formats/read-steps.ts";
import type { ReadOptions } from "../../../src/formats/lines.ts";
import type { Problem } from "../../../src/formats/problem.ts";
import type { StepFormat } from "../../../src/formats/sniff.ts";
import type { LineCounts, OutcomeItem, StepItem, Usage, UsageItem } from "../../../src/formats/step-items.ts";

export type AllItems = {
  readonly steps: readonly StepItem[];
  readonly usages: readonly UsageItem[];
  readonly outcomes: readonly OutcomeItem[];
  readonly problems: readonly Problem[];
  readonly counts: LineCounts;
};

/** Reads a file to its end; asserts that the line counts come last, once, and that no line is lost. */
export async function readAll(path: string, format: StepFormat, options: ReadOptions = {}): Promise<AllItems> {
  const steps: StepItem[] = [];
  const usages: UsageItem[] = [];
  const outcomes: OutcomeItem[] = [];
  const problems: Problem[] = [];
  const counts: LineCounts[] = [];
  for await (const item of readStepItems({ path, format, sizeBytes: 0 }, options)) {
    assert.equal(counts.length, 0, "the line counts are the last item");
    if (item.form === "step") steps.push(item);
    else if (item.form === "usage") usages.push(item);
    else if (item.form === "outcome") outcomes.push(item);
    else if (item.form === "problem") problems.push(item.problem);
    else counts.push(item.counts);
  }
  const [only] = counts;
  assert.ok(only !== undefined, "the line counts are there");
  const unknown = Object.values(only.unknown).reduce((sum, count) => sum + count, 0);
  assert.equal(only.lines, only.understood + only.broken + unknown);
  assert.equal(problems.filter(({ line }) => line > 0).length, only.broken);
  return { steps, usages, outcomes, problems, counts: only };
}

/** Writes a file named `name` and reads it. */
export async function readText(
  text: string | Uint8Array,
  format: StepFormat,
  name = "file.jsonl",
  options: ReadOptions = {},
): Promise<AllItems> {
  const folder = mkdtempSync(join(tmpdir(), "formats-steps-"));
  try {
    writeFileSync(join(folder, name), text);
    return await readAll(join(folder, name), format, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads objects, one a line. */
export function readRecords(records: readonly unknown[], format: StepFormat, name?: string): Promise<AllItems> {
  return readText(records.map((record) => `${JSON.stringify(record)}\n`).join(""), format, name);
}

/** The lines of a generator in one text, and what it returned. */
export function written<Expected>(lines: Generator<string, Expected>): { text: string; expected: Expected } {
  let text = "";
  for (;;) {
    const next = lines.next();
    if (next.done === true) return { text, expected: next.value };
    text += next.value;
  }
}

/** Usage of each id at its maximum, summed; usage without an id counts each time. */
export function summed(usages: readonly UsageItem[]): Usage {
  const byId = new Map<string, Usage>();
  for (const [at, { id, usage }] of usages.entries()) {
    const key = id ?? `no id ${at}`;
    const before = byId.get(key) ?? ZERO;
    byId.set(key, combine(before, usage, Math.max));
  }
  return [...byId.values()].reduce((sum, usage) => combine(sum, usage, (one, other) => one + other), ZERO);
}

const ZERO: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cacheWriteHourTokens: 0,
};

function combine(one: Usage, other: Usage, by: (one: number, other: number) => number): Usage {
  return {
    inputTokens: by(one.inputTokens, other.inputTokens),
    outputTokens: by(one.outputTokens, other.outputTokens),
    cacheReadTokens: by(one.cacheReadTokens, other.cacheReadTokens),
    cacheWriteTokens: by(one.cacheWriteTokens, other.cacheWriteTokens),
    cacheWriteHourTokens: by(one.cacheWriteHourTokens, other.cacheWriteHourTokens),
  };
}
