// budget: what may be spent, in every scope and window at once: the task's own work, its lineage, the agent, the
// workspace. A step is judged before it is booked; what was spent is booked whatever it was, and the next step refuses.

import { windowLeftMs, windowsAt } from "../calendar.ts";
import type { Amounts } from "../command.ts";
import type { Context } from "../context.ts";
import type { Draft } from "../event.ts";
import { withStep } from "../fold/spending.ts";
import { creditsMs } from "../lease.ts";
import { extensionOf, taken } from "../meter.ts";
import { WINDOWS } from "../policy.ts";
import type { CompiledLimit, CompiledPolicy } from "../policy.ts";
import { meterKey, meterKeys, taskScope } from "../rows/keys.ts";
import { readMeter, readMeters, readTask } from "../rows/read.ts";
import { NO_COUNTS } from "../rows/rows.ts";
import type { Counts, MeterRow, TaskRow } from "../rows/rows.ts";
import { scopeKind } from "../scope.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

const TIME = "durationMs";

/** True when `used` would go over the limit; exactly at it is allowed. */
export function exceeds(used: number, limit: number): boolean {
  return used > limit;
}

/** What a proposed event wants of the scopes it is charged to. */
type Ask = {
  readonly task: string;
  readonly scopes: readonly string[];
  /** Judged before: must fit beside what is used and held. */
  readonly asks: Amounts;
  /** Booked as it was: only warns. */
  readonly books: Amounts;
  readonly handBack: boolean;
  /** Which dimensions it bears on. */
  readonly bearsOn: "work" | "time" | "both";
  /** What it asks for is held until it is settled, not used. */
  readonly reserves: boolean;
  /** Time of the present lease that a renewal gives back, in each window. */
  readonly credits: Counts;
};

const NOTHING: Amounts = {};
const ONE_STEP: Amounts = { steps: 1 };

function leaseAsk(draft: Draft, ctx: Context): Ask | null {
  if (draft.type !== "task_moved" && draft.type !== "lease_renewed") return null;
  const { task, lease } = draft.body;
  if (lease === null || (draft.type === "task_moved" && draft.body.via !== "claim")) return null;
  const asks = draft.type === "task_moved" ? { ...ONE_STEP, [TIME]: lease.ttlMs } : { [TIME]: lease.ttlMs };
  const old = draft.type === "lease_renewed" ? (readTask(ctx.rows, task)?.lease ?? null) : null;
  const credits = creditsMs(old, ctx.at);
  const bearsOn = draft.type === "task_moved" ? "both" : "time";
  return { task, scopes: lease.scopes, asks, books: NOTHING, handBack: false, bearsOn, reserves: true, credits };
}

function askOf(draft: Draft, ctx: Context): Ask | null {
  if (draft.type !== "step_reserved" && draft.type !== "step_recorded") return leaseAsk(draft, ctx);
  const { task, scopes, amounts, handBack } = draft.body;
  const reserves = draft.type === "step_reserved";
  const asks = reserves ? withStep(amounts, handBack) : handBack ? NOTHING : ONE_STEP;
  const books = reserves ? NOTHING : amounts;
  return { task, scopes, asks, books, handBack, bearsOn: "work", reserves, credits: NO_COUNTS };
}

type Judging = { readonly meter: MeterRow; readonly ask: Ask; readonly now: Counts; readonly ctx: Context };

/** What is asked for, and what the meter comes to by being granted it. */
type Amounted = {
  readonly asks: number;
  readonly books: number;
  readonly holds: number;
  readonly handBackLeft: number;
};

/** Made only when there is something to say, for this runs at every step. */
function limitReached(
  code: "budget.hard_limit" | "budget.soft_limit",
  { meter, now, ctx }: Judging,
  { dimension, window }: CompiledLimit,
  limit: number,
  { books, holds, ...amounts }: Amounted,
): Judgement {
  const stands = meter.windows[window] === now[window];
  const used = (stands ? (meter.used[dimension]?.[window] ?? 0) : 0) + books;
  const held = (stands ? (meter.held[dimension]?.[window] ?? 0) : 0) + holds;
  const name = WINDOWS[window] ?? "lifetime";
  const extra = extensionOf(meter, dimension, window, ctx.at);
  const added = extra === 0 ? {} : { extra };
  const numbers = { scope: meter.scope, dimension, window: name, used, held, limit, ...added, ...amounts };
  // What fills an hour or a day is empty again when that is over.
  const leftMs = code === "budget.hard_limit" ? windowLeftMs(window, ctx.at) : null;
  return finding(code, leftMs === null ? numbers : { ...numbers, leftMs });
}

function handBackLeft(task: string, ctx: Context): number {
  return Math.max(0, ctx.policy.policy.budget.handBackSteps - readMeter(ctx.rows, taskScope(task)).handBackSteps);
}

/** Work runs under a lease, whose end bounds its time; a renewal is about time alone. */
function isBorneOn(dimension: string, { bearsOn }: Ask): boolean {
  return bearsOn === "both" || (dimension === TIME) === (bearsOn === "time");
}

