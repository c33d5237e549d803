// The commands that change a task's state: claim, move, release, reopen. All propose one `task_moved`; the working
// state is entered only by a claim, so a move into it is one.

import { actorName } from "../actor.ts";
import type { ActorKind } from "../actor.ts";
import type { MoveTask, ReleaseCause } from "../command.ts";
import type { CommandSpec, Context, Plan } from "../context.ts";
import { afterFailure, afterHuman, backoffMs, isForHumans, ladderOf, rungAt } from "../escalation.ts";
import type { Draft } from "../event.ts";
import type { TaskMoved, Via } from "../event-bodies.ts";
import { HELD_MAX, nextFence, workedMs } from "../lease.ts";
import { newLease } from "../lease-terms.ts";
import type { ReasonCode } from "../reasons/index.ts";
import { actorKey, haltKeys, meterKeys, taskKey } from "../rows/keys.ts";
import { peekRow, peekTask, readTask } from "../rows/read.ts";
import type { Rows, TaskRow } from "../rows/rows.ts";
import { agentScope, scopesOf } from "../scope.ts";

type Move = {
  readonly to: string;
  readonly via: Via;
  readonly by: ActorKind;
  readonly reason: string | null;
  readonly code: ReasonCode;
};

/** A human's hand starts the ladder anew; so does an agent that takes up by a human's approval what waits for humans. */
function escalationOf(row: TaskRow, via: Via, ctx: Context): TaskRow["escalation"] {
  const { policy } = ctx.policy;
  if (ctx.envelope.kind === "human") return afterHuman(row, policy.escalation);
  const isHumans = isForHumans(row.escalation) || (via === "claim" && rungAt(row, policy, ctx.at).tier === "human");
  return isHumans ? { ...row.escalation, tier: "anybody", failures: 0, failed: [] } : row.escalation;
}

/** The body of a move out of the row's present state. */
export function movedBody(row: TaskRow, move: Omit<Move, "code">, ctx: Context): TaskMoved {
  const taken = move.via === "claim";
  const { table, terminal } = ctx.policy.lifecycle;
  return {
    task: row.id,
    from: row.state,
    to: move.to,
    via: move.via,
    by: move.by,
    holder: taken ? ctx.actor : null,
    fence: taken ? nextFence(row, ctx.head.incarnation) : row.fence,
    attempt: move.via === "reopen" ? row.attempt + 1 : row.attempt,
    lease: taken ? newLease(row, ctx) : null,
    workedMs: workedMs(row.lease, ctx.at),
    assignee: row.assignee,
    escalation: ctx.fact ? row.escalation : escalationOf(row, move.via, ctx),
    cause: null,
    reason: move.reason,
    ready: move.to === table.released,
    ended: terminal.has(move.to),
    progress: ctx.envelope.kind === "human",
    toldAt: ctx.fact ? ctx.at : null,
  };
}

function planned(body: TaskMoved, code: ReasonCode, more: readonly Draft[] = []): Plan {
  const { task, from, to, fence, attempt, lease } = body;
  const expires = lease?.expiresAt == null ? {} : { expiresAt: lease.expiresAt };
  return {
    drafts: [{ type: "task_moved", body }, ...more],
    code,
    numbers: { task, from, to, fence, attempt },
    result: { task, state: to, fence, attempt, ...expires },
  };
}

function withTask(task: string, ctx: Context, plan: (row: TaskRow) => Plan): Plan {
  const row = readTask(ctx.rows, task);
  return row === null ? { code: "task.unknown", numbers: { task } } : plan(row);
}

function planMove(task: string, ctx: Context, move: Move): Plan {
  const { code, ...rest } = move;
  return withTask(task, ctx, (row) => planned(movedBody(row, rest, ctx), code));
}

type OfTask = { readonly body: { readonly task: string | null }; readonly actor: string; readonly kind: ActorKind };

const taskOf = ({ body }: OfTask): readonly string[] => (body.task === null ? [] : [taskKey(body.task)]);

/** What a lease would be charged to and halted by. */
function aroundClaim({ body, actor, kind }: OfTask, rows: Rows): readonly string[] {
  const row = body.task === null ? null : peekTask(rows, body.task);
  if (row === null) return [];
  const name = actorName(kind, actor);
  const scopes = scopesOf(row, name);
  return [...haltKeys(scopes), ...meterKeys(scopes), ...heldTasks(name, rows)];
}

