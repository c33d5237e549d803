// depth: how far below its root a task may lie. The oldest guard against a task that spawns itself.

import type { TaskPlaced } from "../event-bodies.ts";
import { limitFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

const NOTHING: TaskPlaced["below"] = [];

export const depth: Rule = {
  name: "depth",
  mode: "enforce",
  on: ["task_created", "task_placed"],
  codes: ["lineage.depth_exceeded"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" && draft.type !== "task_placed") return null;
    // What is moved along counts too: a deep tree is not built apart and hung in afterwards.
    const below = draft.type === "task_placed" ? draft.body.below : NOTHING;
    const deep = below.reduce((most, { path }) => Math.max(most, path.length), draft.body.path.length);
    const numbers = { task: draft.body.task, parent: draft.body.parent ?? "", depth: deep };
    return limitFinding("lineage.depth_exceeded", deep, ctx.policy.policy.lineage.depth, numbers);
  },
};
