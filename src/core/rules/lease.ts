// lease: exactly one holder. A held task is written to by its holder alone, under the current fence; a human may step in.
// A new task is such a write too: an agent that was overtaken makes none. Who gives no fence is only compared by name.

import { HELD_MAX, LIVE_MAX } from "../lease.ts";
import { liveKey } from "../rows/keys.ts";
import { peekTask, readActor, readRow, readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import type { Context } from "../context.ts";
import type { Draft, EventType } from "../event.ts";
import type { TaskCreated } from "../event-bodies.ts";
import { rootsOf } from "../scope.ts";
import { holdKeys, holdWhere } from "./holds.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

function staleFence(row: TaskRow, ctx: Context): Judgement | null {
  const { fence } = ctx.envelope;
  if (fence === null || fence === row.fence) return null;
  const numbers = { task: row.id, fence, current: row.fence, holder: row.holder ?? "nobody" };
  // A fence that was never given says nothing of who came first.
  const isNamesakes = row.holder === ctx.actor && fence < row.fence;
  return finding("lease.fence_stale", isNamesakes ? { ...numbers, namesake: 1 } : numbers);
}

function notHeld(row: TaskRow, ctx: Context): Judgement {
  const { id: task, state, holder, worker, ended, escalation } = row;
  const stuck = escalation.tier === "stuck" ? { stuck: 1 } : escalation.tier === "human" ? { parked: 1 } : {};
  const numbers = { task, state, holder: holder ?? "", actor: ctx.actor, ended: ended ? 1 : 0, ...stuck };
  return finding(
    "lease.not_held",
    worker === ctx.actor && holder === null && !ended ? { ...numbers, lost: 1 } : numbers,
  );
}

function claim(row: TaskRow, ctx: Context): Judgement | null {
  if (row.holder !== null) {
    // One that started again learns its fence; another process under the same name learns that it is not alone.
    const code = row.holder === ctx.actor ? "lease.yours_already" : "lease.taken";
    return finding(code, { task: row.id, holder: row.holder, fence: row.fence });
  }
  const held = readActor(ctx.rows, ctx.actor).holds.length;
  if (held >= HELD_MAX) return finding("lease.too_many", { actor: ctx.actor, held, limit: HELD_MAX });
  for (const root of rootsOf(row)) {
    const leases = readRow(ctx.rows, liveKey(root), "live")?.leases ?? [];
    const live = leases.filter(({ expiresAt }) => expiresAt === null || ctx.at < expiresAt).length;
    if (live >= LIVE_MAX) return finding("lease.lineage_full", { root, count: live, limit: LIVE_MAX });
  }
  return null;
}

/** Humans and harnesses may step in where somebody holds the task. */
function isMine(row: TaskRow, ctx: Context): boolean {
  return row.holder === ctx.actor || (ctx.envelope.kind !== "agent" && row.holder !== null);
}

/** A move of a held task, or a release of any. */
function move(row: TaskRow, release: boolean, ctx: Context): Judgement | null {
  const stale = staleFence(row, ctx);
  if (stale !== null) return stale;
  return !isMine(row, ctx) && (row.holder !== null || release) ? notHeld(row, ctx) : null;
}

/** A step is work under a lease: somebody holds the task, and an agent books only on its own. */
function work(row: TaskRow, ctx: Context): Judgement | null {
  return staleFence(row, ctx) ?? (isMine(row, ctx) ? null : notHeld(row, ctx));
}

/** A fence speaks of the actor's own claim: whoever worked on the task last edits it under the present one only. */
function edit(row: TaskRow, ctx: Context): Judgement | null {
  return row.worker === ctx.actor ? staleFence(row, ctx) : null;
}

/** The fence that an agent sends along with a new task, where the parent does not bear it; null where none has to be found. */
function fenceToFind({ parent }: TaskCreated, { rows, envelope }: Context): number | null {
  const { fence, kind } = envelope;
  if (kind !== "agent" || fence === null) return null;
  return parent !== null && peekTask(rows, parent)?.fence === fence ? null : fence;
}

/** A new task is written under its parent's present fence, or under that of a task its maker holds. */
function create(body: TaskCreated, ctx: Context): Judgement | null {
  const fence = fenceToFind(body, ctx);
  if (fence === null || holdWhere((row) => row.fence === fence, ctx) !== null) return null;
  const parent = body.parent === null ? null : readTask(ctx.rows, body.parent);
  return parent === null ? finding("lease.fence_stale", { actor: ctx.actor, fence }) : staleFence(parent, ctx);
}

const EDITS: readonly EventType[] = ["task_edited", "task_assigned", "task_placed"];

function judgeDraft(draft: Draft, row: TaskRow, ctx: Context): Judgement | null {
  if (EDITS.includes(draft.type)) return edit(row, ctx);
  if (draft.type !== "task_moved") return work(row, ctx);
  if (draft.body.via === "claim") return claim(row, ctx);
  return draft.body.via === "sleep" ? null : move(row, draft.body.via === "release", ctx);
}

export const lease: Rule = {
  name: "lease",
  mode: "enforce",
  fixed: true,
  on: ["task_created", "task_moved", "step_recorded", "step_reserved", "lease_renewed", ...EDITS],
  codes: [
    "lease.taken",
    "lease.yours_already",
    "lease.not_held",
    "lease.fence_stale",
    "lease.too_many",
    "lease.lineage_full",
  ],
  need: (draft, ctx) => {
    const fence = draft.type === "task_created" && !ctx.fact ? fenceToFind(draft.body, ctx) : null;
    return fence === null ? [] : holdKeys((row) => row.fence === fence, ctx);
  },
  judge: (draft, ctx) => {
    if (draft.type === "task_created") return ctx.fact ? null : create(draft.body, ctx);
    if (ctx.fact || !("task" in draft.body) || draft.body.task === null) return null;
    const row = readTask(ctx.rows, draft.body.task);
    return row === null ? null : judgeDraft(draft, row, ctx);
  },
};
