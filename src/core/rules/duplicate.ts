// duplicate: the same work is not open twice, nor made again right after it ended. The refusal names the existing task,
// so that the caller can use it. Another body or scope is other work.

import { fingerprintKey, taskKey } from "../rows/keys.ts";
import { readFingerprint, readTask } from "../rows/read.ts";
import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const duplicate: Rule = {
  name: "duplicate",
  mode: "enforce",
  on: ["task_created"],
  codes: ["lineage.duplicate_open", "lineage.duplicate_recent"],
  need: (draft, ctx) => {
    if (draft.type !== "task_created") return [];
    const key = fingerprintKey(draft.body.fingerprint);
    if (ctx.rows.get(key) === undefined) return [key];
    const existing = readFingerprint(ctx.rows, draft.body.fingerprint);
    return existing === null ? [] : [taskKey(existing)];
  },
  judge: (draft, ctx) => {
    if (draft.type !== "task_created") return null;
    const existing = readFingerprint(ctx.rows, draft.body.fingerprint);
    if (existing === null || existing === draft.body.task) return null;
    const row = readTask(ctx.rows, existing);
    if (row === null) return null;
    if (!ctx.policy.lifecycle.terminal.has(row.state))
      return finding("lineage.duplicate_open", { existing, state: row.state });
    const agoMs = ctx.at - row.updatedAt;
    const windowMs = ctx.policy.policy.lineage.duplicateWindowMs;
    return agoMs < windowMs
      ? finding("lineage.duplicate_recent", { existing, state: row.state, agoMs: Math.max(0, agoMs), windowMs })
      : null;
  },
};
