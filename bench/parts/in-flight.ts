// Many agents at once over one SQLite file: their commands are gathered into transactions, in this process and in a thread
// of its own. Beside it one agent that waits for every answer.

import { join } from "node:path";
import { openSqliteStore } from "../../src/store/index.ts";
import { openCommitThread } from "../../src/thread/index.ts";
import { crowdAt, perSecond } from "../crowd.ts";
import { alone, singles } from "../report/row.ts";
import type { Figure, Row } from "../report/row.ts";
import { adopt, kernelOver } from "../workspace.ts";
import type { Part, Setting } from "./setting.ts";

const AGENTS = 64;
const PER_SECOND_LEAST = 10_000;

type Where = "here" | "thread";

/** Milliseconds of each decision; committed by this process's own loop, or by a thread. */
async function waitsOf(agents: number, where: Where, { effort, folder }: Setting): Promise<readonly number[]> {
  const path = join(folder, `crowd-${agents}-${where}.db`);
  const store = await openSqliteStore({ path, create: true });
  await adopt(kernelOver(store, "01980000-0000"));
  const commits = where === "thread" ? await openCommitThread({ path }) : null;
  const human = kernelOver(store, "01980000-0001", commits === null ? {} : { commits });
  const waits = await crowdAt(() => human, agents, effort.crowdMs);
  await commits?.close();
  await store.close();
  return waits;
}

export const inFlight: Part = {
  name: "in-flight",
  run: async (setting): Promise<readonly Row[]> => {
    const rate = (waits: readonly number[]): Figure => perSecond(waits, setting.effort.crowdMs);
    const one = await waitsOf(1, "here", setting);
    const beside = (what: string, waits: readonly number[], target: Row["target"]): Row => {
      const peer = { name: "one at a time", figure: rate(one), share: rate(waits).value / rate(one).value };
      return { what, ours: rate(waits), peer, absent: null, target };
    };
    const many = await waitsOf(AGENTS, "here", setting);
    const threaded = await waitsOf(AGENTS, "thread", setting);
    const what = `${AGENTS} agents in flight, steps, SQLite`;
    return [
      beside(what, many, { kind: "least", value: PER_SECOND_LEAST }),
      alone("one step's wait among them", singles(many.map((ms) => ms * 1e6)), null),
      beside(`${what}, from a thread of its own`, threaded, null),
    ];
  },
};
