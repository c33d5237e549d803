// identity: an agent may not make, under a task it holds, a task of the same kind for itself. What was made for nobody is
// judged at the claim, of the piece and of the whole, and where one is put below the other: no agent holds both at once.

import type { Context } from "../context.ts";
import type { TaskCreated } from "../event-bodies.ts";
import type { Draft } from "../event.ts";
import { peekTask, readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";
import { holdKeys, holdWhere } from "./holds.ts";
import { finding, isClaim } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

type Piece = { readonly agent: string | null; readonly kind: string };

/** True when the same agent would do the same kind of work one level down. */
export function isIdentityLoop(above: Piece, below: Piece): boolean {
  return above.agent !== null && above.agent === below.agent && above.kind === below.kind;
}

/** Whose work it is: who holds it, or, of what is told, whoever it was given to. */
function worker(row: TaskRow, told: boolean): string | null {
  if (!told) return row.holder;
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
    if (above === null || !isIdentityLoop({ agent: worker(above, told), kind: plain(above.taskKind) }, work)) continue;
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

/** Both are the agent's own work of one kind, and the lower one its own making: a human's tree is nobody's loop. */
function isOwnPiece(above: TaskRow, below: TaskRow, { actor }: Context): boolean {
  return below.author === actor && linked(below).includes(above.id) && plain(above.taskKind) === plain(below.taskKind);
}

const isPair = (one: TaskRow, other: TaskRow, ctx: Context): boolean =>
  isOwnPiece(one, other, ctx) || isOwnPiece(other, one, ctx);

/** A claim of the piece while the whole is held, or of the whole while the piece is. */
function claimed(row: TaskRow, ctx: Context): Judgement | null {
  const held = holdWhere((one) => isPair(one, row, ctx), ctx);
  if (held === null) return null;
  if (isOwnPiece(row, held, ctx)) return ofHeld(held, row, ctx);
  return finding("lineage.identity_loop", { agent: ctx.actor, parent: held.id, kind: row.taskKind });
}

function ofHeld(piece: TaskRow, whole: TaskRow, { actor: agent }: Context): Judgement {
  return finding("lineage.identity_loop", { agent, parent: whole.id, kind: piece.taskKind, holds: piece.id });
}

/** Put below what its maker holds, a piece that it holds too would come to the same. */
function placed(row: TaskRow, parent: TaskRow, ctx: Context): Judgement | null {
  const isOwn = row.author === ctx.actor && plain(row.taskKind) === plain(parent.taskKind);
  return isOwn && row.holder === ctx.actor && parent.holder === ctx.actor ? ofHeld(row, parent, ctx) : null;
}

function ofAgent(draft: Draft, ctx: Context): Judgement | null {
  if (draft.type === "task_placed") {
    const [row, parent] = [readTask(ctx.rows, draft.body.task), readTask(ctx.rows, draft.body.parent)];
    return row === null || parent === null ? null : placed(row, parent, ctx);
  }
  const row = isClaim(draft) ? readTask(ctx.rows, draft.body.task) : null;
  return row === null ? null : claimed(row, ctx);
}

export const identity: Rule = {
  name: "identity",
  mode: "enforce",
  on: ["task_created", "task_moved", "task_placed"],
  codes: ["lineage.identity_loop"],
  need: (draft, ctx) => {
    const row = isClaim(draft) && ctx.envelope.kind === "agent" ? peekTask(ctx.rows, draft.body.task) : null;
    return row === null ? [] : holdKeys((held) => isPair(held, row, ctx), ctx);
  },
  judge: (draft, ctx) => {
    if (draft.type === "task_created") return created(draft.body, ctx);
    return ctx.envelope.kind === "agent" ? ofAgent(draft, ctx) : null;
  },
};
