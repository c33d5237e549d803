// The commands that spend: reserve a step and settle or cancel it, or do both at once. What was spent is always booked;
// whatever is to be spent is judged first.

import { actorName } from "../actor.ts";
import type { ActorKind } from "../actor.ts";
import type { RecordStep, ReserveStep, SettleStep } from "../command.ts";
import type { CommandSpec, Context, Plan, Tail } from "../context.ts";
import type { Finding } from "../decision.ts";
import type { Draft } from "../event.ts";
import type { StepCall } from "../event-bodies.ts";
import { isRenewable, noLease, renewedLease } from "../lease-terms.ts";
import { workedMs } from "../lease.ts";
import { haltKeys, meterKeys, reservationKey, stepsKey, taskKey, taskScope } from "../rows/keys.ts";
import { isHumans } from "../fold/steps.ts";
import { peekRow, peekTask, readMeter, readRow, readTask } from "../rows/read.ts";
import type { ReservationRow, Rows, TaskRow } from "../rows/rows.ts";
import { lateMs } from "../rules/deadline.ts";
import { scopesOf } from "../scope.ts";
import { NO_STEPS, remembered } from "../steps/memory.ts";
import type { StepMemory } from "../steps/memory.ts";
import { seenBy } from "../steps/seen-by.ts";

/** What work on the task is charged to: as its lease says, else as it would be for whoever asks. */
function chargedTo(row: TaskRow, actor: string): readonly string[] {
  return row.lease?.scopes ?? scopesOf(row, row.holder ?? actor);
}

function aroundTask(task: string, actor: string, rows: Rows): readonly string[] {
  const row = peekTask(rows, task);
  if (row === null) return [];
  const scopes = chargedTo(row, actor);
  return [...meterKeys(scopes), ...haltKeys(scopes)];
}

type OfTask = { readonly body: { readonly task: string }; readonly kind: ActorKind; readonly actor: string };

const memoryIn = (task: string, ctx: Context): StepMemory =>
  peekRow(ctx.rows, stepsKey(task), "steps")?.memory ?? NO_STEPS;

/** The call as the policy sees it, and as the task remembers it. */
function stepCall(
  { tool, call }: Pick<ReserveStep, "tool" | "call">,
  memory: StepMemory,
  ctx: Context,
): StepCall | null {
  if (call === null) return null;
  return { ...seenBy(ctx.policy.policy.steps, { tool, call, at: ctx.at }, memory), command: call.command };
}

/** The task, and the meters and halts of whatever work on it is charged to. */
const onTask = {
  keys: ({ body }: OfTask): readonly string[] => [taskKey(body.task)],
  related: ({ body, kind, actor }: OfTask, rows: Rows): readonly string[] =>
    aroundTask(body.task, actorName(kind, actor), rows),
};

/** What is remembered of the task's steps. */
const memoryOf = ({ body }: OfTask): readonly string[] => [stepsKey(body.task)];

/** A sign of life: work by the way renews a lease that is half over. What is handed back too late buys no more time. */
function renewals(row: TaskRow, { handBack }: Pick<RecordStep, "handBack">, ctx: Context): readonly Draft[] {
  if (handBack && lateMs(row, ctx.at) !== null) return [];
  const lease = isRenewable(row, ctx) ? renewedLease(row, ctx) : null;
  if (lease === null) return [];
  return [{ type: "lease_renewed", body: { task: row.id, lease, workedMs: workedMs(row.lease, ctx.at) } }];
}

function reserved(row: TaskRow, body: ReserveStep, memory: StepMemory, ctx: Context): Draft {
  const { task, amounts, tool, started, handBack } = body;
  const call = stepCall(body, memory, ctx);
  const expiresAt = ctx.at + ctx.policy.policy.budget.reservationMs;
  const scopes = chargedTo(row, ctx.actor);
  return { type: "step_reserved", body: { task, scopes, amounts, tool, call, started, handBack, expiresAt } };
}

const unknownTask = (task: string): Finding => ({ code: "task.unknown", numbers: { task } });

export const reserveStep: CommandSpec<"reserve_step"> = {
  ...onTask,
  beside: memoryOf,
  propose: ({ body }, ctx) => {
    const { task } = body;
    const row = readTask(ctx.rows, task);
    if (row === null) return unknownTask(task);
    const reservation = `r-${ctx.head.sequence + 1}`;
    return {
      drafts: [reserved(row, body, memoryIn(task, ctx), ctx), ...renewals(row, body, ctx)],
      code: "step.reserved",
      numbers: { task, reservation },
      result: { task, reservation, expiresAt: ctx.at + ctx.policy.policy.budget.reservationMs },
    };
  },
};

function closing(row: ReservationRow): Pick<ReservationRow, "task" | "scopes" | "handBack"> & {
  readonly reservation: string;
  readonly reserved: ReservationRow["amounts"];
  readonly reservedAt: number;
} {
  const { id, task, scopes, handBack, amounts, at } = row;
  return { reservation: id, task, scopes, handBack, reserved: amounts, reservedAt: at };
}

