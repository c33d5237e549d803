// The file that one stretch of a crash run writes to: made with tight limits, so that refusals and approvals come, and
// looked at from outside between the rounds.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DAY_ONE_POLICY, NO_LIMITS } from "../../src/core/index.ts";
import type { Policy } from "../../src/core/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import { bench } from "../support/kernels.ts";
import { logOf } from "../support/lives.ts";
import { TASKS } from "./hands.ts";
import type { Evidence } from "./check.ts";

const POLICY: Policy = {
  ...DAY_ONE_POLICY,
  budget: {
    ...DAY_ONE_POLICY.budget,
    task: { ...NO_LIMITS, lifetime: { tokens: { soft: null, hard: 6_000 } } },
  },
};

export type World = { readonly path: string; readonly remove: () => void };

export async function newWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "exec-kernel-crash-"));
  const path = join(folder, "w.db");
  const store = await openSqliteStore({ path, create: true });
  const { human, clock } = await bench({ store, policy: POLICY });
  clock.now = Date.now();
  for (let n = 1; n <= TASKS; n += 1) await human.submit({ type: "create_task", body: { title: `task ${n}` } });
  await store.close();
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What a new process finds in the file. */
export async function look(path: string): Promise<Pick<Evidence, "events" | "meters" | "report" | "below">> {
  const store = await openSqliteStore({ path });
  try {
    const { human } = await bench({ store, init: false });
    const report = await human.verify();
    return { events: await logOf(human), meters: await human.meters(), report, below: await store.check() };
  } finally {
    await store.close();
  }
}
