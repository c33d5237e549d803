// Who holds what, told five times: on the task, by its holder, below its root, in the index of leases that end, and (of
// what nobody holds) in the index of what may be claimed.

import { dueKey, liveKey, readyKey } from "../../core/index.ts";
import type { TaskRow } from "../../core/index.ts";
import type { Kinds, Miscount } from "./kinds.ts";

function* ofHolders({ tasks, actors }: Kinds): Generator<Miscount> {
  const held = new Map<string, Set<string>>();
  for (const { id, holder } of tasks.values())
    if (holder !== null) held.set(holder, (held.get(holder) ?? new Set()).add(id));
  for (const [key, { actor, holds }] of actors) {
    const own = held.get(actor) ?? new Set();
    held.delete(actor);
    const stray = holds.find((id) => !own.has(id));
    if (stray !== undefined) yield { key, problem: `says it holds ${stray}, and does not` };
    else if (holds.length !== own.size)
      yield { key, problem: `says it holds ${holds.length} tasks, it holds ${own.size}` };
  }
  for (const [actor, ids] of held)
    yield { key: `actor/${actor}`, problem: `is missing, and it holds ${[...ids].join(", ")}` };
}

const LINEAGE = "lineage/";

/** A lease stands below each root it is charged to; one that is over may have been forgotten there. */
function* ofLive({ tasks, live, heads }: Kinds): Generator<Miscount> {
  const [head] = heads.values();
  for (const [key, { leases }] of live)
    for (const { task, agent, expiresAt } of leases) {
      const row = tasks.get(task);
      if (row?.holder !== agent || row.lease?.expiresAt !== expiresAt)
        yield { key, problem: `lists ${task} as held by ${agent}, which it is not` };
    }
  for (const { id, lease } of tasks.values()) {
    if (lease === null || (lease.expiresAt !== null && lease.expiresAt <= (head?.at ?? 0))) continue;
    for (const scope of lease.scopes.filter((one) => one.startsWith(LINEAGE))) {
      const key = liveKey(scope.slice(LINEAGE.length));
      if (live.get(key)?.leases.some(({ task }) => task === id) !== true)
        yield { key, problem: `does not list ${id}, which is held` };
    }
  }
}

function* ofDue({ tasks, due }: Kinds): Generator<Miscount> {
  let expected = 0;
  for (const { id, lease } of tasks.values()) {
    if (lease === null || lease.expiresAt === null) continue;
    expected += 1;
    const key = dueKey(lease.expiresAt, id);
    if (due.get(key)?.task !== id) yield { key, problem: `is missing, and the lease of ${id} ends then` };
  }
  if (expected === due.size) return;
  for (const [key, { task }] of due) {
    const end = tasks.get(task)?.lease?.expiresAt ?? null;
    if (end === null || dueKey(end, task) !== key) yield { key, problem: `no lease of ${task} ends then` };
  }
}

function isListed(row: TaskRow): boolean {
  return row.ready && row.openBlockers === 0;
}

function keyOf({ priority, createdAt, id }: TaskRow): string {
  return readyKey(priority, createdAt, id);
}

function* ofReady({ tasks, ready }: Kinds): Generator<Miscount> {
  for (const row of tasks.values()) {
    if (!isListed(row)) continue;
    const listed = ready.get(keyOf(row));
    const same =
      listed?.task === row.id &&
      listed.assignee === row.assignee &&
      listed.deadlineAt === row.deadlineAt &&
      listed.notBefore === row.escalation.notBefore &&
      listed.needs.join("\0") === row.needs.join("\0");
    if (!same) yield { key: keyOf(row), problem: `does not say of ${row.id} what its task says` };
  }
  for (const [key, { task }] of ready) {
    const row = tasks.get(task);
    if (row === undefined || !isListed(row) || keyOf(row) !== key)
      yield { key, problem: `lists ${task}, which may not be claimed` };
  }
}

export function* leaseMiscounts(kinds: Kinds): Generator<Miscount> {
  yield* ofHolders(kinds);
  yield* ofLive(kinds);
  yield* ofDue(kinds);
  yield* ofReady(kinds);
}
