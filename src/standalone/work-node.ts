// A node of the work graph, and the walk up a line of them.

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
};

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
