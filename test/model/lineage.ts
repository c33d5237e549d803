// The model's trees and graphs: parents, origins, waiting. Walked from scratch at every question.

import { isEnded } from "./state.ts";
import type { ModelTask, World } from "./state.ts";

/** The task and all above it, nearest first. */
export function upFrom(world: World, id: string | null, step: (task: ModelTask) => string | null): readonly string[] {
  const out: string[] = [];
  for (let at = id; at !== null && !out.includes(at);) {
    out.push(at);
    const task = world.tasks.get(at);
    at = task === undefined ? null : step(task);
  }
  return out;
}

export const byParent = (task: ModelTask): string | null => task.parent;
export const byOrigin = (task: ModelTask): string | null => task.createdBy;

export function depthOf(world: World, parent: string | null): number {
  return upFrom(world, parent, byParent).length;
}

export function rootOf(world: World, id: string): string {
  return upFrom(world, id, byParent).at(-1) ?? id;
}

function childrenOf(world: World, id: string): readonly ModelTask[] {
  return [...world.tasks.values()].filter((task) => task.parent === id);
}

export function openChildrenOf(world: World, id: string): readonly ModelTask[] {
  return childrenOf(world, id).filter((task) => !isEnded(world, task));
}

/** Children ever put below it. */
export function childrenEver(world: World, id: string): number {
  return [...world.tasks.values()].reduce((sum, task) => sum + task.parents.filter((one) => one === id).length, 0);
}

/** Everything below it now. */
export function below(world: World, id: string): readonly ModelTask[] {
  return childrenOf(world, id).flatMap((child) => [child, ...below(world, child.id)]);
}

/** Descendants ever made below a root, fresh roots that were made from inside it too. */
export function descendantsEver(world: World, root: string): number {
  return [...world.tasks.values()].filter(
    (task) => task.id !== root && (task.originRoot === root || rootOf(world, task.id) === root),
  ).length;
}

export function openBlockersOf(world: World, task: ModelTask): readonly string[] {
  if (isEnded(world, task)) return [];
  return task.blockedBy.filter((id) => {
    const blocker = world.tasks.get(id);
    return blocker !== undefined && !isEnded(world, blocker);
  });
}

/** The graph of waiting: a task that is not ended waits for its blockers, a parent for its children. */
export type Waits = ReadonlyMap<string, readonly string[]>;

export function waitsOf(world: World): Map<string, readonly string[]> {
  const waits = new Map<string, readonly string[]>();
  for (const task of world.tasks.values()) {
    const children = childrenOf(world, task.id).map((child) => child.id);
    waits.set(task.id, [...(isEnded(world, task) ? [] : task.blockedBy), ...children]);
  }
  return waits;
}

/** True where following the waits from `from` comes to `to`. */
export function reaches(waits: Waits, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(waits.get(at) ?? []));
  }
  return false;
}
