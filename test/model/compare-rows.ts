// What the kernel keeps against what the model counts anew: every task's row, and every meter's numbers.

import type { MeterRow, Row, TaskRow } from "../../src/core/index.ts";
import { childrenEver, depthOf, descendantsEver, openBlockersOf, openChildrenOf, rootOf } from "./lineage.ts";
import { handBackStepsOf, sumOf, windowOf } from "./meters.ts";
import { isEnded } from "./state.ts";
import type { ModelTask, World } from "./state.ts";

function kept(row: TaskRow): Record<string, unknown> {
  const { state, ended, parent, root, originRoot, assignee, holder, worker, fence, attempt, priority, needs } = row;
  const { blockedBy, openBlockers, limits, deadlineAt, causeHops, assignments, children, openChildren } = row;
  const { tier, failures, parks, notBefore } = row.escalation;
  return {
    ...{ state, ended, parent, root, originRoot, assignee, holder, worker, fence, attempt, priority, needs },
    ...{ blockedBy, openBlockers, limits, deadlineAt, causeHops, assignments, children, openChildren },
    ...{ tier, failures, parks, notBefore },
    depth: row.path.length,
    descendants: row.parent === null ? row.descendants : 0,
    line: row.line.map((link) => `${link.agent} ${link.kind}`),
    evidence: row.evidence.map((one) => `${one.what} ${one.name} ${one.passed}`),
    lease: row.lease === null ? null : [row.lease.since, row.lease.expiresAt],
    entries: entriesOf(row.entries),
  };
}

function entriesOf(counts: Readonly<Record<string, number>>): string {
  return JSON.stringify(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function counted(states: readonly string[]): string {
  const counts: Record<string, number> = {};
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return entriesOf(counts);
}

function recounted(world: World, task: ModelTask): Record<string, unknown> {
  const { state, parent, originRoot, assignee, holder, worker, fence, attempt, priority, needs } = task;
  const { blockedBy, limits, deadlineAt, causeHops, assignments, tier, failures, parks, notBefore } = task;
  return {
    ...{
      state,
      ended: isEnded(world, task),
      parent,
      root: rootOf(world, task.id),
      originRoot,
      assignee,
      holder,
      worker,
    },
    ...{ fence, attempt, priority, needs, blockedBy, openBlockers: openBlockersOf(world, task).length, limits },
    ...{ deadlineAt, causeHops, assignments, children: childrenEver(world, task.id) },
    ...{ openChildren: openChildrenOf(world, task.id).length, tier, failures, parks, notBefore },
    depth: depthOf(world, parent),
    descendants: parent === null ? descendantsEver(world, task.id) : 0,
    line: task.line.map((link) => `${link.agent} ${link.kind}`),
    evidence: task.evidence.map((one) => `${one.what} ${one.name} ${one.passed}`),
    lease: task.lease === null ? null : [task.lease.since, task.lease.expiresAt],
    entries: counted(task.entries),
  };
}

function unlike(name: string, model: Record<string, unknown>, kernel: Record<string, unknown>): readonly string[] {
  return Object.keys(model)
    .filter((field) => JSON.stringify(model[field]) !== JSON.stringify(kernel[field]))
    .map((field) => `${name}.${field}: model ${JSON.stringify(model[field])}, row ${JSON.stringify(kernel[field])}`);
}

/** The kernel catches a task up when somebody asks for it; until then its row may still show a lease that is over. */
function isBehind(task: ModelTask, row: TaskRow): boolean {
  return row.lease !== null && (task.holder === null || task.fence !== row.fence);
}

function unlikeTasks(world: World, rows: ReadonlyMap<string, Row>): readonly string[] {
  const faults: string[] = [];
  let count = 0;
  for (const row of rows.values()) {
    if (row.kind !== "task") continue;
    count += 1;
    const task = world.tasks.get(row.id);
    if (task === undefined) faults.push(`${row.id}: the model has no such task`);
    else if (!isBehind(task, row)) faults.push(...unlike(row.id, recounted(world, task), kept(row)));
  }
  return count === world.tasks.size ? faults : [...faults, `tasks: model ${world.tasks.size}, rows ${count}`];
}

/** Scopes whose time is not booked yet, because a lease that is over was not caught up. */
function behindScopes(world: World, rows: ReadonlyMap<string, Row>): ReadonlySet<string> {
  const found = [...rows.values()].flatMap((row) => {
    const task = row.kind === "task" ? world.tasks.get(row.id) : undefined;
    return row.kind === "task" && task !== undefined && isBehind(task, row) ? (row.lease?.scopes ?? []) : [];
  });
  return new Set(found);
}

/** Used and held together: what was held and is presumed spent only goes from the one to the other. */
function unlikeMeter(world: World, row: MeterRow, behind: ReadonlySet<string>): readonly string[] {
  const faults: string[] = [];
  for (const dimension of new Set([...Object.keys(row.used), ...Object.keys(row.held)])) {
    if (dimension === "durationMs" && behind.has(row.scope)) continue;
    for (const window of [0, 1, 2, 3]) {
      if (row.windows[window] !== windowOf(window, world.at)) continue;
      const { used, held } = sumOf(world, row.scope, dimension, window);
      const sum = (row.used[dimension]?.[window] ?? 0) + (row.held[dimension]?.[window] ?? 0);
      if (sum !== used + held)
        faults.push(`meter ${row.scope} ${dimension} ${window}: model ${used} + ${held}, row ${sum}`);
    }
  }
  const steps = row.scope.startsWith("task/") ? handBackStepsOf(world, row.scope.slice("task/".length)) : null;
  if (steps !== null && steps !== row.handBackSteps)
    faults.push(`meter ${row.scope} hand-back steps: model ${steps}, row ${row.handBackSteps}`);
  return faults;
}

/** Everything in which the rows differ from the model; empty when they agree. */
export function unlikeRows(world: World, rows: ReadonlyMap<string, Row>): readonly string[] {
  const meters = [...rows.values()].filter((row) => row.kind === "meter");
  const behind = behindScopes(world, rows);
  return [...unlikeTasks(world, rows), ...meters.flatMap((row) => unlikeMeter(world, row, behind))];
}