/** Booked or asked for, and granted: says which limit that passes. */
function passed(one: CompiledLimit, judging: Judging, hard: number, before: number, after: number): Judgement | null {
  const { soft } = one.limit;
  const over = exceeds(after, hard);
  if (!over && (soft === null || !exceeds(after, soft))) return null;
  const code = over ? "budget.hard_limit" : "budget.soft_limit";
  const [books, holds] = judging.ask.reserves ? [0, after - before] : [after - before, 0];
  const amounts = { asks: 0, books, holds, handBackLeft: 0 };
  return { ...limitReached(code, judging, one, over ? hard : (soft ?? hard), amounts), soft: true };
}

function judgeLimit(one: CompiledLimit, judging: Judging): Judgement | null {
  const { dimension, window, limit } = one;
  const { meter, ask, now, ctx } = judging;
  if (!isBorneOn(dimension, ask)) return null;
  const isTime = dimension === TIME;
  const hard = limit.hard + extensionOf(meter, dimension, window, ctx.at);
  const before = taken(meter, dimension, window, now) - (isTime ? (ask.credits[window] ?? 0) : 0);
  const asks = ask.asks[dimension] ?? 0;
  const isFull = dimension !== "steps" && before >= hard && !ask.handBack;
  if (isFull || (asks > 0 && exceeds(before + asks, hard))) {
    const amounts = { asks, books: 0, holds: 0, handBackLeft: handBackLeft(ask.task, ctx) };
    return limitReached("budget.hard_limit", judging, one, hard, amounts);
  }
  const after = before + (isTime ? 0 : asks) + (ask.books[dimension] ?? 0);
  return passed(one, judging, hard, before, after);
}

/** The worse of two findings: one that refuses, then a hard limit passed by what was booked, then the first. */
function worse(one: Judgement | null, other: Judgement | null): Judgement | null {
  if (one === null || other === null) return one ?? other;
  return other.code === "budget.hard_limit" && one.code !== "budget.hard_limit" ? other : one;
}

function judgeMeter(meter: MeterRow, ask: Ask, now: Counts, ctx: Context): Judgement | null {
  const judging = { meter, ask, now, ctx };
  const kind = scopeKind(meter.scope);
  const found = judgeAll(ctx.policy.limits[kind], judging, null);
  if (kind !== "task" || isHard(found)) return found;
  return judgeAll(ownLimits(readTask(ctx.rows, ask.task)), judging, found);
}

function isHard(found: Judgement | null): boolean {
  return found !== null && found.soft !== true;
}

/** The first finding that refuses, else the worst of them and `before`. */
function judgeAll(limits: readonly CompiledLimit[], judging: Judging, before: Judgement | null): Judgement | null {
  let found = before;
  for (const limit of limits) {
    const one = judgeLimit(limit, judging);
    if (one === null) continue;
    if (isHard(one)) return one;
    found = worse(found, one);
  }
  return found;
}

const NO_OWN: readonly CompiledLimit[] = [];

/** Limits of the task's own: hard ones, over its life. */
function ownLimits(row: TaskRow | null): readonly CompiledLimit[] {
  const limits = row?.limits;
  let own: CompiledLimit[] | null = null;
  for (const dimension in limits)
    (own ??= []).push({ dimension, window: 0, limit: { soft: null, hard: limits[dimension] ?? 0 } });
  return own ?? NO_OWN;
}

/** True where a limit of the task itself is full, so that nobody's claim of it is granted before a human acts. */
export function isSpent(row: TaskRow, meter: MeterRow, { limits }: CompiledPolicy, at: number): boolean {
  const now = windowsAt(at);
  return [...limits.task, ...ownLimits(row)].some(
    ({ dimension, window, limit }) =>
      taken(meter, dimension, window, now) >= limit.hard + extensionOf(meter, dimension, window, at),
  );
}

function handBack(task: string, ctx: Context): Judgement | null {
  const limit = ctx.policy.policy.budget.handBackSteps;
  const used = readMeter(ctx.rows, taskScope(task)).handBackSteps;
  return exceeds(used + 1, limit) ? finding("budget.hand_back_spent", { task, used, limit }) : null;
}

function judgeAsk(ask: Ask, ctx: Context): Judgement | null {
  // Beside the limit of steps, not beside that of money: what a hand-back step reserves has to fit.
  const spent = ask.handBack ? handBack(ask.task, ctx) : null;
  if (spent !== null) return spent;
  const now = windowsAt(ctx.at);
  let found: Judgement | null = null;
  for (const meter of readMeters(ctx.rows, ask.scopes)) {
    const one = judgeMeter(meter, ask, now, ctx);
    if (isHard(one)) return one;
    found = worse(found, one);
  }
  return found;
}

export const budget: Rule = {
  name: "budget",
  mode: "enforce",
  on: ["task_moved", "lease_renewed", "step_reserved", "step_recorded"],
  codes: ["budget.hard_limit", "budget.soft_limit", "budget.hand_back_spent"],
  need: (draft, ctx) => {
    const ask = askOf(draft, ctx);
    return ask === null ? [] : [...meterKeys(ask.scopes), meterKey(taskScope(ask.task))];
  },
  judge: (draft, ctx) => {
    if (ctx.fact) return null;
    const ask = askOf(draft, ctx);
    return ask === null ? null : judgeAsk(ask, ctx);
  },
};
