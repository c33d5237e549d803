// Many agents at once over one SQLite file: their commands are gathered into transactions by a thread of its own. Beside it
// one agent that waits for every answer.

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

async function waitsOf(agents: number, { effort, folder }: Setting): Promise<readonly number[]> {
  const path = join(folder, `crowd-${agents}.db`);
  const store = await openSqliteStore({ path, create: true });
  await adopt(kernelOver(store, "01980000-0000"));
  const commits = await openCommitThread({ path });
  const human = kernelOver(store, "01980000-0001", { commits });
  const waits = await crowdAt(() => human, agents, effort.crowdMs);
  await commits.close();
  await store.close();
  return waits;
}

export const inFlight: Part = {
  name: "in-flight",
  run: async (setting): Promise<readonly Row[]> => {
    const rate = (waits: readonly number[]): Figure => perSecond(waits, setting.effort.crowdMs);
    const one = await waitsOf(1, setting);
    const many = await waitsOf(AGENTS, setting);
    const peer = { name: "one at a time", figure: rate(one), share: rate(many).value / rate(one).value };
    const target = { kind: "least", value: PER_SECOND_LEAST } as const;
    return [
      { what: `${AGENTS} agents in flight, steps, SQLite`, ours: rate(many), peer, absent: null, target },
      alone("one step's wait among them", singles(many.map((ms) => ms * 1e6)), null),
    ];
  },
};
