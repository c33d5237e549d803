// identity: an agent may not make, under a task it holds, a task of the same kind for itself. A task made for nobody is
// judged when its maker claims it, so that leaving the assignee out evades nothing.

import type { Context } from "../context.ts";
import type { TaskCreated } from "../event-bodies.ts";
import { taskKey } from "../rows/keys.ts";
import { readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

type Piece = { readonly agent: string | null; readonly kind: string };

/** True when the same agent would do the same kind of work one level down. */
export function isIdentityLoop(above: Piece, below: Piece): boolean {
  return above.agent !== null && above.agent === below.agent && above.kind === below.kind;
}

/** A lease that is over holds nothing, whether or not anybody has noticed. */
function isHeld({ lease }: TaskRow, at: number): boolean {
  return lease !== null && (lease.expiresAt === null || at < lease.expiresAt);
}

function worker(row: TaskRow, told: boolean, at: number): string | null {
  if (!told) return isHeld(row, at) ? row.holder : null;
  const agent = row.holder ?? row.assignee ?? row.author;
  return agent.startsWith("agent:") ? agent : null;
}

type Links = { readonly parent: string | null; readonly createdBy: string | null };

function linked(links: Links): readonly string[] {
  const out: string[] = [];
  if (links.parent !== null) out.push(links.parent);
  if (links.createdBy !== null && links.createdBy !== links.parent) out.push(links.createdBy);
  return out;
}

/** "Feature" below "feature" is the same kind. */
const plain = (kind: string): string => kind.trim().toLowerCase();

function judgeLinks(links: Links, below: Piece, told: boolean, ctx: Context): Judgement | null {
  const work = { agent: below.agent, kind: plain(below.kind) };
  for (const id of linked(links)) {
    const above = readTask(ctx.rows, id);
    if (above === null || !isIdentityLoop({ agent: worker(above, told, ctx.at), kind: plain(above.taskKind) }, work))
      continue;
    return finding("lineage.identity_loop", { agent: below.agent ?? "", parent: id, kind: below.kind });
  }
  return null;
}

function created(body: TaskCreated, ctx: Context): Judgement | null {
  const told = body.toldAt !== null;
  const agent = body.assignee ?? (told && body.author.startsWith("agent:") ? body.author : null);
  if (agent === null || (!told && agent !== ctx.actor)) return null;
  return judgeLinks(body, { agent, kind: body.taskKind }, told, ctx);
}

function claimed(task: string, ctx: Context): Judgement | null {
  const row = readTask(ctx.rows, task);
  if (row === null || row.author !== ctx.actor || ctx.envelope.kind !== "agent") return null;
  return judgeLinks(row, { agent: ctx.actor, kind: row.taskKind }, false, ctx);
}

export const identity: Rule = {
  name: "identity",
  mode: "enforce",
  on: ["task_created", "task_moved"],
  codes: ["lineage.identity_loop"],
  need: (draft, ctx) => {
    if (draft.type !== "task_moved" || draft.body.via !== "claim") return [];
    const row = readTask(ctx.rows, draft.body.task);
    return row === null || row.author !== ctx.actor ? [] : linked(row).map(taskKey);
  },
  judge: (draft, ctx) => {
    if (draft.type === "task_created") return created(draft.body, ctx);
    return draft.type === "task_moved" && draft.body.via === "claim" ? claimed(draft.body.task, ctx) : null;
  },
};
