// What stands, for people and edges to read: tasks, agents, budgets, events. Each is one short snapshot.

import { actorKey, HEAD_KEY, haltKey, LESSON_PREFIX, NEW_HEAD, runKey, taskKey, textKey } from "../core/index.ts";
import type { ActorRow, CompiledPolicy, HaltRow, HeadRow, LessonRow, RunRow, TaskRow } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { taskBudget } from "./budget-reads.ts";
import { decodeEvent, decodeRow } from "./codec.ts";
import { missing } from "./damage.ts";
import type { LoggedEvent, TaskFilter, TaskView } from "./kernel.ts";
import { readRow, rowsUnder } from "./row-reads.ts";

export async function headIn(view: View): Promise<HeadRow> {
  const row = await readRow(view, HEAD_KEY);
  return row?.kind === "head" ? row : NEW_HEAD;
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

export async function haltsIn(view: View): Promise<readonly HaltRow[]> {
  const found: HaltRow[] = [];
  for await (const row of rowsUnder(view, haltKey(""))) if (row.kind === "halt") found.push(row);
  return found;
}

export async function runIn(view: View, actor: string, run: string): Promise<RunRow | null> {
  const row = await readRow(view, runKey(actor, run));
  return row?.kind === "run" ? row : null;
}

/** Words beyond would not find more. */
const QUERY_CHARS_MAX = 1_000;

export async function lessonsIn(view: View, query: string, limit: number): Promise<readonly LessonRow[]> {
  const found = await view.search(LESSON_PREFIX, query.slice(0, QUERY_CHARS_MAX), limit);
  return found.flatMap(({ key, bytes }) => {
    const row = decodeRow(bytes, key);
    return row.kind === "lesson" ? [row] : [];
  });
}

export async function taskIn(view: View, id: string, policy: CompiledPolicy, at: number): Promise<TaskView | null> {
  const task = await readRow(view, taskKey(id));
  if (task?.kind !== "task") return null;
  const text = await readRow(view, textKey(id));
  const budget = await taskBudget(view, task, policy, at);
  return { task, text: text?.kind === "text" ? text.text : null, budget };
}

/** @throws KernelFault `log.corrupt` where one before the last of them is missing or cannot be read. */
export async function eventsIn(view: View, afterSequence: number, limit: number): Promise<readonly LoggedEvent[]> {
  const stored = await view.events(afterSequence, limit);
  return stored.map(({ bytes, sequence, hash }, index) => {
    const expected = afterSequence + 1 + index;
    if (sequence !== expected) throw missing(expected);
    return { event: decodeEvent(bytes, sequence), hash };
  });
}

const DECISION_ID = /^d-0*(\d{1,12})$/;

/** The event of decision `d-<sequence>`; null where the log never reached it, or it carries no decision. */
export async function decisionIn(view: View, id: string): Promise<LoggedEvent | null> {
  const sequence = Number(DECISION_ID.exec(id)?.[1] ?? 0);
  if (sequence === 0) return null;
  const stored = await view.event(sequence);
  if (stored === null) {
    if (sequence <= (await headIn(view)).sequence) throw missing(sequence);
    return null;
  }
  const event = decodeEvent(stored.bytes, sequence);
  return event.decision === null ? null : { event, hash: stored.hash };
}
