// Who hangs below whom: work linked by parent and by creator, bounded in number. An id that was only referred to has a
// node too, so that a loop through work that was never registered is seen.

import type { GraphNode } from "./work-node.ts";

/** A full graph forgets this part of it at once: finding out what to forget then costs next to nothing a node. */
const FORGOTTEN_PART = 16;

/**
 * At most `max` nodes. A full graph forgets completed work that nothing refers to, the first completed first; where there
 * is none, the work that was registered first. A forgotten id is unknown again, and what hangs below it keeps its depth.
 */
export class WorkGraph {
  readonly #max: number;
  readonly #nodes = new Map<string, GraphNode>();
  /** INVARIANT: of the nodes in #nodes, those that are completed and that nothing refers to. */
  readonly #spent = new Set<GraphNode>();
  /** The link that was looked up last; good while it has an agent, which a forgotten node has not. */
  #lastFound: GraphNode | null = null;
  /** The id that was looked up last in vain; good until something is added. */
  #lastMissed: string | null = null;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** The node of a parent or creator: it is asked for in the check, and again when the work is put. */
  find(id: string): GraphNode | undefined {
    const last = this.#lastFound;
    if (last !== null && last.id === id && last.agent !== null) return last;
    const node = this.#nodes.get(id);
    if (node !== undefined) this.#lastFound = node;
    return node;
  }

  /** True where some node names the id as its parent or creator. */
  isReferred(id: string): boolean {
    const node = this.#nodes.get(id);
    if (node === undefined) this.#lastMissed = id;
    return node !== undefined && node.references > 0;
  }

  /** Adds work or overwrites what was known of its id; it is then not completed. */
  put(id: string, agent: string, kind: string, depth: number, parentId: string | null, creatorId: string | null): void {
    const parent = parentId === null ? null : this.#referredNode(parentId);
    const creator = creatorId === parentId ? parent : creatorId === null ? null : this.#referredNode(creatorId);
    if (parent !== null) this.#refer(parent);
    if (creator !== null) this.#refer(creator);
    const node = this.#lastMissed === id ? undefined : this.#nodes.get(id);
    if (node === undefined) {
      this.#add({ id, agent, kind, depth, parent, creator, references: 0, completed: false });
    } else {
      this.#unlink(node);
      this.#spent.delete(node);
      node.agent = agent;
      node.kind = kind;
      node.depth = depth;
      node.parent = parent;
      node.creator = creator;
      node.completed = false;
    }
  }

  /** Marks registered work as completed; another id is ignored. */
  complete(id: string): void {
    const node = this.#nodes.get(id);
    if (node === undefined || node.agent === null) return;
    node.completed = true;
    if (node.references === 0) this.#spent.add(node);
  }

  #referredNode(id: string): GraphNode {
    const found = this.find(id);
    if (found !== undefined) return found;
    const node = { id, agent: null, kind: "", depth: 0, parent: null, creator: null, references: 0, completed: false };
    return this.#add(node);
  }

  #add(node: GraphNode): GraphNode {
    if (this.#nodes.size >= this.#max) this.#forgetSome();
    this.#nodes.set(node.id, node);
    this.#lastMissed = null;
    return node;
  }

  #refer(node: GraphNode): void {
    if (node.completed) this.#spent.delete(node);
    node.references++;
  }

  #release(node: GraphNode): void {
    node.references--;
    // A forgotten node is still held by what hung below it, and its id may stand for another node by now.
    if (node.references > 0 || this.#nodes.get(node.id) !== node) return;
    if (node.agent === null) this.#nodes.delete(node.id);
    else if (node.completed) this.#spent.add(node);
  }

  #unlink(node: GraphNode): void {
    const { parent, creator } = node;
    node.parent = null;
    node.creator = null;
    if (parent !== null) this.#release(parent);
    if (creator !== null) this.#release(creator);
  }

  #forgetSome(): void {
    const from = this.#spent.size > 0 ? this.#spent : this.#nodes.values();
    let left = Math.max(1, Math.floor(this.#max / FORGOTTEN_PART));
    for (const node of from) {
      this.#forget(node);
      if (--left === 0) return;
    }
  }

  #forget(node: GraphNode): void {
    this.#nodes.delete(node.id);
    this.#spent.delete(node);
    node.agent = null;
    node.completed = false;
    this.#unlink(node);
  }
}
