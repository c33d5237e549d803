// Whether a decision costs the same however many tasks or events there are: one small workspace and one large one, each
// in a file of its own, the same commands in turns.

import { join } from "node:path";
import type { Kernel, Reply } from "../../src/kernel/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { fillLog } from "../filling-log.ts";
import { fill } from "../filling.ts";
import { median } from "../measure/statistics.ts";
import { timed } from "../measure/turns.ts";
import type { Action } from "../measure/turns.ts";
import { singles } from "../report/row.ts";
import type { Row } from "../report/row.ts";
import { adopt, granted, kernelOver, lookedAt } from "../workspace.ts";
import type { Part, Setting } from "./setting.ts";

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

/** Brings a workspace to a size. */
type Filling = (store: Store, count: number) => Promise<void>;

async function filled(path: string, count: number, filling: Filling): Promise<Filled> {
  const store = await openSqliteStore({ path, create: true });
  const human = kernelOver(store, "01980000-0000");
  await adopt(human);
  await filling(store, count);
  return { store, life: lifeIn(human, human.as({ kind: "agent", id: "agent-1", proven: false })) };
}

const told = (count: number): string => count.toLocaleString("en-US");

type Sizes = { readonly of: string; readonly few: number; readonly many: number };

/** The same life in a small workspace and in a large one. */
async function compared({ effort, folder }: Setting, sizes: Sizes, filling: Filling): Promise<readonly Row[]> {
  const few = await filled(join(folder, `few-${sizes.of}.db`), sizes.few, filling);
  const many = await filled(join(folder, `many-${sizes.of}.db`), sizes.many, filling);
  const pairs = many.life.flatMap((action, index) => [action, few.life[index] ?? action]);
  const ns = await timed(effort.inEach, Math.ceil(effort.inEach * WARM), pairs);
  await few.store.close();
  await many.store.close();
  return WHAT.map((what, index): Row => {
    const [ours = [], theirs = []] = [ns[index * 2], ns[index * 2 + 1]];
    const share = median(ours) / median(theirs);
    return {
      what: `${what} among ${told(sizes.many)} ${sizes.of}, SQLite`,
      ours: singles(ours),
      peer: { name: `among ${told(sizes.few)}`, figure: singles(theirs), share },
      absent: null,
      target: { kind: "share", value: SHARE_MOST },
    };
  });
}

export const flatTasks: Part = {
  name: "flat-tasks",
  run: (setting) => {
    const { few, many } = setting.effort;
    return compared(setting, { of: "tasks", few, many }, fill);
  },
};

export const flatEvents: Part = {
  name: "flat-events",
  run: (setting) => {
    const { fewEvents: few, manyEvents: many } = setting.effort;
    return compared(setting, { of: "events", few, many }, fillLog);
  },
};
