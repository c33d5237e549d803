// check-loop: would a new task begin or continue a loop? Advice, and nothing is remembered: an unknown parent counts as
// a root. With a store, what the store knows of the parents counts too.

import { LoopDetectionError, LoopDetector, MAX_DEPTH } from "../../standalone/index.ts";
import type { LoopType } from "../../standalone/index.ts";
import type { Numbers, ReasonCode } from "../../core/index.ts";
import type { Flags } from "../args/spec.ts";
import { countOf, idOf, optionalId } from "./fields.ts";
import { granted, refused } from "./seed-command.ts";
import type { Answer, SeedCommand, SeedContext } from "./seed-command.ts";

const NAME = "check-loop";

const CODES: { readonly [T in LoopType]: ReasonCode } = {
  depth_exceeded: "lineage.depth_exceeded",
  cycle_detected: "lineage.cycle",
  identity_loop: "lineage.identity_loop",
  reprocess_detected: "lineage.reprocessed",
};

type NewTask = {
  readonly task: string;
  readonly agent: string;
  readonly kind: string;
  readonly parent: string | null;
  readonly creator: string | null;
};

/** The task that a call asks about; throws UsageError. */
export function newTaskOf([task = "", agent = "", kind = ""]: readonly string[], flags: Flags): NewTask {
  return {
    task: idOf(NAME, "TASK", task),
    agent: idOf(NAME, "AGENT", agent),
    kind: idOf(NAME, "KIND", kind),
    parent: optionalId(NAME, "parent-task-id", flags),
    creator: optionalId(NAME, "created-by-task-id", flags),
  };
}

function numbersOf({ task, agent, kind, parent, creator }: NewTask, limit: number): Numbers {
  const links = { ...(parent === null ? {} : { parent }), ...(creator === null ? {} : { createdBy: creator }) };
  return { task, agent, kind, limit, ...links };
}

function judgeTask(asked: NewTask, maxDepth: number, { known, ended }: SeedContext): Answer {
  const detector = new LoopDetector({ maxDepth });
  for (const node of known) detector.registerNode(node);
  for (const id of ended) detector.markCompleted(id);
  const numbers = numbersOf(asked, maxDepth);
  try {
    const links = { parentTaskId: asked.parent, createdByTaskId: asked.creator };
    const depth = detector.checkNewTask(asked.task, asked.agent, asked.kind, links);
    return granted("task.created", "ALLOWED: ", `depth=${depth}`, { ...numbers, depth });
  } catch (error) {
    if (!(error instanceof LoopDetectionError)) throw error;
    return refused(CODES[error.loopType], `DENIED: [${error.loopType}] `, error.message, numbers);
  }
}

export const checkLoop: SeedCommand = {
  name: NAME,
  summary: "would this new task begin or continue a loop?",
  about: [
    "Advice: nothing is created and nothing is remembered. A parent that no store knows counts as a root, so its child",
    "has depth 1; `task create` refuses it.",
  ],
  args: [{ name: "TASK" }, { name: "AGENT" }, { name: "KIND" }],
  flags: {
    "parent-task-id": { value: "ID", about: "the task it would hang below" },
    "created-by-task-id": { value: "ID", about: "the task it would be made in" },
    "max-depth": {
      value: "N",
      about: `deepest level allowed, a root being 0 (default ${MAX_DEPTH}, or lifecycle.max_depth)`,
    },
  },
  examples: [
    "exec-kernel check-loop child-1 agent-1 feature --parent-task-id parent-1",
    "exec-kernel check-loop child-1 agent-1 feature --parent-task-id parent-1 --max-depth 3 --json",
  ],
  exits: ["0 allowed", "1 denied", "2 the call or the configuration is wrong"],
  needs: (flags) => ({
    variables: flags.text("max-depth") === undefined ? ["EXEC_KERNEL_LIFECYCLE_MAX_DEPTH"] : [],
    store: true,
  }),
  judge: (args, flags, context) =>
    judgeTask(newTaskOf(args, flags), countOf(NAME, "max-depth", flags, context.maxDepth), context),
};
