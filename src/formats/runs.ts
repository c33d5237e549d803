// Reads runs of agents, one a line, as benchmarks write them down:
// {task, trial?, success?, steps: [{kind: "user" | "message" | "tool", tool, args, result, error, text}]}.

import { compactJson, contentText } from "./loose-values.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";
import { broken, type Verdict } from "./line-counts.ts";
import { keptName } from "./names.ts";
import type { StepItem } from "./step-items.ts";
import type { Emit, StepReader } from "./step-lines.ts";

/** Whether an object looks like a run; asked of a file's first records. */
export function looksLikeRun({ task, steps }: JsonObject): boolean {
  return (typeof task === "string" || typeof task === "number") && Array.isArray(steps);
}

/** "12-3" for trial 3 of task 12, "12" where trials are not told. Null for a task that has no name. */
function historyOf({ task, trial }: JsonObject): string | null {
  const name = typeof task === "number" ? String(task) : task;
  if (typeof name !== "string" || name === "") return null;
  return keptName(typeof trial === "number" || typeof trial === "string" ? `${name}-${trial}` : name);
}

/** Arguments as compact JSON text, whether they are written as text or as an object. */
export function argumentsOf(value: unknown): string {
  return typeof value === "string" ? compactJson(value) : JSON.stringify(value ?? {});
}

function toStep(value: unknown, line: number, history: string): StepItem | null {
  if (!isJsonObject(value)) return null;
  const { kind, tool, args, result, error, text } = value;
  const facts = { form: "step", line, history, agent: "", id: null, atMs: null, endedAtMs: null } as const;
  if (kind === "user" || kind === "message")
    return { ...facts, kind, tool: "", call: contentText(text) ?? "", result: null, failed: false };
  if (kind !== "tool" || typeof tool !== "string" || tool === "") return null;
  const failed = error === true || (typeof error === "string" && error !== "");
  return { ...facts, kind, tool: keptName(tool), call: argumentsOf(args), result: contentText(result), failed };
}

function takeRun(emit: Emit, run: JsonObject, line: number): Verdict {
  const history = historyOf(run);
  const { steps, success } = run;
  if (history === null) return broken("task is missing");
  if (!Array.isArray(steps)) return broken("steps is not a list");
  const values: readonly unknown[] = steps;
  const items = values.map((value) => toStep(value, line, history));
  const bad = items.indexOf(null);
  if (bad >= 0) return broken(`steps[${bad}] is no step`);
  for (const item of items) if (item !== null) emit(item);
  if (typeof success === "boolean") emit({ form: "outcome", history, success });
  return null;
}

/** A reader of one file of runs. */
export function runsReader(emit: Emit): StepReader {
  return { take: (object, line) => takeRun(emit, object, line), end: () => undefined };
}
