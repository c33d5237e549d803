// The frame that the readers of steps share: lines in, items out, every line accounted for. A reader gives only the
// function that takes one object; what it finds it emits.

import { basename } from "node:path";
import { broken, lineCounter, type Verdict } from "./line-counts.ts";
import type { Line } from "./line-splitter.ts";
import { parseObjectLine, type JsonObject } from "./json-lines.ts";
import { readLineBatches, type ReadOptions } from "./lines.ts";
import { isCutName, NAMES_CUT } from "./names.ts";
import { problemAt } from "./problem.ts";
import type { FoundItem, StepFileItem } from "./step-items.ts";

/** Gives one item out, in the order of the calls. */
export type Emit = (item: FoundItem) => void;

/** Takes a file's objects in order; `end` gives out what was still held. */
export type StepReader = {
  readonly take: (object: JsonObject, line: number) => Verdict;
  readonly end: () => void;
};

/** Makes a reader for one file; `fileName` (its base name without endings) stands in where a history has no name. */
export type MakeReader = (emit: Emit, fileName: string) => StepReader;

const ENDINGS = /\.(?:jsonl|ndjson)(?:\.gz)?$/;

function takeLine(reader: StepReader, line: Line): Verdict {
  const object = parseObjectLine(line);
  return typeof object === "string" ? broken(object) : reader.take(object, line.line);
}

function hasCutName(item: FoundItem): boolean {
  if (isCutName(item.history)) return true;
  if (item.form === "outcome") return false;
  return isCutName(item.agent) || isCutName(item.id ?? "") || (item.form === "step" && isCutName(item.tool));
}

/** Streams what the reader finds, with a problem for each broken line, and the line counts as the last item. Never throws. */
export async function* readStepLines(
  path: string,
  make: MakeReader,
  options: ReadOptions = {},
): AsyncGenerator<StepFileItem> {
  let out: StepFileItem[] = [];
  let isCutTold = false;
  const emit = (item: FoundItem): void => {
    out.push(item);
    if (isCutTold || !hasCutName(item)) return;
    isCutTold = true;
    out.push(problemAt(path, 0, NAMES_CUT));
  };
  const reader = make(emit, basename(path).replace(ENDINGS, ""));
  const counter = lineCounter();
  for await (const batch of readLineBatches(path, options)) {
    for (const item of batch) {
      // Line 0 is the file as a whole, which is no line.
      if (item.form === "problem" && item.problem.line === 0) {
        out.push(item);
        continue;
      }
      const verdict = item.form === "problem" ? broken(item.problem.why) : takeLine(reader, item);
      counter.add(verdict);
      const { line } = item.form === "problem" ? item.problem : item;
      if (verdict !== null && "broken" in verdict) out.push(problemAt(path, line, verdict.broken));
    }
    const given = out;
    out = [];
    for (const item of given) yield item;
  }
  reader.end();
  for (const item of out) yield item;
  yield { form: "lines", counts: counter.counts() };
}
