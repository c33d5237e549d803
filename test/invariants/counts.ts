// Invariant 8: every counter that a row keeps is what counting anew gives, and nothing waits for or descends from itself.

import type { Row, TaskRow } from "../../src/core/index.ts";
import { recount } from "../../src/kernel/recount/index.ts";
import type { Faults, History } from "./history.ts";

function tasksOf(rows: ReadonlyMap<string, Row>): ReadonlyMap<string, TaskRow> {
  const found = [...rows.values()].filter((row) => row.kind === "task");
  return new Map(found.map((row) => [row.id, row]));
}

function childrenFaults(events: History["events"], tasks: ReadonlyMap<string, TaskRow>): Faults {
  const put = new Map<string, number>();
  for (const event of events) {
    const parent = event.type === "task_created" || event.type === "task_placed" ? event.body.parent : null;
    if (parent !== null) put.set(parent, (put.get(parent) ?? 0) + 1);
  }
  return [...tasks.values()]
    .filter((row) => row.children !== (put.get(row.id) ?? 0))
    .map((row) => `${row.id} has had ${put.get(row.id) ?? 0} children, not ${row.children}`);
}

function waitFaults(tasks: ReadonlyMap<string, TaskRow>): Faults {
  const children = Map.groupBy([...tasks.values()], (row) => row.parent ?? "");
  // Ended work waits for nobody: what it waited for may wait for it now, and opening it again is judged anew.
  const waits = (row: TaskRow): readonly string[] =>
    row.ended ? [] : [...row.blockedBy, ...(children.get(row.id) ?? []).map((child) => child.id)];
  const state = new Map<string, "open" | "closed">();
  const faults: string[] = [];
  const visit = (id: string): void => {
    const row = tasks.get(id);
    if (state.get(id) === "open") faults.push(`${id} waits for itself`);
    if (row === undefined || state.has(id)) return;
    state.set(id, "open");
    for (const next of waits(row)) visit(next);
    state.set(id, "closed");
  };
  for (const id of tasks.keys()) visit(id);
  return faults;
}

/** 8. Counters equal recounts; parent and wait-for graphs are acyclic. */
export function countFaults({ rows, events }: History): Faults {
  const tasks = tasksOf(rows);
  const told = events.some((event) => event.type === "fact_recorded");
  const miscounts = [...recount(rows, told)].map(({ key, problem }) => `${key} ${problem}`);
  return [...miscounts, ...childrenFaults(events, tasks), ...waitFaults(tasks)];
}
