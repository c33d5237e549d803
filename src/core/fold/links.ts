// Folds what ties tasks to each other: counts above them, lists below them, who waits for whom, what may be claimed.

import type { TaskCreated } from "../event-bodies.ts";
import { childrenKey, dependentsKey, dueKey, fingerprintKey, liveKey, readyKey, taskKey } from "../rows/keys.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readFingerprint, readRow, readTask } from "../rows/read.ts";
import type { ChildrenRow, LiveRow, TaskRow } from "../rows/rows.ts";
import { rootsOf } from "../scope.ts";

/** Descendants that a task takes along when it is moved; one more is kept in lists, to tell that there are too many. */
export const MOVED_MAX = 64;

/** Counts a new task on its parent and on the roots it is charged to. */
export function countBelow(rows: Overlay, body: TaskCreated): void {
  if (body.parent !== null) countChild(rows, body.parent, body.task, body.ended ? 0 : 1);
  for (const root of rootsOf(body)) {
    const top = root === body.task ? null : readTask(rows, root);
    if (top !== null) rows.put(taskKey(root), { ...top, descendants: top.descendants + 1 });
  }
}

const NO_CHILDREN: ChildrenRow = { kind: "children", ids: [], count: 0, open: 0 };

/** What was told to lie below a task before the task itself was. */
export function toldBelow(rows: Overlay, task: string): ChildrenRow {
  return readRow(rows, childrenKey(task), "children") ?? NO_CHILDREN;
}

function countChild(rows: Overlay, parent: string, task: string, open: number): void {
  const above = readTask(rows, parent);
  const list = toldBelow(rows, parent);
  const ids = list.ids.length > MOVED_MAX || list.ids.includes(task) ? list.ids : [...list.ids, task];
  // Counts stand on the parent's row once there is one.
  const counts = above === null ? { count: list.count + 1, open: list.open + open } : { count: 0, open: 0 };
  rows.put(childrenKey(parent), { kind: "children", ids, ...counts });
  if (above === null) return;
  const children = above.children + 1;
  rows.put(taskKey(parent), { ...above, children, openChildren: above.openChildren + open });
}

/** A task leaves one parent for another; counts of what was ever created stay where it was created. */
export function moveChild(rows: Overlay, row: TaskRow, parent: string): void {
  const open = row.ended ? 0 : 1;
  if (row.parent !== null) {
    if (open === 1) countOpenChild(rows, row.parent, -1);
    const list = toldBelow(rows, row.parent);
    rows.put(childrenKey(row.parent), { ...list, ids: list.ids.filter((id) => id !== row.id) });
  }
  countChild(rows, parent, row.id, open);
}

/** The task ended (`by` -1) or was opened again: its parent and those who wait for it count one open task less or more. */
export function countOpen(rows: Overlay, row: TaskRow, by: 1 | -1): void {
  if (row.parent !== null) countOpenChild(rows, row.parent, by);
  for (const id of readRow(rows, dependentsKey(row.id), "dependents")?.ids ?? []) {
    const waiting = readTask(rows, id);
    if (waiting === null) continue;
    const now = { ...waiting, openBlockers: waiting.openBlockers + by };
    rows.put(taskKey(id), now);
    indexReady(rows, waiting, now);
  }
}

/** A told parent may be unknown yet: its list keeps the count until it is. */
function countOpenChild(rows: Overlay, parent: string, by: number): void {
  const above = readTask(rows, parent);
  if (above !== null) return rows.put(taskKey(parent), { ...above, openChildren: above.openChildren + by });
  const list = readRow(rows, childrenKey(parent), "children");
  if (list !== null) rows.put(childrenKey(parent), { ...list, open: list.open + by });
}

/** Notes on each blocker who waits for it. */
export function waitFor(rows: Overlay, task: string, before: readonly string[], now: readonly string[]): void {
  for (const blocker of new Set([...before, ...now])) {
    const ids = readRow(rows, dependentsKey(blocker), "dependents")?.ids ?? [];
    const others = ids.filter((id) => id !== task);
    if (now.includes(blocker)) rows.put(dependentsKey(blocker), { kind: "dependents", ids: [...others, task] });
    else if (others.length > 0) rows.put(dependentsKey(blocker), { kind: "dependents", ids: others });
    else rows.delete(dependentsKey(blocker));
  }
}

/** It may be claimed at once: what waits for others is listed when they have ended. */
function isListed(row: TaskRow): boolean {
  return row.ready && row.openBlockers === 0;
}

/** Keeps the index of what may be claimed in step with the task. */
export function indexReady(rows: Overlay, before: TaskRow | null, now: TaskRow): void {
  const key = readyKey(now.priority, now.createdAt, now.id);
  if (before !== null && isListed(before)) {
    const old = readyKey(before.priority, before.createdAt, before.id);
    if (old !== key || !isListed(now)) rows.delete(old);
  }
  if (!isListed(now)) return;
  const { id: task, root, priority, needs, assignee, deadlineAt } = now;
  rows.put(key, {
    kind: "ready",
    task,
    root,
    priority,
    needs,
    assignee,
    deadlineAt,
    notBefore: now.escalation.notBefore,
  });
}

/** Lists a lease below each root it is charged to, or takes it off. */
function listLease(rows: Overlay, task: string, scopes: readonly string[], live: LiveRow["leases"], at: number): void {
  for (const scope of scopes) {
    if (!scope.startsWith(LINEAGE)) continue;
    const key = liveKey(scope.slice(LINEAGE.length));
    const others = (readRow(rows, key, "live")?.leases ?? []).filter((one) => one.task !== task);
    const standing = others.filter(({ expiresAt }) => expiresAt === null || at < expiresAt);
    const leases = [...standing, ...live];
    if (leases.length > 0) rows.put(key, { kind: "live", leases });
    else rows.delete(key);
  }
}

const LINEAGE = "lineage/";

/** Keeps the index of leases that end, and the lists of leases below each root, in step with the task. */
export function indexLease(rows: Overlay, before: TaskRow, now: TaskRow, at: number): void {
  const { id: task, holder, lease } = now;
  if (before.lease !== null) {
    if (before.lease.expiresAt !== null) rows.delete(dueKey(before.lease.expiresAt, task));
    listLease(rows, task, before.lease.scopes, [], at);
  }
  if (lease === null || holder === null) return;
  if (lease.expiresAt !== null) rows.put(dueKey(lease.expiresAt, task), { kind: "due", task });
  listLease(rows, task, lease.scopes, [{ task, agent: holder, expiresAt: lease.expiresAt }], at);
}

/** Copies are compared with it again, but where another of the same work is open: that one stays the one that is named. */
export function foldReopened(rows: Overlay, { id, fingerprint }: TaskRow): void {
  const latest = readFingerprint(rows, fingerprint);
  const other = latest === null || latest === id ? null : readTask(rows, latest);
  if (other === null || other.ended) rows.put(fingerprintKey(fingerprint), { kind: "fingerprint", task: id });
}
