// A new task: checked, then registered, below a line of tasks by parent and by creator.

import { LoopDetector } from "../../src/index.ts";
import { timeOf } from "../measure/clock.ts";
import { inTurns } from "../measure/pairs.ts";
import type { Timed } from "../measure/pairs.ts";
import { againstSeed } from "../report/row.ts";
import type { Row } from "../report/row.ts";
import { openPeer } from "../seed/seed.ts";
import type { SeedPeer } from "../seed/seed.ts";
import type { Part, Setting } from "./setting.ts";

const FAMILIES = 64;
const SHALLOW = 100;
const BATCH = 10_000;
const NAMES: readonly string[] = Array.from({ length: BATCH }, (_, index) => `task-${index}`);

/** Registers a line of work down to just above `depth`; returns its last id. */
function lineOf(detector: LoopDetector, family: number, depth: number): string {
  let above: string | null = null;
  for (let level = 0; level < depth; level += 1) {
    const taskId = `line-${family}-${level}`;
    detector.registerNode({
      taskId,
      agentId: "above",
      taskType: "feature",
      parentTaskId: above,
      createdByTaskId: above,
    });
    above = taskId;
  }
  return above ?? "";
}

function checkAndRegister(detector: LoopDetector, names: readonly string[], tips: readonly string[]): void {
  for (let index = 0; index < names.length; index += 1) {
    const taskId = names[index] ?? "";
    const tip = tips[index % tips.length] ?? "";
    const links = { parentTaskId: tip, createdByTaskId: tip };
    const depth = detector.checkNewTask(taskId, "agent", "feature", links);
    detector.registerNode({ taskId, agentId: "agent", taskType: "feature", ...links, depth });
  }
}

/** Each batch has a detector of its own, as the seed's side does: its table never shrinks. */
function newTasksAt(depth: number): Timed {
  return (count) => {
    let ns = 0;
    for (let left = count; left > 0; left -= BATCH) {
      const detector = new LoopDetector({ maxDepth: Infinity });
      const families = depth < SHALLOW ? FAMILIES : 1;
      const tips = Array.from({ length: families }, (_, family) => lineOf(detector, family, depth));
      const names = NAMES.slice(0, left);
      ns += timeOf(() => checkAndRegister(detector, names, tips));
    }
    return ns;
  };
}

async function at(depth: number, timesFaster: number, peer: SeedPeer | null, { effort }: Setting): Promise<Row> {
  const theirs = peer?.timed({ case: "new-task", depth }) ?? null;
  const paired = await inTurns(newTasksAt(depth), theirs, effort);
  const what = `check and register a new task at depth ${depth.toLocaleString("en-US")}`;
  return againstSeed(what, paired, { kind: "faster", value: timesFaster });
}

export const newTask: Part = {
  name: "new-task",
  run: async (setting) => {
    const peer = openPeer(setting.seed);
    const rows = [await at(5, 10, peer, setting), await at(4_000, 250, peer, setting)];
    peer?.close();
    return rows;
  },
};
