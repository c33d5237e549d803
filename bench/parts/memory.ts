// How much a remembered task takes: everything of it but the texts, which are the caller's.

import { LoopDetector } from "../../src/index.ts";
import { SEED } from "../report/row.ts";
import type { Compared } from "../report/row.ts";
import { openPeer } from "../seed/seed.ts";
import type { Part, Setting } from "./setting.ts";

const DEPTH = 8;

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error("start node with --expose-gc");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function register(detector: LoopDetector, names: readonly string[]): void {
  for (const [index, taskId] of names.entries()) {
    const above = index % DEPTH === 0 ? null : (names[index - 1] ?? null);
    detector.registerNode({
      taskId,
      agentId: "agent",
      taskType: "feature",
      parentTaskId: above,
      createdByTaskId: above,
    });
  }
}

/** Code is compiled before it counts. A function of its own: its detector must be gone afterwards. */
function warmUp(nodes: number, names: readonly string[]): void {
  register(new LoopDetector({ maxNodes: nodes }), names);
}

function oursBytes(nodes: number): number {
  const names = Array.from({ length: nodes }, (_, index) => `task-${index}`);
  warmUp(nodes, names);
  const before = heapBytes();
  const detector = new LoopDetector({ maxNodes: nodes });
  register(detector, names);
  return (heapBytes() - before) / detector.nodeCount;
}

async function seedBytes({ seed, effort }: Setting, ours: number): Promise<Compared | null> {
  const peer = openPeer(seed);
  if (peer === null) return null;
  const value = await peer.ask({ case: "node-bytes", count: effort.nodes, depth: DEPTH });
  peer.close();
  return { name: SEED, figure: { value, unit: "bytes" }, share: ours / value };
}

export const memory: Part = {
  name: "memory",
  run: async (setting) => {
    const value = oursBytes(setting.effort.nodes);
    const peer = await seedBytes(setting, value);
    const what = `memory of one of ${setting.effort.nodes.toLocaleString("en-US")} tasks, texts apart`;
    return [{ what, ours: { value, unit: "bytes" }, peer, absent: peer === null ? SEED : null, target: null }];
  },
};
