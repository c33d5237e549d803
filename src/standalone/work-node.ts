// A node of the work graph, and the two things that are done with nodes alone: keeping them in order of age and walking
// up a line of them.

/** One piece of work, or an id that was only referred to. */
export type GraphNode = {
  readonly id: string;
  /** null where the id was only referred to, or was forgotten. */
  agent: string | null;
  kind: string;
  depth: number;
  parent: GraphNode | null;
  creator: GraphNode | null;
  /** How many nodes name this one as parent or creator. */
  references: number;
  completed: boolean;
  older: GraphNode | null;
  newer: GraphNode | null;
};

// Every node has all fields from the start: one shape, so that V8 reads each at a fixed offset.
export function newNode(id: string): GraphNode {
  return {
    id,
    agent: null,
    kind: "",
    depth: 0,
    parent: null,
    creator: null,
    references: 0,
    completed: false,
    older: null,
    newer: null,
  };
}

/** Nodes from oldest to newest, linked through the nodes themselves. INVARIANT: a node is in at most one such list. */
export class AgeList {
  #oldest: GraphNode | null = null;
  #newest: GraphNode | null = null;

  get oldest(): GraphNode | null {
    return this.#oldest;
  }

  add(node: GraphNode): void {
    node.older = this.#newest;
    if (this.#newest === null) this.#oldest = node;
    else this.#newest.newer = node;
    this.#newest = node;
  }

  remove(node: GraphNode): void {
    if (node.older === null) this.#oldest = node.newer;
    else node.older.newer = node.newer;
    if (node.newer === null) this.#newest = node.older;
    else node.newer.older = node.older;
    node.older = null;
    node.newer = null;
  }
}

/**
 * The ids from a node upwards, itself first. A line may run into a loop that was registered, so the walk remembers one
 * node at a time, each for twice as long as the one before, and ends when it meets that one again.
 */
export function* lineOf(start: GraphNode | null, link: "parent" | "creator"): Generator<string, void> {
  let remembered: GraphNode | null = null;
  let left = 1;
  let stretch = 1;
  for (let node = start; node !== null && node !== remembered; node = node[link]) {
    yield node.id;
    if (--left > 0) continue;
    remembered = node;
    stretch *= 2;
    left = stretch;
  }
}
