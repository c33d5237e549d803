// Kernels for tests: over any store, with a clock that the test turns and ids that count.

import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import type { Actor, Policy } from "../../src/core/index.ts";
import { createKernel, initWorkspace } from "../../src/kernel/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { openMemoryStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";

const HUMAN: Actor = { kind: "human", id: "ada", proven: true };
export const HARNESS: Actor = { kind: "harness", id: "gateway", proven: true };

export function agentActor(id: string): Actor {
  return { kind: "agent", id, proven: false };
}

export type Bench = {
  readonly store: Store;
  readonly clock: { now: number };
  readonly human: Kernel;
  /** The same workspace as an agent. */
  readonly agent: (id: string) => Kernel;
};

export type BenchOptions = {
  readonly store?: Store;
  readonly policy?: Policy;
  readonly workspace?: string;
  readonly init?: boolean;
};

/** A workspace with its first policy adopted, as the human. */
export async function bench(options: BenchOptions = {}): Promise<Bench> {
  const store = options.store ?? openMemoryStore();
  const clock = { now: 1_700_000_000_000 };
  let ids = 0;
  const human = createKernel({
    store,
    workspace: options.workspace ?? "w",
    actor: HUMAN,
    clock: () => clock.now,
    newCommandId: () => `c-${(ids += 1)}`,
    digestKey: "test key",
    readPolicy: () => options.policy ?? DAY_ONE_POLICY,
    humanKey: "human key",
  });
  if (options.init !== false) await initWorkspace(human, options.policy ?? DAY_ONE_POLICY, "# day one");
  return { store, clock, human, agent: (id) => human.as(agentActor(id)) };
}
