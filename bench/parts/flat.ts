// Whether a decision costs the same however many tasks there are: one small workspace and one large one, each in a file
// of its own, the same commands in turns.

import { join } from "node:path";
import type { Kernel, Reply } from "../../src/kernel/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { fill } from "../filling.ts";
import { median, quantile } from "../measure/statistics.ts";
import { timed } from "../measure/turns.ts";
import type { Action } from "../measure/turns.ts";
import { nanoseconds } from "../report/row.ts";
import type { Figure, Row } from "../report/row.ts";
import { adopt, granted, kernelOver, lookedAt } from "../workspace.ts";
import type { Part } from "./setting.ts";

const SHARE_MOST = 1.2;
const WARM = 0.2;

/** What is done to a task from its making to its review; each command is about the task of the one before it. */
function lifeIn(human: Kernel, agent: Kernel): readonly Action[] {
  let made = 0;
  let task = "";
  const create = (): Promise<Reply> => {
    const title = `write chapter ${(made += 1)}`;
    return granted(human, { type: "create_task", body: { title, text: "as the plan says", kind: "feature" } });
  };
  const claim = async (): Promise<void> => {
    const { decision } = await granted(agent, { type: "claim_task", body: {} });
    task = String(decision.result?.["task"]);
  };
  const step = (): Promise<Reply> => granted(agent, { type: "record_step", body: { task, ...lookedAt() } });
  const move = (): Promise<Reply> => granted(agent, { type: "move_task", body: { task, to: "in_review" } });
  return [create, claim, step, move];
}

const WHAT = ["a new task", "a claim of what is ready", "a step", "a move"];

type Filled = { readonly store: Store; readonly life: readonly Action[] };

async function filled(path: string, tasks: number): Promise<Filled> {
  const store = await openSqliteStore({ path, create: true });
  const human = kernelOver(store, "01980000-0000");
  await adopt(human);
  await fill(store, tasks);
  return { store, life: lifeIn(human, human.as({ kind: "agent", id: "agent-1", proven: false })) };
}

function figure(ns: readonly number[]): Figure {
  return nanoseconds(median(ns), quantile(ns, 0.99));
}

const count = (tasks: number): string => tasks.toLocaleString("en-US");

export const flat: Part = {
  name: "flat",
  run: async ({ effort, folder }) => {
    const few = await filled(join(folder, "few.db"), effort.few);
    const many = await filled(join(folder, "many.db"), effort.many);
    const pairs = many.life.flatMap((action, index) => [action, few.life[index] ?? action]);
    const ns = await timed(effort.inEach, Math.ceil(effort.inEach * WARM), pairs);
    await few.store.close();
    await many.store.close();
    return WHAT.map((what, index): Row => {
      const [ours = [], theirs = []] = [ns[index * 2], ns[index * 2 + 1]];
      const share = median(ours) / median(theirs);
      return {
        what: `${what} among ${count(effort.many)} tasks, SQLite`,
        ours: figure(ours),
        peer: { name: `among ${count(effort.few)}`, figure: figure(theirs), share },
        absent: null,
        target: { kind: "share", value: SHARE_MOST },
      };
    });
  },
};
