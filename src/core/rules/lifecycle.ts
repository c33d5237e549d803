// lifecycle: each move is an edge of the table for that kind of actor; a task begins in an initial state.

import type { Context } from "../context.ts";
import type { TaskCreated, TaskMoved } from "../event-bodies.ts";
import { findEdge, legalMoves, statesBetween } from "../lifecycle.ts";
import { listed } from "../wording.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

function unknownState(state: string, ctx: Context): Judgement | null {
  const { edges, table } = ctx.policy.lifecycle;
  return edges.has(state) ? null : finding("lifecycle.state_unknown", { to: state, states: table.states.join(", ") });
}

function beginning(body: TaskCreated, ctx: Context): Judgement | null {
  const unknown = unknownState(body.state, ctx);
  if (unknown !== null) return unknown;
  const { initial } = ctx.policy.lifecycle.table;
  const { task, state } = body;
  if (body.toldAt !== null)
    return ctx.policy.lifecycle.terminal.has(state)
      ? finding("lifecycle.first_sight_ended", { task, to: state })
      : null;
  return initial.includes(state) ? null : finding("lifecycle.not_initial", { to: state, legal: listed(initial) });
}

/** The move is no edge for this kind: says which of the reasons it is. */
function illegal(body: TaskMoved, ctx: Context): Judgement {
  const { lifecycle } = ctx.policy;
  const { task, from, to } = body;
  const kind = ctx.fact ? "agent" : ctx.envelope.kind;
  const legal = listed(legalMoves(lifecycle, from, kind));
  if (from === to) return finding("lifecycle.same_state", { task, to, legal });
  if (lifecycle.terminal.has(from)) return finding("lifecycle.terminal", { task, from, to });
  const edge = findEdge(lifecycle, from, to);
  if (edge !== undefined)
    return finding("lifecycle.not_yours", { task, from, to, kind, needs: edge.by.join(" or "), legal });
  const skips = statesBetween(lifecycle, from, to, kind) ?? [];
  return finding("lifecycle.transition_skipped", {
    task,
    from,
    to,
    skips: skips.join(", "),
    legal,
    claim: skips[0] === lifecycle.table.working ? 1 : 0,
  });
}

function move(body: TaskMoved, ctx: Context): Judgement | null {
  if (body.via === "sighting") return null;
  const { lifecycle } = ctx.policy;
  const edge = findEdge(lifecycle, body.from, body.to);
  if (body.via === "reopen" && !lifecycle.terminal.has(body.from)) {
    return finding("lifecycle.not_ended", {
      task: body.task,
      from: body.from,
      legal: listed(legalMoves(lifecycle, body.from, body.by)),
    });
  }
  if (edge !== undefined && edge.by.includes(body.by)) return null;
  return unknownState(body.to, ctx) ?? unknownState(body.from, ctx) ?? illegal(body, ctx);
}

export const lifecycle: Rule = {
  name: "lifecycle",
  mode: "enforce",
  fixed: true,
  on: ["task_created", "task_moved"],
  codes: [
    "lifecycle.state_unknown",
    "lifecycle.not_initial",
    "lifecycle.first_sight_ended",
    "lifecycle.same_state",
    "lifecycle.transition_skipped",
    "lifecycle.terminal",
    "lifecycle.not_ended",
    "lifecycle.not_yours",
  ],
  judge: (draft, ctx) => {
    if (draft.type === "task_moved") return move(draft.body, ctx);
    return draft.type === "task_created" ? beginning(draft.body, ctx) : null;
  },
};
