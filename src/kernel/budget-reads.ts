// What budgets show: used, held, limits, what humans added, and when a limit is met if spending goes on as it does.

import {
  actorKey,
  actorName,
  countsAt,
  extensionOf,
  meterKey,
  parseScope,
  readMeter,
  taskKey,
  WINDOWS,
  windowsAt,
  workedMs,
} from "../core/index.ts";
import type { CompiledPolicy, Counts, Limit, MeterRow, Scope, TaskRow, Window } from "../core/index.ts";
import type { View } from "../store/index.ts";
import type { BudgetLine, BudgetView } from "./kernel.ts";
import { readRow, rowsUnder } from "./row-reads.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

type Span = readonly [from: number, to: number];

/** Begin and end of the window that `at` lies in; a lifetime begins at `bornAt` and has no end. Null: nobody knows. */
function spanOf(window: Window, at: number, bornAt: number | null): Span | null {
  const day = new Date(at);
  switch (window) {
    case "lifetime":
      return bornAt === null ? null : [bornAt, Infinity];
    case "hour":
      return [Math.floor(at / HOUR_MS) * HOUR_MS, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS];
    case "day":
      return [Math.floor(at / DAY_MS) * DAY_MS, (Math.floor(at / DAY_MS) + 1) * DAY_MS];
    case "month":
      return [
        Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1),
        Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1),
      ];
  }
}

/** A rate of a few seconds tells nothing. */
const HISTORY_LEAST_MS = 60_000;

function projected(used: number, remaining: number, span: Span | null, at: number): number | null {
  if (span === null) return null;
  const [from, to] = span;
  if (used <= 0 || at - from < HISTORY_LEAST_MS) return null;
  const hitAt = Math.ceil(at + (remaining * (at - from)) / used);
  return hitAt < to && Number.isSafeInteger(hitAt) ? hitAt : null;
}

/** What is shown of one scope beside its meter. */
type Shown = {
  readonly meter: MeterRow;
  readonly limits: readonly { readonly dimension: string; readonly window: number; readonly limit: Limit }[];
  /** Null where nobody wrote down when it began to spend: its lifetime has no rate. */
  readonly bornAt: number | null;
  /** Time worked under a lease that reserves none (a human's): it is not on the meter yet. */
  readonly runningMs: number;
  readonly at: number;
};

function lineOf(dimension: string, window: number, limit: Limit | null, shown: Shown): BudgetLine {
  const { meter, bornAt, runningMs, at } = shown;
  const now = windowsAt(at);
  const name = WINDOWS[window] ?? "lifetime";
  const count = (counts: Counts | undefined): number => countsAt(counts, meter.windows, now)[window] ?? 0;
  const used = count(meter.used[dimension]) + (dimension === "durationMs" ? runningMs : 0);
  const held = count(meter.held[dimension]);
  const extra = extensionOf(meter, dimension, window, at);
  if (limit === null) return { dimension, window: name, used, held, limit, extra, remaining: null, projectedAt: null };
  const remaining = Math.max(0, limit.hard + extra - used - held);
  const projectedAt = projected(used, remaining, spanOf(name, at, bornAt), at);
  return { dimension, window: name, used, held, limit, extra, remaining, projectedAt };
}

/**
 * Limited dimensions first, in the policy's order, then what else was used over the lifetime; of one window alone where
 * one is asked for.
 */
function linesOf(shown: Shown, asked: Window | undefined): readonly BudgetLine[] {
  const { meter } = shown;
  const one = asked === undefined ? 0 : WINDOWS.indexOf(asked);
  const limits = asked === undefined ? shown.limits : shown.limits.filter(({ window }) => window === one);
  const limited = limits.map(({ dimension, window, limit }) => lineOf(dimension, window, limit, shown));
  const known = new Set(limits.flatMap(({ dimension, window }) => (window === one ? [dimension] : [])));
  const names = new Set([...Object.keys(meter.used), ...Object.keys(meter.held)].filter((name) => !known.has(name)));
  const others = [...names].map((dimension) => lineOf(dimension, one, null, shown));
  return [...limited, ...others.filter(({ used, held }) => one === 0 || used > 0 || held > 0)];
}

async function meterOf(view: View, scope: string): Promise<MeterRow> {
  const key = meterKey(scope);
  return readMeter(new Map([[key, await readRow(view, key)]]), scope);
}

/** The policy's limits, the lifetime's cut to the task's own. */
function limitsOf(task: TaskRow, policy: CompiledPolicy): Shown["limits"] {
  const own = new Map(Object.entries(task.limits));
  const cut = policy.limits.task.map((one) => {
    const mine = one.window === 0 ? own.get(one.dimension) : undefined;
    if (mine === undefined) return one;
    own.delete(one.dimension);
    const hard = Math.min(mine, one.limit.hard);
    const { soft } = one.limit;
    return { ...one, limit: { soft: soft === null || soft > hard ? null : soft, hard } };
  });
  return [...cut, ...[...own].map(([dimension, hard]) => ({ dimension, window: 0, limit: { soft: null, hard } }))];
}

export async function taskBudget(
  view: View,
  task: TaskRow,
  policy: CompiledPolicy,
  at: number,
  window?: Window,
): Promise<BudgetView> {
  const scope = `task/${task.id}`;
  const meter = await meterOf(view, scope);
  const runningMs = task.lease?.expiresAt === null ? workedMs(task.lease, at) : 0;
  const shown = { meter, limits: limitsOf(task, policy), bornAt: task.createdAt, runningMs, at };
  const handBack = { used: meter.handBackSteps, limit: policy.policy.budget.handBackSteps };
  const isLifetime = window === undefined || window === "lifetime";
  return { scope, lines: linesOf(shown, window), handBackSteps: isLifetime ? handBack : null };
}

/** When the scope began, a null time where nobody wrote it down; null where there is none of that name. */
async function bornAt(view: View, { kind, id }: Scope): Promise<{ readonly at: number | null } | null> {
  if (kind === "agent") return (await readRow(view, actorKey(actorName("agent", id)))) === null ? null : { at: null };
  if (kind !== "lineage") return { at: (await view.event(1))?.at ?? null };
  const root = await readRow(view, taskKey(id));
  return root?.kind === "task" && root.root === root.id ? { at: root.createdAt } : null;
}

/** The budget of a scope, of one window alone where one is named; null where there is no such scope or task. */
export async function budgetIn(
  view: View,
  text: string,
  policy: CompiledPolicy,
  at: number,
  window?: Window,
): Promise<BudgetView | null> {
  const scope = parseScope(text);
  if (scope === null) return null;
  if (scope.kind === "task") {
    const task = await readRow(view, taskKey(scope.id));
    return task?.kind === "task" ? taskBudget(view, task, policy, at, window) : null;
  }
  const born = await bornAt(view, scope);
  if (born === null) return null;
  const limits = policy.limits[scope.kind];
  const shown = { meter: await meterOf(view, text), limits, bornAt: born.at, runningMs: 0, at };
  return { scope: text, lines: linesOf(shown, window), handBackSteps: null };
}

export async function metersIn(view: View): Promise<readonly MeterRow[]> {
  const found: MeterRow[] = [];
  for await (const row of rowsUnder(view, meterKey(""))) if (row.kind === "meter") found.push(row);
  return found;
}
