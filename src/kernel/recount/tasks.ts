// What a task's row counts of others: open children, open blockers; and the lists that other rows keep of it.

import { childrenKey, dependentsKey, fingerprintKey, taskKey } from "../../core/index.ts";
import type { TaskRow } from "../../core/index.ts";
import type { Kinds, Miscount } from "./kinds.ts";

type Below = { children: number; open: number };

/** How many tasks name this one as their parent. */
function belowEach({ tasks }: Kinds): Map<string, Below> {
  const by = new Map<string, Below>();
  for (const { parent, ended } of tasks.values()) {
    if (parent === null) continue;
    let below = by.get(parent);
    if (below === undefined) by.set(parent, (below = { children: 0, open: 0 }));
    below.children += 1;
    if (!ended) below.open += 1;
  }
  return by;
}

const NOTHING: Below = { children: 0, open: 0 };

function* ofTask(row: TaskRow, { children, open }: Below, { tasks }: Kinds): Generator<Miscount> {
  const key = taskKey(row.id);
  if (row.openChildren !== open) yield { key, problem: `says ${row.openChildren} open children, there are ${open}` };
  if (row.children < children) yield { key, problem: `says ${row.children} children, there are ${children}` };
  const blockers = row.ended ? 0 : row.blockedBy.filter((id) => tasks.get(id)?.ended === false).length;
  if (row.openBlockers !== blockers)
    yield { key, problem: `says ${row.openBlockers} open blockers, there are ${blockers}` };
  if ((row.holder === null) !== (row.lease === null)) yield { key, problem: "has a holder or a lease, not both" };
  if (row.path.includes(row.id)) yield { key, problem: "is its own ancestor" };
}

/** Lists of children name what has that parent; those of a parent that nobody told yet count its open ones too. */
function* ofLists(kinds: Kinds, below: ReadonlyMap<string, Below>): Generator<Miscount> {
  const { tasks, children } = kinds;
  for (const [key, { ids, open }] of children) {
    const parent = key.slice(childrenKey("").length);
    const stray = ids.find((id) => tasks.get(id)?.parent !== parent);
    if (stray !== undefined) yield { key, problem: `lists ${stray}, which does not lie below it` };
    const there = below.get(parent)?.open ?? 0;
    if (!tasks.has(parent) && open !== there) yield { key, problem: `says ${open} open, there are ${there}` };
  }
}

/** Whoever waits is on the list of what it waits for, and nobody else is. */
function* ofWaiting({ tasks, dependents }: Kinds): Generator<Miscount> {
  for (const [key, { ids }] of dependents) {
    const blocker = key.slice(dependentsKey("").length);
    const stray = ids.find(
      (id) => tasks.get(id)?.ended !== false || tasks.get(id)?.blockedBy.includes(blocker) !== true,
    );
    if (stray !== undefined) yield { key, problem: `lists ${stray}, which does not wait for it` };
  }
  for (const { id, ended, blockedBy } of tasks.values())
    for (const blocker of ended ? [] : blockedBy)
      if (dependents.get(dependentsKey(blocker))?.ids.includes(id) !== true)
        yield { key: dependentsKey(blocker), problem: `does not list ${id}, which waits for it` };
}

/** The latest task of a fingerprint has that fingerprint, and every fingerprint has a latest task. */
function* ofFingerprints({ tasks, fingerprints }: Kinds): Generator<Miscount> {
  for (const [key, { task }] of fingerprints) {
    const row = tasks.get(task);
    if (row === undefined || fingerprintKey(row.fingerprint) !== key)
      yield { key, problem: `names ${task}, which has another fingerprint` };
  }
  for (const { id, fingerprint } of tasks.values())
    if (!fingerprints.has(fingerprintKey(fingerprint)))
      yield { key: fingerprintKey(fingerprint), problem: `is missing, and ${id} has it` };
}

const NUMBERED = /^T-(\d{1,15})$/;

function* ofHead({ tasks, heads }: Kinds): Generator<Miscount> {
  let largest = 0;
  for (const id of tasks.keys()) largest = Math.max(largest, Number(NUMBERED.exec(id)?.[1] ?? 0));
  for (const [key, head] of heads)
    if (head.tasks !== largest) yield { key, problem: `says T-${head.tasks} is the last task, it is T-${largest}` };
}

export function* taskMiscounts(kinds: Kinds): Generator<Miscount> {
  const below = belowEach(kinds);
  for (const row of kinds.tasks.values()) yield* ofTask(row, below.get(row.id) ?? NOTHING, kinds);
  yield* ofLists(kinds, below);
  yield* ofWaiting(kinds);
  yield* ofFingerprints(kinds);
  yield* ofHead(kinds);
}
