// record_evidence: what a harness saw of the work (a command's end, a reviewer's verdict, a link), bound to one attempt
// under one fence. An agent's own word is none.

import type { CommandSpec } from "../context.ts";
import { taskKey } from "../rows/keys.ts";
import { readTask } from "../rows/read.ts";

export const recordEvidence: CommandSpec<"record_evidence"> = {
  keys: ({ body }) => [taskKey(body.task)],
  propose: ({ body }, ctx) => {
    const { task, what, name, passed, digest } = body;
    const row = readTask(ctx.rows, task);
    if (row === null) return { code: "task.unknown", numbers: { task } };
    const attempt = body.attempt ?? row.attempt;
    const of = body.of ?? row.fence;
    if (row.ended) return { code: "task.ended", numbers: { task, state: row.state } };
    if (attempt !== row.attempt || of !== row.fence)
      return {
        code: "evidence.not_current",
        numbers: { task, attempt, of, currentAttempt: row.attempt, currentFence: row.fence },
      };
    return {
      drafts: [{ type: "evidence_recorded", body: { task, attempt, of, what, name, passed, digest } }],
      code: "evidence.recorded",
      numbers: { task, name, passed: passed ? 1 : 0 },
      result: { task, attempt, fence: of },
    };
  },
};
