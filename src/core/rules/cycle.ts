// cycle: no task is its own ancestor, by parent or by created-by.

import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** True when `task` stands in its own line of ancestors, which may be walked as it is read. */
export function closesCycle(task: string, ancestors: Iterable<string>): boolean {
  for (const ancestor of ancestors) if (ancestor === task) return true;
  return false;
}

export const cycle: Rule = {
  name: "cycle",
  mode: "enforce",
  fixed: true,
  on: ["task_created", "task_placed"],
  codes: ["lineage.cycle"],
  judge: (draft) => {
    if (draft.type !== "task_created" && draft.type !== "task_placed") return null;
    const { task, path } = draft.body;
    // A task that names itself as parent has no row yet, so its line is judged by the name.
    if (draft.body.parent === task || closesCycle(task, path)) return finding("lineage.cycle", { task, by: "parent" });
    if (draft.type === "task_placed") return null;
    const { createdBy, origins } = draft.body;
    return createdBy === task || closesCycle(task, origins)
      ? finding("lineage.cycle", { task, by: "created-by" })
      : null;
  },
};
