// Where a task lies: its line of parents, its root, and how many lie below a root. Exact only where every task was made
// through the kernel: what a harness tells may name a parent before, or long after, it is told itself.

import { lineBelow, PATH_MAX, taskKey } from "../../core/index.ts";
import type { TaskRow } from "../../core/index.ts";
import type { Kinds, Miscount } from "./kinds.ts";

function lineOf(row: TaskRow, { tasks }: Kinds): readonly string[] {
  const parent = row.parent === null ? undefined : tasks.get(row.parent);
  return parent === undefined ? [] : lineBelow(parent.path, parent.id);
}

function descendantsEach({ tasks }: Kinds): Map<string, number> {
  const by = new Map<string, number>();
  for (const { id, root, originRoot } of tasks.values())
    for (const top of new Set([root, originRoot])) if (top !== id) by.set(top, (by.get(top) ?? 0) + 1);
  return by;
}

export function* lineageMiscounts(kinds: Kinds): Generator<Miscount> {
  const descendants = descendantsEach(kinds);
  for (const row of kinds.tasks.values()) {
    const key = taskKey(row.id);
    const line = lineOf(row, kinds);
    // A line that was cut says only who is nearest.
    if (row.path.length < PATH_MAX && line.join("\0") !== row.path.join("\0"))
      yield { key, problem: `says it lies below ${row.path.join(", ")}, it lies below ${line.join(", ")}` };
    const root = (row.parent === null ? undefined : kinds.tasks.get(row.parent)?.root) ?? row.id;
    if (row.root !== root) yield { key, problem: `says its root is ${row.root}, it is ${root}` };
    const below = descendants.get(row.id) ?? 0;
    if (row.parent === null && row.descendants !== below)
      yield { key, problem: `says ${row.descendants} descendants, there are ${below}` };
  }
}