/** An agent closes only what it reserved; humans and harnesses close any. */
function withReservation(id: string, ctx: Context, plan: (row: ReservationRow) => Plan): Plan {
  const row = readRow(ctx.rows, reservationKey(id), "reservation");
  if (row === null) return { code: "reservation.unknown", numbers: { reservation: id } };
  if (ctx.envelope.kind === "agent" && row.actor !== ctx.actor)
    return { code: "reservation.not_yours", numbers: { reservation: id, actor: ctx.actor, owner: row.actor } };
  return plan(row);
}

/** What is remembered once the settlement is folded: the next step is judged after it. */
function memoryAfter(row: ReservationRow, { result, failed, next }: SettleStep, ctx: Context): StepMemory {
  const before = memoryIn(next?.task ?? row.task, ctx);
  if (row.call === null || next?.task !== row.task || isHumans(row)) return before;
  return remembered(before, { call: row.call, at: row.at, result, failed });
}

function nextStep(next: ReserveStep, memory: StepMemory, ctx: Context): Tail {
  const row = readTask(ctx.rows, next.task);
  if (row === null) return unknownTask(next.task);
  const reservation = `r-${ctx.head.sequence + 2}`;
  return { drafts: [reserved(row, next, memory, ctx), ...renewals(row, next, ctx)], result: { next: reservation } };
}

function settled(row: ReservationRow, { result, failed, amounts }: SettleStep): Draft {
  const { reservation, task, scopes, handBack, reserved: held, reservedAt } = closing(row);
  return {
    type: "step_settled",
    body: {
      task,
      scopes,
      amounts,
      reservation,
      reserved: held,
      reservedAt,
      handBack,
      result,
      failed,
      late: row.presumed,
    },
  };
}

export const settleStep: CommandSpec<"settle_step"> = {
  keys: ({ body }) => [reservationKey(body.reservation), ...(body.next === null ? [] : [taskKey(body.next.task)])],
  related: ({ body, kind, actor }, rows) => {
    const row = peekRow(rows, reservationKey(body.reservation), "reservation");
    const next = body.next === null ? [] : aroundTask(body.next.task, actorName(kind, actor), rows);
    return [...(row === null ? [] : meterKeys(row.scopes)), ...next];
  },
  beside: ({ body }) => (body.next === null ? [] : [stepsKey(body.next.task)]),
  propose: ({ body }, ctx) =>
    withReservation(body.reservation, ctx, (row) => {
      const { task } = row;
      return {
        drafts: [settled(row, body)],
        ...(body.next === null ? {} : { tail: nextStep(body.next, memoryAfter(row, body, ctx), ctx) }),
        code: "step.settled",
        numbers: { task, reservation: row.id },
        result: { task, reservation: row.id },
      };
    }),
};

export const cancelStep: CommandSpec<"cancel_step"> = {
  keys: ({ body }) => [reservationKey(body.reservation)],
  propose: ({ body }, ctx) =>
    withReservation(body.reservation, ctx, (row) => {
      const { task, started, presumed } = row;
      if (started || presumed) return { code: "reservation.started", numbers: { reservation: row.id } };
      const { reservation, scopes, handBack, reserved: held, reservedAt } = closing(row);
      return {
        drafts: [
          {
            type: "step_cancelled",
            body: { task, scopes, amounts: {}, reservation, reserved: held, reservedAt, handBack },
          },
        ],
        code: "step.cancelled",
        numbers: { task, reservation },
        result: { task, reservation },
      };
    }),
};

function recorded(row: TaskRow, body: RecordStep, ctx: Context): Draft {
  const { task, amounts, tool, result, failed, handBack } = body;
  const call = stepCall(body, memoryIn(task, ctx), ctx);
  const scopes = chargedTo(row, ctx.actor);
  return { type: "step_recorded", body: { task, scopes, amounts, tool, call, result, failed, handBack } };
}

export const recordStep: CommandSpec<"record_step"> = {
  ...onTask,
  beside: memoryOf,
  propose: ({ body }, ctx) => {
    const { task, handBack } = body;
    const row = readTask(ctx.rows, task);
    if (row === null) return unknownTask(task);
    const meter = readMeter(ctx.rows, taskScope(task));
    const steps = handBack ? meter.handBackSteps + 1 : (meter.used["steps"]?.[0] ?? 0) + 1;
    return {
      drafts: [recorded(row, body, ctx), ...renewals(row, body, ctx)],
      code: handBack ? "step.hand_back" : "step.recorded",
      numbers: handBack ? { task, steps, limit: ctx.policy.policy.budget.handBackSteps } : { task, steps },
      result: handBack ? { task, handBackSteps: steps } : { task, steps },
    };
  },
};

export const renewLease: CommandSpec<"renew_lease"> = {
  ...onTask,
  propose: ({ body }, ctx) => {
    const { task } = body;
    const row = readTask(ctx.rows, task);
    if (row === null) return unknownTask(task);
    // Where nobody holds it the rules refuse in their order: under a halt "claim it first" would lead to one more refusal.
    const lease = row.holder === null ? noLease(row, ctx) : renewedLease(row, ctx);
    if (lease === null) return { code: "lease.endless", numbers: { task, holder: row.holder ?? "" } };
    return {
      drafts: [{ type: "lease_renewed", body: { task, lease, workedMs: workedMs(row.lease, ctx.at) } }],
      code: "lease.renewed",
      numbers: { task, ttlMs: lease.ttlMs },
      result: { task, fence: row.fence, expiresAt: lease.expiresAt ?? 0 },
    };
  },
};
