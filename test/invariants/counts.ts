// Invariant 8: every counter that a row keeps is what counting anew gives, and nothing waits for or descends from itself.

import type { Row, TaskRow } from "../../src/core/index.ts";
import type { Faults, History } from "./history.ts";

function tasksOf(rows: ReadonlyMap<string, Row>): ReadonlyMap<string, TaskRow> {
  const found = [...rows.values()].filter((row) => row.kind === "task");
  return new Map(found.map((row) => [row.id, row]));
}

type Counts = Pick<TaskRow, "openChildren" | "openBlockers" | "holder">;

function recounted(row: TaskRow, tasks: ReadonlyMap<string, TaskRow>): Omit<Counts, "holder"> {
  const openChildren = [...tasks.values()].filter((one) => one.parent === row.id && !one.ended).length;
  const waits = row.ended ? [] : row.blockedBy;
  const openBlockers = waits.filter((id) => tasks.get(id)?.ended === false).length;
  return { openChildren, openBlockers };
}

function descendants(row: TaskRow, tasks: ReadonlyMap<string, TaskRow>): number {
  return [...tasks.values()].filter((one) => one.id !== row.id && (one.root === row.id || one.originRoot === row.id))
    .length;
}

function pathOf(row: TaskRow, tasks: ReadonlyMap<string, TaskRow>): readonly string[] {
  const path: string[] = [];
  for (let at = row.parent; at !== null && !path.includes(at); at = tasks.get(at)?.parent ?? null) path.unshift(at);
  return path;
}

function taskFaults(row: TaskRow, tasks: ReadonlyMap<string, TaskRow>): Faults {
  const faults: string[] = [];
  const { openChildren, openBlockers } = recounted(row, tasks);
  if (row.openChildren !== openChildren)
    faults.push(`${row.id} has ${openChildren} open children, not ${row.openChildren}`);
  if (row.openBlockers !== openBlockers)
    faults.push(`${row.id} has ${openBlockers} open blockers, not ${row.openBlockers}`);
  const below = descendants(row, tasks);
  if (row.parent === null && row.descendants !== below)
    faults.push(`${row.id} has ${below} descendants, not ${row.descendants}`);
  const path = pathOf(row, tasks);
  if (path.join() !== row.path.join()) faults.push(`${row.id} lies below ${path.join()}, not ${row.path.join()}`);
  if (row.path.includes(row.id)) faults.push(`${row.id} is its own ancestor`);
  if (row.root !== (path[0] ?? row.id)) faults.push(`${row.id}'s root is ${path[0] ?? row.id}, not ${row.root}`);
  if ((row.holder === null) !== (row.lease === null)) faults.push(`${row.id} has a holder or a lease, not both`);
  return faults;
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

function holdsFaults(rows: ReadonlyMap<string, Row>, tasks: ReadonlyMap<string, TaskRow>): Faults {
  return [...rows.values()]
    .filter((row) => row.kind === "actor")
    .filter((row) => {
      const held = [...tasks.values()].filter((task) => task.holder === row.actor).map((task) => task.id);
      return held.sort().join() !== [...row.holds].sort().join();
    })
    .map((row) => `${row.actor} holds other tasks than ${row.holds.join()}`);
}

function waitFaults(tasks: ReadonlyMap<string, TaskRow>): Faults {
  const children = Map.groupBy([...tasks.values()], (row) => row.parent ?? "");
  const waits = (row: TaskRow): readonly string[] => [
    ...row.blockedBy,
    ...(children.get(row.id) ?? []).map((child) => child.id),
  ];
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

function liveFaults(rows: ReadonlyMap<string, Row>, tasks: ReadonlyMap<string, TaskRow>): Faults {
  return [...rows.values()]
    .filter((row) => row.kind === "live")
    .flatMap((row) => row.leases)
    .filter(({ task, agent }) => tasks.get(task)?.holder !== agent)
    .map(({ task, agent }) => `${task} is live under ${agent}, who does not hold it`);
}

/** 8. Counters equal recounts; parent and wait-for graphs are acyclic. */
export function countFaults({ rows, events }: History): Faults {
  const tasks = tasksOf(rows);
  const each = [...tasks.values()].flatMap((row) => taskFaults(row, tasks));
  return [
    ...each,
    ...childrenFaults(events, tasks),
    ...holdsFaults(rows, tasks),
    ...waitFaults(tasks),
    ...liveFaults(rows, tasks),
  ];
}
