// Who hangs below whom: work linked by parent and by creator, bounded in number. An id that was only referred to has a
// node too, so that a loop through work that was never registered is seen.

import { AgeList, newNode } from "./work-node.ts";
import type { GraphNode } from "./work-node.ts";

/**
 * At most `max` nodes. A full graph forgets completed work that nothing refers to, the oldest first, then the oldest
 * work of all: that id is then as unknown as before, and what hangs below it keeps its depth.
 */
export class WorkGraph {
  readonly #max: number;
  readonly #nodes = new Map<string, GraphNode>();
  // INVARIANT: every node of #nodes is in one of these lists, in #spent if it is completed and nothing refers to it.
  readonly #needed = new AgeList();
  readonly #spent = new AgeList();

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#nodes.size;
  }

  find(id: string): GraphNode | undefined {
    return this.#nodes.get(id);
  }

  /** Adds work or overwrites what was known of its id; it is then the newest, and not completed. */
  put(id: string, agent: string, kind: string, depth: number, parentId: string | null, creatorId: string | null): void {
    const parent = parentId === null ? null : this.#nodeOf(parentId);
    const creator = creatorId === parentId ? parent : creatorId === null ? null : this.#nodeOf(creatorId);
    const node = this.#nodeOf(id);
    this.#link(node, parent, creator);
    this.#listOf(node).remove(node);
    node.agent = agent;
    node.kind = kind;
    node.depth = depth;
    node.completed = false;
    this.#needed.add(node);
  }

  /** Marks registered work as completed; another id is ignored. */
  complete(id: string): void {
    const node = this.#nodes.get(id);
    if (node === undefined || node.agent === null || node.completed) return;
    this.#listOf(node).remove(node);
    node.completed = true;
    this.#listOf(node).add(node);
  }

  #nodeOf(id: string): GraphNode {
    const found = this.#nodes.get(id);
    if (found !== undefined) return found;
    if (this.#nodes.size >= this.#max) this.#forgetOne();
    const node = newNode(id);
    this.#nodes.set(id, node);
    this.#needed.add(node);
    return node;
  }

  #listOf(node: GraphNode): AgeList {
    return node.completed && node.references === 0 ? this.#spent : this.#needed;
  }

  // The new links are counted before the old ones are given up: a node that is in both must not be dropped between.
  #link(node: GraphNode, parent: GraphNode | null, creator: GraphNode | null): void {
    const { parent: oldParent, creator: oldCreator } = node;
    if (parent !== null) this.#refer(parent);
    if (creator !== null) this.#refer(creator);
    node.parent = parent;
    node.creator = creator;
    if (oldParent !== null) this.#release(oldParent);
    if (oldCreator !== null) this.#release(oldCreator);
  }

  #refer(node: GraphNode): void {
    if (node.completed && node.references === 0) {
      this.#spent.remove(node);
      this.#needed.add(node);
    }
    node.references++;
  }

  #release(node: GraphNode): void {
    node.references--;
    // A forgotten node is still held by what hung below it, and its id may stand for another node by now.
    if (node.references > 0 || this.#nodes.get(node.id) !== node) return;
    if (node.agent === null) {
      this.#nodes.delete(node.id);
      this.#needed.remove(node);
    } else if (node.completed) {
      this.#needed.remove(node);
      this.#spent.add(node);
    }
  }

  #forgetOne(): void {
    const node = this.#spent.oldest ?? this.#needed.oldest;
    if (node === null) return;
    this.#listOf(node).remove(node);
    this.#nodes.delete(node.id);
    node.agent = null;
    node.completed = false;
    const { parent, creator } = node;
    node.parent = null;
    node.creator = null;
    if (parent !== null) this.#release(parent);
    if (creator !== null) this.#release(creator);
  }
}