/** Whoever holds as much as it may: some of that may be over, and nobody has noticed. */
function heldTasks(actor: string, rows: Rows): readonly string[] {
  const holds = peekRow(rows, actorKey(actor), "actor")?.holds ?? [];
  return holds.length < HELD_MAX ? [] : holds.map(taskKey);
}

/** The parent: whoever holds it may change what lies below. */
export function parentOf(task: string, rows: Rows): readonly string[] {
  const parent = peekTask(rows, task)?.parent ?? null;
  return parent === null ? [] : [taskKey(parent)];
}

function claim(reason: string | null, ctx: Context): Move {
  return { to: ctx.policy.policy.lifecycle.working, via: "claim", by: ctx.envelope.kind, reason, code: "task.claimed" };
}

export const claimTask: CommandSpec<"claim_task"> = {
  keys: taskOf,
  related: aroundClaim,
  propose: ({ body }, ctx) =>
    body.task === null ? { code: "claim.nothing_ready", numbers: {} } : planMove(body.task, ctx, claim(null, ctx)),
};

const NO_LESSON = { what: null, blocker: null, workaround: null };

/** What was learnt, when work is done or blocked. */
function lessons(row: TaskRow, { to, reason, lesson }: MoveTask, ctx: Context): readonly Draft[] {
  const { completed, parked } = ctx.policy.lifecycle.table;
  if (to !== completed && to !== parked) return [];
  // Whoever did not work on it has nothing to teach: lessons are shown to those who come after.
  if (ctx.envelope.kind === "agent" && row.holder !== ctx.actor) return [];
  const blocker = to === parked ? reason : null;
  const { what, blocker: told, workaround } = lesson ?? NO_LESSON;
  return [
    {
      type: "lesson_learnt",
      body: {
        task: row.id,
        taskKind: row.taskKind,
        title: row.title,
        actor: row.holder ?? ctx.actor,
        what: what ?? row.title,
        outcome: to === parked ? to : (reason ?? to),
        blocker: told ?? blocker,
        workaround,
      },
    },
  ];
}

export const moveTask: CommandSpec<"move_task"> = {
  keys: taskOf,
  // Whoever holds the parent may end what lies below it: whether the hold is over has to be noticed.
  related: (command, rows) => [...aroundClaim(command, rows), ...parentOf(command.body.task, rows)],
  propose: ({ body }, ctx) => {
    if (body.to === ctx.policy.policy.lifecycle.working) return planMove(body.task, ctx, claim(body.reason, ctx));
    const move = { to: body.to, via: "move", by: ctx.envelope.kind, reason: body.reason } as const;
    return withTask(body.task, ctx, (row) => planned(movedBody(row, move, ctx), "task.moved", lessons(row, body, ctx)));
  },
};

/** A failed attempt climbs the ladder; one that was merely slowed down by its provider rests. */
function released(row: TaskRow, cause: ReleaseCause, reason: string | null, ctx: Context): TaskMoved {
  const { released: to } = ctx.policy.policy.lifecycle;
  const body = { ...movedBody(row, { to, via: "release", by: "system", reason }, ctx), cause };
  if (cause === "rate_limited") {
    const notBefore = ctx.at + backoffMs(row.id, 1, ctx.policy.policy.escalation);
    return { ...body, escalation: { ...body.escalation, notBefore } };
  }
  if ((cause !== "failed" && cause !== "crashed") || agentScope(row.holder).length === 0) return body;
  const { to: rung, attempt, assignee, escalation } = afterFailure(row, row.holder ?? "", ladderOf(ctx.policy), ctx.at);
  return { ...body, to: rung, ready: rung === to, attempt, assignee, escalation, progress: false };
}

export const releaseTask: CommandSpec<"release_task"> = {
  keys: taskOf,
  propose: ({ body }, ctx) =>
    withTask(body.task, ctx, (row) => planned(released(row, body.cause, body.reason, ctx), "task.released")),
};

export const reopenTask: CommandSpec<"reopen_task"> = {
  keys: taskOf,
  propose: ({ body }, ctx) => {
    const { released: to } = ctx.policy.policy.lifecycle;
    return planMove(body.task, ctx, {
      to,
      via: "reopen",
      by: ctx.envelope.kind,
      reason: body.reason,
      code: "task.reopened",
    });
  },
};
