// The loop detector: judges a new piece of work by depth, cycle, identity and re-processing, in that order, and remembers
// what it is told of. It judges and remembers apart: a check registers nothing, registering checks nothing.

import { closesCycle, exceeds, isIdentityLoop } from "../core/index.ts";
import { checkKeys, checkLimit, checkText, checkWhole } from "./argument.ts";
import { CompletedIds } from "./completed-ids.ts";
import { alreadyDone, ownAncestor, sameWork, tooDeep } from "./loop-refusals.ts";
import { WorkGraph } from "./work-graph.ts";
import { lineOf } from "./work-node.ts";
import type { GraphNode } from "./work-node.ts";

/** What a piece of work hangs below; null, absent and "" mean none. */
export type WorkLinks = {
  readonly parentTaskId?: string | null | undefined;
  readonly createdByTaskId?: string | null | undefined;
};

/** A piece of work to remember. `depth` is believed as given; without it, one more than the parent's. */
export type WorkNode = WorkLinks & {
  readonly taskId: string;
  readonly agentId: string;
  readonly taskType: string;
  readonly depth?: number | undefined;
};

export type LoopDetectorOptions = {
  /** Deepest level allowed, a root being 0; 10 if absent, Infinity for no limit. */
  readonly maxDepth?: number | undefined;
  /** Completed ids remembered; 1,000 if absent, none for 0 or less. */
  readonly maxHeapSize?: number | undefined;
  /** Tasks remembered; 100,000 if absent. Beyond it completed tasks without children are forgotten, then the oldest. */
  readonly maxNodes?: number | undefined;
};

export const MAX_DEPTH = 10;
const MAX_HEAP_SIZE = 1_000;
const MAX_NODES = 100_000;
const OPTION_KEYS = ["maxDepth", "maxHeapSize", "maxNodes"];
const LINK_KEYS = ["parentTaskId", "createdByTaskId"];
const NODE_KEYS = ["taskId", "agentId", "taskType", ...LINK_KEYS, "depth"];
const NO_LINKS: WorkLinks = {};

/** Refuses work that would loop. Throws LoopDetectionError as a refusal, TypeError or RangeError on bad arguments. */
export class LoopDetector {
  readonly maxDepth: number;
  readonly #graph: WorkGraph;
  readonly #completed: CompletedIds;
  #goodTask: string | null = null;
  #goodAgent: string | null = null;
  #goodType: string | null = null;
  #goodLink: string | null = null;

  constructor(options: LoopDetectorOptions = {}) {
    checkKeys("options", options, OPTION_KEYS);
    const { maxDepth = MAX_DEPTH, maxHeapSize = MAX_HEAP_SIZE, maxNodes = MAX_NODES } = options;
    this.maxDepth = checkLimit("maxDepth", maxDepth);
    this.#completed = new CompletedIds(checkWhole("maxHeapSize", maxHeapSize, -Number.MAX_SAFE_INTEGER));
    this.#graph = new WorkGraph(checkWhole("maxNodes", maxNodes, 1));
  }

  /** How many ids the graph holds, those that were only referred to included; never more than maxNodes. */
  get nodeCount(): number {
    return this.#graph.size;
  }

  /** Remembers a task, or overwrites what was known of its id. Its values are copied. */
  registerNode(node: WorkNode): void {
    checkLinked("node", node, NODE_KEYS);
    const { taskId, agentId, taskType, depth } = node;
    this.#checkTexts(taskId, agentId, taskType);
    const parent = this.#linkOf("parentTaskId", node.parentTaskId);
    const creator = this.#linkOf("createdByTaskId", node.createdByTaskId);
    const level = depth === undefined ? depthBelow(parent, this.#nodeOf(parent)) : checkWhole("depth", depth, 0);
    this.#graph.put(taskId, agentId, taskType, level, parent, creator);
  }

  /**
   * The depth that the task would have; throws LoopDetectionError where it would loop. A parent that is not known counts
   * as a root. The cost does not grow with the depth, save where work hangs below `taskId` already.
   */
  checkNewTask(taskId: string, agentId: string, taskType: string, links: WorkLinks = NO_LINKS): number {
    this.#checkTexts(taskId, agentId, taskType);
    checkLinked("links", links, LINK_KEYS);
    const parent = this.#linkOf("parentTaskId", links.parentTaskId);
    const creator = this.#linkOf("createdByTaskId", links.createdByTaskId);
    const above = this.#nodeOf(parent);
    const depth = depthBelow(parent, above);
    if (parent !== null && exceeds(depth, this.maxDepth)) throw tooDeep(taskId, parent, depth, this.maxDepth);
    const cycle = this.#cycleBy(taskId, parent, creator);
    if (cycle !== null) throw ownAncestor(taskId, cycle);
    if (above !== null && isIdentityLoop(above, { agent: agentId, kind: taskType })) {
      throw sameWork(taskId, agentId, above.id, taskType);
    }
    if (this.#completed.has(taskId)) throw alreadyDone(taskId);
    return depth;
  }

  /** Remembers that the id is done, whether or not it was registered; only so many ids are remembered, oldest out. */
  markCompleted(taskId: string): void {
    checkText("taskId", taskId);
    this.#completed.add(taskId);
    this.#graph.complete(taskId);
  }

  // A check and the registering after it bring the same texts, and a link mostly names what was checked when it was
  // registered: what was found good last is not looked through again.
  #checkTexts(taskId: string, agentId: string, taskType: string): void {
    if (taskId !== this.#goodTask) checkText("taskId", taskId);
    this.#goodTask = taskId;
    if (agentId !== this.#goodAgent) checkText("agentId", agentId);
    this.#goodAgent = agentId;
    if (taskType !== this.#goodType) checkText("taskType", taskType);
    this.#goodType = taskType;
  }

  #linkOf(name: string, id: string | null | undefined): string | null {
    if (id === undefined || id === null || id === "") return null;
    if (id !== this.#goodLink) checkText(name, id);
    this.#goodLink = id;
    return id;
  }

  #cycleBy(taskId: string, parent: string | null, creator: string | null): "parent" | "created-by" | null {
    if (parent === taskId) return "parent";
    if (creator === taskId) return "created-by";
    // Whatever a line passes through was named as a parent or creator. So an id that nothing names is in none, and the
    // lines, which may be thousands long, are walked only for the others.
    if (!this.#graph.isReferred(taskId)) return null;
    if (closesCycle(taskId, lineOf(this.#nodeOf(parent), "parent"))) return "parent";
    return closesCycle(taskId, lineOf(this.#nodeOf(creator), "creator")) ? "created-by" : null;
  }

  #nodeOf(id: string | null): GraphNode | null {
    return id === null ? null : (this.#graph.find(id) ?? null);
  }
}

// A misspelt link would make a root of a child, so what names no link is looked at for other keys.
function checkLinked(name: string, links: WorkLinks, keys: readonly string[]): void {
  if (typeof links === "object" && links !== null && (links.parentTaskId || links.createdByTaskId)) return;
  checkKeys(name, links, keys);
}

// A parent that nobody registered is still a parent: its child lies one below a root, at least.
function depthBelow(parent: string | null, above: GraphNode | null): number {
  if (parent === null) return 0;
  return above === null || above.agent === null ? 1 : above.depth + 1;
}
