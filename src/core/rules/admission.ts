// admission: a task made by an agent says who wants it, what hurts, what it is worth and how it is checked, each in real
// words. Work that nobody can answer for is busywork.

import { admissionProblem } from "../admission.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const admission: Rule = {
  name: "admission",
  mode: "observe",
  on: ["task_created"],
  codes: ["lineage.admission_incomplete"],
  judge: (draft, ctx) => {
    if (draft.type !== "task_created" || ctx.fact) return null;
    if (!ctx.policy.policy.admission.includes(ctx.envelope.kind)) return null;
    const stated = draft.body.admission;
    const problem = stated === null ? { field: "admission", problem: "is missing" } : admissionProblem(stated);
    return problem === null ? null : finding("lineage.admission_incomplete", { task: draft.body.task, ...problem });
  },
};
