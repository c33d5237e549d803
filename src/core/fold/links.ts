// Folds what ties tasks to each other: counts above them, lists below them, who waits for whom, what may be claimed.

import type { TaskCreated } from "../event-bodies.ts";
import { childrenKey, dependentsKey, dueKey, liveKey, readyKey, taskKey } from "../rows/keys.ts";
import type { Overlay } from "../rows/overlay.ts";
import { readRow, readTask } from "../rows/read.ts";
import type { LiveRow, TaskRow } from "../rows/rows.ts";
import { rootsOf } from "../scope.ts";

/** Descendants that a task takes along when it is moved; one more is kept in lists, to tell that there are too many. */
export const MOVED_MAX = 64;

/** Counts a new task on its parent and on the roots it is charged to. */
export function countBelow(rows: Overlay, body: TaskCreated): void {
  const { parent } = body;
  if (parent !== null) {
    const above = readTask(rows, parent);
    if (above !== null)
      rows.put(taskKey(parent), {
        ...above,
        children: above.children + 1,
        openChildren: above.openChildren + (body.ended ? 0 : 1),
      });
    listChild(rows, parent, body.task);
  }
  for (const root of rootsOf(body)) {
    const top = root === body.task ? null : readTask(rows, root);
    if (top !== null) rows.put(taskKey(root), { ...top, descendants: top.descendants + 1 });
  }
}

function listChild(rows: Overlay, parent: string, task: string): void {
  const ids = readRow(rows, childrenKey(parent), "children")?.ids ?? [];
  if (ids.length > MOVED_MAX || ids.includes(task)) return;
  rows.put(childrenKey(parent), { kind: "children", ids: [...ids, task] });
}

/** A task leaves one parent for another; counts of what was ever created stay where it was created. */
export function moveChild(rows: Overlay, row: TaskRow, parent: string): void {
  const open = row.ended ? 0 : 1;
  if (row.parent !== null) {
    const old = readTask(rows, row.parent);
    if (old !== null) rows.put(taskKey(old.id), { ...old, openChildren: old.openChildren - open });
    const ids = readRow(rows, childrenKey(row.parent), "children")?.ids ?? [];
    rows.put(childrenKey(row.parent), { kind: "children", ids: ids.filter((id) => id !== row.id) });
  }
  const above = readTask(rows, parent);
  if (above !== null)
    rows.put(taskKey(parent), {
      ...above,
      children: above.children + 1,
      openChildren: above.openChildren + open,
    });
  listChild(rows, parent, row.id);
}

/** The task ended (`by` -1) or was opened again: its parent and those who wait for it count one open task less or more. */
export function countOpen(rows: Overlay, row: TaskRow, by: 1 | -1): void {
  const parent = row.parent === null ? null : readTask(rows, row.parent);
  if (parent !== null) rows.put(taskKey(parent.id), { ...parent, openChildren: parent.openChildren + by });
  for (const id of readRow(rows, dependentsKey(row.id), "dependents")?.ids ?? []) {
    const waiting = readTask(rows, id);
    if (waiting !== null) rows.put(taskKey(id), { ...waiting, openBlockers: waiting.openBlockers + by });
  }
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

/** Keeps the index of what may be claimed in step with the task. */
export function indexReady(rows: Overlay, before: TaskRow | null, now: TaskRow): void {
  const key = readyKey(now.priority, now.createdAt, now.id);
  if (before?.ready === true) {
    const old = readyKey(before.priority, before.createdAt, before.id);
    if (old !== key || !now.ready) rows.delete(old);
  }
  if (!now.ready) return;
  const { id: task, root, priority, needs, assignee } = now;
  rows.put(key, { kind: "ready", task, root, priority, needs, assignee, notBefore: now.escalation.notBefore });
}

/** Lists a lease below each root it is charged to, or takes it off. */
function listLease(rows: Overlay, task: string, scopes: readonly string[], live: LiveRow["leases"]): void {
  for (const scope of scopes) {
    if (!scope.startsWith(LINEAGE)) continue;
    const key = liveKey(scope.slice(LINEAGE.length));
    const others = (readRow(rows, key, "live")?.leases ?? []).filter((one) => one.task !== task);
    const leases = [...others, ...live];
    if (leases.length > 0) rows.put(key, { kind: "live", leases });
    else rows.delete(key);
  }
}

const LINEAGE = "lineage/";

/** Keeps the index of leases that end, and the lists of leases below each root, in step with the task. */
export function indexLease(rows: Overlay, before: TaskRow, now: TaskRow): void {
  const { id: task, holder, lease } = now;
  if (before.lease !== null) {
    if (before.lease.expiresAt !== null) rows.delete(dueKey(before.lease.expiresAt, task));
    listLease(rows, task, before.lease.scopes, []);
  }
  if (lease === null || holder === null) return;
  if (lease.expiresAt !== null) rows.put(dueKey(lease.expiresAt, task), { kind: "due", task });
  listLease(rows, task, lease.scopes, [{ task, agent: holder, expiresAt: lease.expiresAt }]);
}
