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

/** Begin and end of the window that `at` lies in; a lifetime begins at `bornAt` and has no end. */
function spanOf(window: Window, at: number, bornAt: number): readonly [from: number, to: number] {
  const day = new Date(at);
  switch (window) {
    case "lifetime":
      return [bornAt, Infinity];
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

function projected(used: number, remaining: number, [from, to]: readonly [number, number], at: number): number | null {
  if (used <= 0 || at - from < HISTORY_LEAST_MS) return null;
  const hitAt = Math.ceil(at + (remaining * (at - from)) / used);
  return hitAt < to && Number.isSafeInteger(hitAt) ? hitAt : null;
}

/** What is shown of one scope beside its meter. */
type Shown = {
  readonly meter: MeterRow;
  readonly limits: readonly { readonly dimension: string; readonly window: number; readonly limit: Limit }[];
  readonly bornAt: number;
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

/** Limited dimensions first, in the policy's order, then what else was used over the lifetime. */
function linesOf(shown: Shown): readonly BudgetLine[] {
  const { limits, meter } = shown;
  const limited = limits.map(({ dimension, window, limit }) => lineOf(dimension, window, limit, shown));
  const lifetime = new Set(limits.flatMap(({ dimension, window }) => (window === 0 ? [dimension] : [])));
  const names = new Set([...Object.keys(meter.used), ...Object.keys(meter.held)].filter((name) => !lifetime.has(name)));
  return [...limited, ...[...names].map((dimension) => lineOf(dimension, 0, null, shown))];
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

export async function taskBudget(view: View, task: TaskRow, policy: CompiledPolicy, at: number): Promise<BudgetView> {
  const scope = `task/${task.id}`;
  const meter = await meterOf(view, scope);
  const runningMs = task.lease?.expiresAt === null ? workedMs(task.lease, at) : 0;
  const shown = { meter, limits: limitsOf(task, policy), bornAt: task.createdAt, runningMs, at };
  const handBackSteps = { used: meter.handBackSteps, limit: policy.policy.budget.handBackSteps };
  return { scope, lines: linesOf(shown), handBackSteps };
}

/** When the scope began; null where there is none of that name. */
async function bornAt(view: View, { kind, id }: Scope): Promise<number | null> {
  if (kind === "agent") return (await readRow(view, actorKey(actorName("agent", id)))) === null ? null : 0;
  if (kind !== "lineage") return 0;
  const root = await readRow(view, taskKey(id));
  return root?.kind === "task" && root.root === root.id ? root.createdAt : null;
}

/** The budget of a scope; null where there is no such scope or task. */
export async function budgetIn(
  view: View,
  text: string,
  policy: CompiledPolicy,
  at: number,
): Promise<BudgetView | null> {
  const scope = parseScope(text);
  if (scope === null) return null;
  if (scope.kind === "task") {
    const task = await readRow(view, taskKey(scope.id));
    return task?.kind === "task" ? taskBudget(view, task, policy, at) : null;
  }
  const born = await bornAt(view, scope);
  if (born === null) return null;
  const shown = { meter: await meterOf(view, text), limits: policy.limits[scope.kind], bornAt: born, runningMs: 0, at };
  return { scope: text, lines: linesOf(shown), handBackSteps: null };
}

export async function metersIn(view: View): Promise<readonly MeterRow[]> {
  const found: MeterRow[] = [];
  for await (const row of rowsUnder(view, meterKey(""))) if (row.kind === "meter") found.push(row);
  return found;
}
