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

/** Roots below which this lease stands. */
function rootsOf(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => scope.startsWith(LINEAGE)).map((scope) => scope.slice(LINEAGE.length));
}

/** Whether a lease is listed by whoever keeps lists; one that is over may have been forgotten there. */
function stands({ lease }: TaskRow, at: number): boolean {
  return lease !== null && (lease.expiresAt === null || lease.expiresAt > at);
}

/** A lease stands below each root it is charged to. */
function* ofLive({ tasks, live, heads }: Kinds): Generator<Miscount> {
  const at = [...heads.values()][0]?.at ?? 0;
  for (const [key, { leases }] of live) {
    const stray = leases.find(({ task, agent, expiresAt }) => {
      const row = tasks.get(task);
      return row?.holder !== agent || row.lease?.expiresAt !== expiresAt;
    });
    if (stray !== undefined)
      yield { key, problem: `lists ${stray.task} as held by ${stray.agent}, which it is not, or not until then` };
  }
  for (const row of tasks.values()) {
    if (!stands(row, at)) continue;
    for (const key of rootsOf(row.lease?.scopes ?? []).map(liveKey))
      if (live.get(key)?.leases.some(({ task }) => task === row.id) !== true)
        yield { key, problem: `does not list ${row.id}, which is held` };
  }
}

/** The key under which the end of the task's lease is listed; null where it has none, or one without an end. */
function dueOf({ id, lease }: TaskRow): string | null {
  return lease === null || lease.expiresAt === null ? null : dueKey(lease.expiresAt, id);
}

function* ofDue({ tasks, due }: Kinds): Generator<Miscount> {
  for (const row of tasks.values()) {
    const key = dueOf(row);
    if (key !== null && due.get(key)?.task !== row.id)
      yield { key, problem: `is missing, and the lease of ${row.id} ends then` };
  }
  for (const [key, { task }] of due) {
    const row = tasks.get(task);
    if (row === undefined || dueOf(row) !== key) yield { key, problem: `no lease of ${task} ends then` };
  }
}

/** The key under which the task may be claimed; null where it may not. */
function readyOf({ ready, openBlockers, priority, createdAt, id }: TaskRow): string | null {
  return ready && openBlockers === 0 ? readyKey(priority, createdAt, id) : null;
}

type Ready = Kinds["ready"] extends ReadonlyMap<string, infer R> ? R : never;

function saysTheSame(listed: Ready | undefined, row: TaskRow): boolean {
  return (
    listed?.task === row.id &&
    listed.assignee === row.assignee &&
    listed.deadlineAt === row.deadlineAt &&
    listed.notBefore === row.escalation.notBefore &&
    listed.needs.join("\0") === row.needs.join("\0")
  );
}

function* ofReady({ tasks, ready }: Kinds): Generator<Miscount> {
  for (const row of tasks.values()) {
    const key = readyOf(row);
    if (key !== null && !saysTheSame(ready.get(key), row))
      yield { key, problem: `does not say of ${row.id} what its task says` };
  }
  for (const [key, { task }] of ready) {
    const row = tasks.get(task);
    if (row === undefined || readyOf(row) !== key) yield { key, problem: `lists ${task}, which may not be claimed` };
  }
}

export function* leaseMiscounts(kinds: Kinds): Generator<Miscount> {
  yield* ofHolders(kinds);
  yield* ofLive(kinds);
  yield* ofDue(kinds);
  yield* ofReady(kinds);
}
