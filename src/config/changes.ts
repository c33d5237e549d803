// What one policy changes against another, key by key in a file's spelling: what a human reads before adopting.

import type { Policy } from "../core/index.ts";
import { LIMITS_SECTIONS } from "./budget-keys.ts";
import { explainLines } from "./explain.ts";
import { joinPath, keyAt } from "./keys.ts";
import { TABLE_SECTION } from "./table-reading.ts";

/** `means` is null where a change is neither plainly looser nor plainly tighter. */
export type PolicyChange = {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly means: "looser" | "tighter" | null;
};

const NONE = "none";
const DEFAULT_TABLE = "the default table";

/** A line's own name and value; of a move in the table, its two states and the rest. */
function partsOf(text: string): readonly [names: readonly string[], value: string] {
  const [, from, to, how = ""] = /^- \{ from: ([^,]+), to: ([^,]+), (.*) \}$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return [[from, to], how];
  const [, name = "", value = ""] = /^([^:\s]+):(?: (.*))?$/.exec(text) ?? [];
  return [[name], value];
}

/** The value of every key, by its path. */
function valuesByPath(policy: Policy): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let above: readonly string[] = [];
  for (const { depth, text } of explainLines(policy)) {
    const [names, value] = partsOf(text);
    const path = [...above.slice(0, depth), ...names];
    if (value === "") above = path;
    else values.set(path.join("."), value);
  }
  return values;
}

function isLimit(path: string): boolean {
  const ofScope = LIMITS_SECTIONS.some((section) => path.startsWith(`${section.path}.`));
  return ofScope || keyAt(path)?.value.type === "limit";
}

/** The hard limit of a value as it is written; none is no limit at all. */
function hardOf(value: string): number {
  return value === NONE ? Infinity : Number(/([\d.]+)(?: \})?$/.exec(value)?.[1] ?? NaN);
}

function meaning(path: string, from: string, to: string): PolicyChange["means"] {
  if (path.startsWith("rules.")) return to === "observe" ? "looser" : "tighter";
  if (!isLimit(path)) return null;
  const [was, becomes] = [hardOf(from), hardOf(to)];
  if (becomes > was) return "looser";
  return becomes < was ? "tighter" : null;
}

/** A silent file means the default table: where one side is it, the other side's parts say nothing one by one. */
function tableChange(before: boolean): PolicyChange {
  const [from, to] = before ? ["a table of its own", DEFAULT_TABLE] : [DEFAULT_TABLE, "a table of its own"];
  return { key: TABLE_SECTION, from, to, means: null };
}

/** Every key whose value is another one, in the order of the file. */
export function policyChanges(before: Policy, after: Policy): readonly PolicyChange[] {
  const [old, young] = [valuesByPath(before), valuesByPath(after)];
  const states = joinPath(TABLE_SECTION, "states");
  const isSwapped = old.has(states) !== young.has(states);
  const changes = isSwapped ? [tableChange(old.has(states))] : [];
  for (const key of new Set([...young.keys(), ...old.keys()])) {
    if (isSwapped && key.startsWith(`${TABLE_SECTION}.`)) continue;
    const [from, to] = [old.get(key) ?? NONE, young.get(key) ?? NONE];
    if (from !== to) changes.push({ key, from, to, means: meaning(key, from, to) });
  }
  return changes;
}
