// duplicate: the same work is not open twice: made again while it is open or right after it ended, or opened again beside a
// copy that was made meanwhile. The refusal names the existing task, so that the caller can use it. Another body or scope is
// other work.

import type { Context } from "../context.ts";
import type { Draft } from "../event.ts";
import { fingerprintKey, taskKey } from "../rows/keys.ts";
import { readFingerprint, readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** The latest other task of the same work. */
function otherOf(task: string, fingerprint: string, ctx: Context): TaskRow | null {
  const existing = readFingerprint(ctx.rows, fingerprint);
  return existing === null || existing === task ? null : readTask(ctx.rows, existing);
}

function made(row: TaskRow, ctx: Context): Judgement | null {
  const { id: existing, state } = row;
  if (!ctx.policy.lifecycle.terminal.has(state)) return finding("lineage.duplicate_open", { existing, state });
  const agoMs = ctx.at - row.updatedAt;
  const windowMs = ctx.policy.policy.lineage.duplicateWindowMs;
  return agoMs < windowMs
    ? finding("lineage.duplicate_recent", { existing, state, agoMs: Math.max(0, agoMs), windowMs })
    : null;
}

/** What was told to be opened again is open already. */
function opened(draft: Draft, ctx: Context): Judgement | null {
  if (draft.type !== "task_moved" || ctx.fact || draft.body.ended) return null;
  const row = readTask(ctx.rows, draft.body.task);
  if (row === null || !row.ended) return null;
  const other = otherOf(row.id, row.fingerprint, ctx);
  if (other === null || ctx.policy.lifecycle.terminal.has(other.state)) return null;
  return finding("lineage.duplicate_open", { existing: other.id, state: other.state, reopens: row.id });
}

export const duplicate: Rule = {
  name: "duplicate",
  mode: "enforce",
  on: ["task_created", "task_moved"],
  codes: ["lineage.duplicate_open", "lineage.duplicate_recent"],
  // Of a task that is opened again the fold reads them.
  need: (draft, ctx) => {
    if (draft.type !== "task_created") return [];
    const key = fingerprintKey(draft.body.fingerprint);
    if (ctx.rows.get(key) === undefined) return [key];
    const existing = readFingerprint(ctx.rows, draft.body.fingerprint);
    return existing === null ? [] : [taskKey(existing)];
  },
  judge: (draft, ctx) => {
    if (draft.type !== "task_created") return opened(draft, ctx);
    const other = otherOf(draft.body.task, draft.body.fingerprint, ctx);
    return other === null ? null : made(other, ctx);
  },
};
