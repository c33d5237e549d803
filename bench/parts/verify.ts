// How fast a log is verified: its chain alone, and everything (chain, fold, rows, counts), over whole lives of tasks in a
// file.

import { join } from "node:path";
import { openSqliteStore } from "../../src/store/index.ts";
import type { Kernel, VerifyOptions } from "../../src/kernel/index.ts";
import { fillWithLives } from "../lives.ts";
import { alone } from "../report/row.ts";
import type { Row, Target } from "../report/row.ts";
import { adopt, kernelOver } from "../workspace.ts";
import type { Part } from "./setting.ts";

const ROUNDS = 3;

async function perSecond(kernel: Kernel, options: VerifyOptions): Promise<number> {
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    const { ok, events, findings } = await kernel.verify(options);
    if (!ok) throw new Error(`${findings[0]?.at}: ${findings[0]?.problem}`);
    best = Math.max(best, events / ((performance.now() - startedMs) / 1_000));
  }
  return best;
}

function row(what: string, value: number, target: Target): Row {
  return alone(`${what}, ${(value / target.value).toFixed(2)}x the target`, { value, unit: "per second" }, target);
}

export const verify: Part = {
  name: "verify",
  run: async ({ effort, folder }) => {
    const store = await openSqliteStore({ path: join(folder, "lives.db"), create: true });
    const kernel = kernelOver(store, "01980000-0000");
    await adopt(kernel);
    await fillWithLives(store, effort.verified);
    const chain = await perSecond(kernel, { chainOnly: true });
    const all = await perSecond(kernel, {});
    await store.close();
    return [
      row("verify the chain, events", chain, { kind: "least", value: 300_000 }),
      row("verify everything, events", all, { kind: "least", value: 60_000 }),
    ];
  },
};
