// Where the demo plays: its folder, its policy, and how a process of it opens the kernel there.

import { join } from "node:path";
import { DAY_ONE_POLICY } from "../../core/index.ts";
import type { Actor, Limit, Policy } from "../../core/index.ts";
import { createKernel } from "../../kernel/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import { openSqliteStore } from "../../store/index.ts";
import type { Store } from "../../store/index.ts";

export const WORKSPACE = "demo";
/** What a task and all below it may cost, in micro-dollars. */
export const MONEY_MAX_MICROS = 10_000_000;
/** On a machine that is busy with other things thirty processes may wait their turn for long; that is no fault. */
const BUSY_TIMEOUT_MS = 50_000;

const { lineage } = DAY_ONE_POLICY.budget;
const MONEY: Limit = { soft: 7_500_000, hard: MONEY_MAX_MICROS };

/**
 * The day-one policy, but for these: $40.00 a lineage would only take longer to spend; work of which nothing comes is
 * refused as a human may choose, where day one only marks it; and no agent of the demo waits between two looks at CI, so
 * that those are named as polling. The table says so below the rows.
 */
export const DEMO_POLICY: Policy = {
  ...DAY_ONE_POLICY,
  budget: {
    ...DAY_ONE_POLICY.budget,
    lineage: { ...lineage, lifetime: { ...lineage.lifetime, costMicros: MONEY } },
  },
  steps: { ...DAY_ONE_POLICY.steps, polls: ["gh run view"] },
  modes: { ...DAY_ONE_POLICY.modes, stall: "enforce" },
};

const HUMAN: Actor = { kind: "human", id: "demo", proven: true };

export function agentNamed(id: string): Actor {
  return { kind: "agent", id, proven: true };
}

export function storePathIn(folder: string): string {
  return join(folder, "store.db");
}

export function barePathIn(folder: string, row: number): string {
  return join(folder, `board-${row}.json`);
}

export type OpenKernel = { readonly kernel: Kernel; readonly store: Store };

/** Opens the demo's store as the human; `process` names this process in command ids. */
export async function openKernel(folder: string, process: string, create: boolean): Promise<OpenKernel> {
  const store = await openSqliteStore({ path: storePathIn(folder), create, busyTimeoutMs: BUSY_TIMEOUT_MS });
  let asked = 0;
  const kernel = createKernel({
    store,
    workspace: WORKSPACE,
    actor: HUMAN,
    clock: Date.now,
    newCommandId: () => `${process}-${(asked += 1)}`,
    digestKey: "demo",
    readPolicy: () => DEMO_POLICY,
  });
  return { kernel, store };
}
