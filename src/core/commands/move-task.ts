// The commands that change a task's state: claim, move, release, reopen. All propose one `task_moved`; the working
// state is entered only by a claim, so a move into it is one.

import type { ActorKind } from "../actor.ts";
import type { CommandSpec, Context, Plan } from "../context.ts";
import type { TaskMoved, Via } from "../event.ts";
import type { ReasonCode } from "../reasons/index.ts";
import { actorKey, taskKey } from "../rows/keys.ts";
import { readTask } from "../rows/read.ts";
import type { Rows, TaskRow } from "../rows/rows.ts";
import { workedMs } from "../worked.ts";

type Move = {
  readonly to: string;
  readonly via: Via;
  readonly by: ActorKind;
  readonly reason: string | null;
  readonly code: ReasonCode;
};

const INCARNATION_STEP = 4_294_967_296;

/** INVARIANT: fences of a task strictly increase, across a restore too. */
function nextFence(row: TaskRow, ctx: Context): number {
  return Math.max(row.fence, ctx.head.incarnation * INCARNATION_STEP) + 1;
}

export function movedBody(row: TaskRow, move: Omit<Move, "code">, ctx: Context): TaskMoved {
  const taken = move.via === "claim";
  return {
    task: row.id,
    from: row.state,
    to: move.to,
    via: move.via,
    by: move.by,
    holder: taken ? ctx.actor : null,
    fence: taken ? nextFence(row, ctx) : row.fence,
    attempt: move.via === "reopen" ? row.attempt + 1 : row.attempt,
    workedMs: workedMs(row, ctx.at),
    reason: move.reason,
    toldAt: ctx.fact ? ctx.at : null,
  };
}

function planMove(task: string, ctx: Context, choose: (row: TaskRow) => Move): Plan {
  const row = readTask(ctx.rows, task);
  if (row === null) return { code: "task.unknown", numbers: { task } };
  const { code, ...move } = choose(row);
  const body = movedBody(row, move, ctx);
  const { from, to, fence, attempt } = body;
  return {
    drafts: [{ type: "task_moved", body }],
    code,
    numbers: { task, from, to, fence, attempt },
    result: { task, state: to, fence, attempt },
  };
}

/** The task, and the holder's row: the count of tasks it holds changes. */
const taskOf = (command: { readonly body: { readonly task: string } }): readonly string[] => [
  taskKey(command.body.task),
];

function holderOf(command: { readonly body: { readonly task: string } }, rows: Rows): readonly string[] {
  const holder = readTask(rows, command.body.task)?.holder ?? null;
  return holder === null ? [] : [actorKey(holder)];
}

function claim(ctx: Context, reason: string | null): Move {
  return { to: ctx.policy.policy.lifecycle.working, via: "claim", by: ctx.envelope.kind, reason, code: "task.claimed" };
}

export const claimTask: CommandSpec<"claim_task"> = {
  keys: taskOf,
  related: holderOf,
  propose: ({ body }, ctx) => planMove(body.task, ctx, () => claim(ctx, null)),
};

export const moveTask: CommandSpec<"move_task"> = {
  keys: taskOf,
  related: holderOf,
  propose: ({ body }, ctx) =>
    planMove(body.task, ctx, () =>
      body.to === ctx.policy.policy.lifecycle.working
        ? claim(ctx, body.reason)
        : { to: body.to, via: "move", by: ctx.envelope.kind, reason: body.reason, code: "task.moved" },
    ),
};

export const releaseTask: CommandSpec<"release_task"> = {
  keys: taskOf,
  related: holderOf,
  propose: ({ body }, ctx) =>
    planMove(body.task, ctx, () => ({
      to: ctx.policy.policy.lifecycle.released,
      via: "release",
      by: "system",
      reason: body.reason,
      code: "task.released",
    })),
};

export const reopenTask: CommandSpec<"reopen_task"> = {
  keys: taskOf,
  related: holderOf,
  propose: ({ body }, ctx) =>
    planMove(body.task, ctx, () => ({
      to: ctx.policy.policy.lifecycle.released,
      via: "reopen",
      by: ctx.envelope.kind,
      reason: body.reason,
      code: "task.reopened",
    })),
};
