// What stands, for people and edges to read: tasks, agents, budgets, events. Each is one short snapshot.

import {
  actorKey,
  HEAD_KEY,
  NEW_HEAD,
  readTaskMeter,
  taskKey,
  taskMeterKey,
  textKey,
  workedMs,
} from "../core/index.ts";
import type { ActorRow, CompiledPolicy, HeadRow, MeterRow, Row, TaskRow } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { decodeEvent, decodeRow } from "./codec.ts";
import type { BudgetView, LoggedEvent, TaskFilter, TaskView } from "./kernel.ts";

const PAGE = 500;

async function readRow(view: View, key: string): Promise<Row | null> {
  const [bytes] = await view.load([key]);
  return bytes == null ? null : decodeRow(bytes, key);
}

export async function headIn(view: View): Promise<HeadRow> {
  const row = await readRow(view, HEAD_KEY);
  return row?.kind === "head" ? row : NEW_HEAD;
}

async function* rowsUnder(view: View, prefix: string): AsyncGenerator<Row> {
  let after: string | undefined;
  for (;;) {
    const page = await view.rows({ prefix, limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { key, bytes } of page) yield decodeRow(bytes, key);
    after = page.at(-1)?.key;
    if (page.length < PAGE) return;
  }
}

function concerns(task: TaskRow, agent: string): boolean {
  const name = `agent:${agent}`;
  return task.holder === name || task.author === name || task.assignee === name;
}

function passes(task: TaskRow, filter: TaskFilter): boolean {
  if (filter.state !== undefined && task.state !== filter.state) return false;
  if (filter.agent !== undefined && !concerns(task, filter.agent)) return false;
  return filter.below === undefined || task.id === filter.below || task.path.includes(filter.below);
}

/** T-2 comes before T-10. */
function byAge(a: TaskRow, b: TaskRow): number {
  return a.createdAt - b.createdAt || a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}

export async function tasksIn(view: View, filter: TaskFilter): Promise<readonly TaskRow[]> {
  const found: TaskRow[] = [];
  for await (const row of rowsUnder(view, taskKey(""))) if (row.kind === "task" && passes(row, filter)) found.push(row);
  found.sort(byAge);
  return filter.limit === undefined ? found : found.slice(0, filter.limit);
}

export async function agentsIn(view: View, at: number): Promise<readonly ActorRow[]> {
  const found: ActorRow[] = [];
  for await (const row of rowsUnder(view, actorKey("agent:"))) {
    if (row.kind !== "actor") continue;
    const over = row.asleepUntil !== null && row.asleepUntil <= at;
    found.push(over ? { ...row, asleepSince: null, asleepUntil: null, sleepReason: null } : row);
  }
  return found;
}

function lines(meter: MeterRow, runningMs: number, policy: CompiledPolicy): BudgetView["lines"] {
  const limits = policy.policy.budget.task;
  const dimensions = new Set([...Object.keys(limits), ...Object.keys(meter.used)]);
  return [...dimensions].map((dimension) => {
    const used = (meter.used[dimension] ?? 0) + (dimension === "durationMs" ? runningMs : 0);
    const limit = Object.hasOwn(limits, dimension) ? (limits[dimension] ?? null) : null;
    return { dimension, used, limit, remaining: limit === null ? null : Math.max(0, limit.hard - used) };
  });
}

async function taskBudget(view: View, task: TaskRow, policy: CompiledPolicy, at: number): Promise<BudgetView> {
  const key = taskMeterKey(task.id);
  const meter = readTaskMeter(new Map([[key, await readRow(view, key)]]), task.id);
  const handBackSteps = { used: meter.handBackSteps, limit: policy.policy.budget.handBackSteps };
  return { scope: meter.scope, lines: lines(meter, workedMs(task, at), policy), handBackSteps };
}

const TASK_SCOPE = "task/";

/** The budget of `task/ID`; null where there is no such task or scope. */
export async function budgetIn(
  view: View,
  scope: string,
  policy: CompiledPolicy,
  at: number,
): Promise<BudgetView | null> {
  if (!scope.startsWith(TASK_SCOPE)) return null;
  const task = await readRow(view, taskKey(scope.slice(TASK_SCOPE.length)));
  return task?.kind === "task" ? taskBudget(view, task, policy, at) : null;
}

export async function taskIn(view: View, id: string, policy: CompiledPolicy, at: number): Promise<TaskView | null> {
  const task = await readRow(view, taskKey(id));
  if (task?.kind !== "task") return null;
  const text = await readRow(view, textKey(id));
  return { task, text: text?.kind === "text" ? text.text : null, budget: await taskBudget(view, task, policy, at) };
}

export async function eventsIn(view: View, afterSequence: number, limit: number): Promise<readonly LoggedEvent[]> {
  const stored = await view.events(afterSequence, limit);
  return stored.map(({ bytes, sequence, hash }) => ({ event: decodeEvent(bytes, sequence), hash }));
}

const DECISION_ID = /^d-0*(\d{1,12})$/;

/** The event of decision `d-<sequence>`; null where that event carries no decision. */
export async function decisionIn(view: View, id: string): Promise<LoggedEvent | null> {
  const sequence = Number(DECISION_ID.exec(id)?.[1] ?? 0);
  const stored = sequence === 0 ? null : await view.event(sequence);
  if (stored === null) return null;
  const event = decodeEvent(stored.bytes, sequence);
  return event.decision === null ? null : { event, hash: stored.hash };
}
