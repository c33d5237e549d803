// Parents come in any order: a child may be told before the task above it. Until its parent is told a task stands as a
// root; then it is placed, and depth and cycles are judged with the whole line known.

import type { Finding, TaskRow } from "../core/index.ts";
import type { Sight } from "./sight.ts";

export class Lineage {
  /** Children by the parent they wait for, and the parent by the child, which has the last word. */
  readonly #children: Map<string, Sight[]> = new Map();
  readonly #awaited: Map<string, string> = new Map();
  /** Places that would make a task its own ancestor: the rules leave it where it was, and saying it once is enough. */
  readonly #cycles: Set<string> = new Set();

  /** Tasks whose parent was not told yet. */
  get waiting(): number {
    return this.#awaited.size;
  }

  /** The parent to tell with this sight; null where there is none, none yet, or nothing new. */
  parentOf(sight: Sight, row: TaskRow | null, isKnown: (task: string) => boolean): string | null {
    const { task, parent } = sight;
    if (parent === null || (row !== null && row.parent === parent)) return null;
    if (this.#cycles.has(placeKey(task, parent))) return null;
    if (isKnown(parent)) {
      this.#awaited.delete(task);
      return parent;
    }
    if (this.#awaited.get(task) !== parent) this.#await(sight, parent);
    return null;
  }

  /** Remembers a place that the rules found to be a cycle. */
  judged({ task }: Sight, parent: string | null, found: readonly Finding[]): void {
    if (parent !== null && found.some(({ code }) => code === "lineage.cycle")) this.#cycles.add(placeKey(task, parent));
  }

  /** The children that waited for this task, which was just told for the first time. */
  childrenOf(task: string): readonly Sight[] {
    const children = this.#children.get(task) ?? [];
    this.#children.delete(task);
    return children.filter((child) => this.#awaited.get(child.task) === task);
  }

  #await(sight: Sight, parent: string): void {
    this.#awaited.set(sight.task, parent);
    const children = this.#children.get(parent);
    if (children === undefined) this.#children.set(parent, [sight]);
    else children.push(sight);
  }
}

function placeKey(task: string, parent: string): string {
  return `${task}\n${parent}`;
}
