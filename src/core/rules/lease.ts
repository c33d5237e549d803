// lease: exactly one holder. A held task is written to by its holder alone, under the current fence; a human may step in.

import { readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import type { Context } from "../context.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

function staleFence(row: TaskRow, ctx: Context): Judgement | null {
  const { fence } = ctx.envelope;
  if (fence === null || fence === row.fence) return null;
  return finding("lease.fence_stale", { task: row.id, fence, current: row.fence, holder: row.holder ?? "nobody" });
}

function notHeld(row: TaskRow, ctx: Context): Judgement {
  return finding("lease.not_held", { task: row.id, state: row.state, holder: row.holder ?? "", actor: ctx.actor });
}

function claim(row: TaskRow, ctx: Context): Judgement | null {
  if (row.holder === null) return null;
  // One that started again learns its fence; another process under the same name learns that it is not alone.
  const code = row.holder === ctx.actor ? "lease.yours_already" : "lease.taken";
  return finding(code, { task: row.id, holder: row.holder, fence: row.fence });
}

/** A move of a held task, or a release of any. */
function move(row: TaskRow, release: boolean, ctx: Context): Judgement | null {
  const mine = row.holder === ctx.actor || (ctx.envelope.kind === "human" && row.holder !== null);
  if (!mine && (row.holder !== null || release)) return notHeld(row, ctx);
  return staleFence(row, ctx);
}

/** A step is work under a lease: somebody holds the task, and an agent books only on its own. */
function step(row: TaskRow, ctx: Context): Judgement | null {
  const mine = row.holder === ctx.actor || (ctx.envelope.kind !== "agent" && row.holder !== null);
  return mine ? staleFence(row, ctx) : notHeld(row, ctx);
}

export const lease: Rule = {
  name: "lease",
  mode: "enforce",
  on: ["task_moved", "step_recorded"],
  codes: ["lease.taken", "lease.yours_already", "lease.not_held", "lease.fence_stale"],
  judge: (draft, ctx) => {
    if (ctx.fact || (draft.type !== "task_moved" && draft.type !== "step_recorded")) return null;
    const row = readTask(ctx.rows, draft.body.task);
    if (row === null) return null;
    if (draft.type === "step_recorded") return step(row, ctx);
    return draft.body.via === "claim" ? claim(row, ctx) : move(row, draft.body.via === "release", ctx);
  },
};
