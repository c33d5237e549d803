// The work that the clients of the proof do: each agent makes a task, claims it, reserves, records and settles steps, and
// hands it in, over and over. A fault is answered by sending the same command id again until there is an answer.

import { setTimeout as delay } from "node:timers/promises";
import { DAY_ONE_POLICY, NO_LIMITS } from "../../src/core/index.ts";
import type { Actor, Limit, Policy } from "../../src/core/index.ts";
import { KernelFault } from "../../src/kernel/index.ts";
import type { Kernel, Reply, Request } from "../../src/kernel/index.ts";
import { StoreFault } from "../../src/store/index.ts";
import { agentActor } from "../support/kernels.ts";
import type { Random } from "../support/random.ts";
import { answerOf } from "./answers.ts";
import type { Answer, Spent } from "./answers.ts";

export const HUMAN: Actor = { kind: "human", id: "ada", proven: true };
const AGAIN_MS = 50;
const STEPS_MAX = 6;

const OUT_OF_REACH: Limit = { soft: null, hard: 1e9 };

/** Day one's rules, with no limit that honest work of this speed would meet. */
export const POLICY: Policy = {
  ...DAY_ONE_POLICY,
  admission: [],
  lineage: {
    ...DAY_ONE_POLICY.lineage,
    creations: OUT_OF_REACH,
    liveAgents: OUT_OF_REACH,
    templatesPerDay: 1e9,
    // Nobody but agents acts here.
    causeHopsMax: 1e9,
  },
  budget: { ...DAY_ONE_POLICY.budget, task: NO_LIMITS, lineage: NO_LIMITS, agent: NO_LIMITS, workspace: NO_LIMITS },
};

export type Desk = {
  readonly kernel: Kernel;
  readonly agent: string;
  readonly dice: Random;
  readonly tell: (answer: Answer) => void;
  /** Told of each fault of the world; the command is sent again. */
  readonly onFault: (message: string) => void;
  readonly isOver: () => boolean;
};

type Ask = (request: Request, spent?: Spent) => Promise<Reply["decision"]>;

function askAs({ kernel, agent, tell, onFault }: Desk): Ask {
  const own = kernel.as(agentActor(agent));
  let asked = 0;
  return async (request, spent = {}) => {
    asked += 1;
    const commandId = `${agent}-${asked}`;
    for (let tries = 1; ; tries += 1) {
      try {
        const reply = await own.submit({ ...request, commandId });
        tell(answerOf(agent, reply, spent, tries));
        return reply.decision;
      } catch (error) {
        if (!(error instanceof StoreFault) && !(error instanceof KernelFault)) throw error;
        onFault(`${error.code}: ${error.message}`);
        await delay(AGAIN_MS);
      }
    }
  };
}

/** A step that looks at something else than every other, as honest work does. */
function looksAt(task: string, part: string) {
  return { task, tool: "bash", call: `git show HEAD:src/${part}.ts`, tokens: 300 };
}

async function record(task: string, part: string, dice: Random, ask: Ask): Promise<void> {
  const [tokens, costMicros] = [dice.below(1_000), dice.below(5_000)];
  const body = { ...looksAt(task, part), result: `export const ${part} = 1;`, tokens, costMicros };
  await ask({ type: "record_step", body }, { steps: 1, tokens, costMicros });
}

async function reserveAndSettle(task: string, part: string, dice: Random, ask: Ask): Promise<void> {
  const most = 1 + dice.below(5_000);
  const { result } = await ask({ type: "reserve_step", body: { ...looksAt(task, part), costMicros: most } });
  if (result === undefined) return;
  const reservation = String(result["reservation"]);
  const [tokens, costMicros] = [dice.below(300), dice.below(most + 1)];
  const body = { reservation, result: `export const ${part} = 2;`, tokens, costMicros };
  await ask({ type: "settle_step", body }, { steps: 1, tokens, costMicros });
}

async function job(name: string, dice: Random, ask: Ask): Promise<void> {
  const made = await ask({ type: "create_task", body: { title: `the part ${name}`, scope: name } });
  if (made.verdict === "refused") return;
  const task = String(made.result?.["task"]);
  await ask({ type: "claim_task", body: { task } });
  const steps = 1 + dice.below(STEPS_MAX);
  for (let step = 1; step <= steps; step += 1)
    await dice.pick([record, reserveAndSettle])(task, `${name}_${step}`, dice, ask);
  await ask({ type: "move_task", body: { task, to: "in_review", reason: "ready to be read" } });
}

/** Does one job after the other until told that it is over; every command it began is answered by then. */
export async function workAt(desk: Desk): Promise<void> {
  const ask = askAs(desk);
  for (let jobs = 1; !desk.isOver(); jobs += 1) await job(`${desk.agent}_${jobs}`, desk.dice, ask);
}
