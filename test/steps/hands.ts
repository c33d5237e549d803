// Agents that take steps through a real kernel, one task among them: each step is reserved, and settled where it was
// granted.

import { DAY_ONE_POLICY, STEP_RULES } from "../../src/core/index.ts";
import type { Mode, Policy, RecordedDecision } from "../../src/core/index.ts";
import type { Kernel, Reply, Request } from "../../src/kernel/index.ts";
import type { Store } from "../../src/store/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import type { Act } from "../support/loops/act.ts";

function everyStepRule(mode: Mode): Policy {
  return { ...DAY_ONE_POLICY, modes: Object.fromEntries(STEP_RULES.map(({ name }) => [name, mode])) };
}

/** Every detector refuses, or every one only says what it would have done. */
export const ENFORCED: Policy = everyStepRule("enforce");
export const OBSERVED: Policy = everyStepRule("observe");

/** A workspace over this store; the first one over it adopts the policy, and time goes on in a later one. */
export async function workspace(policy: Policy, store?: Store, lateMs = 0): Promise<Bench> {
  const given = store === undefined ? {} : { store };
  const made = await bench({ ...given, policy, init: lateMs === 0 });
  made.clock.now += lateMs;
  return made;
}

/** Submits what has to be granted. */
export async function granted(kernel: Kernel, request: Request): Promise<Reply> {
  const reply = await kernel.submit(request);
  const { verdict, code, message } = reply.decision;
  if (verdict === "refused") throw new Error(`${code}: ${message}`);
  return reply;
}

export async function newTask({ human }: Bench): Promise<string> {
  const { decision } = await granted(human, { type: "create_task", body: { title: "write the parser" } });
  return String(decision.result?.["task"]);
}

/** One agent that holds the task, in one run. */
export type Hand = {
  readonly agent: Kernel;
  readonly task: string;
  readonly fence: number;
  readonly run: string | undefined;
  readonly bench: Bench;
};

let commands = 0;

const STEP_MS = 300;

/** Ids that no other workspace over the same store gives. */
const commandId = (): string => `hand-${(commands += 1)}`;

export async function claims(on: Bench, name: string, task: string, run?: string): Promise<Hand> {
  const agent = on.agent(name);
  if (run !== undefined) await granted(agent, { type: "start_run", body: { run }, commandId: commandId() });
  await granted(agent, { type: "claim_task", body: { task }, run, commandId: commandId() });
  const fence = (await on.human.task(task))?.task.fence;
  if (fence === undefined) throw new Error(`${task} is not there`);
  return { agent, task, fence, run, bench: on };
}

/** The same agent in a new run of its, under the lease it has. */
export async function restarted(hand: Hand, run: string): Promise<Hand> {
  await granted(hand.agent, { type: "start_run", body: { run }, commandId: commandId() });
  return { ...hand, run };
}

export async function releases({ agent, task, fence, run }: Hand): Promise<void> {
  await granted(agent, { type: "release_task", body: { task }, fence, run, commandId: commandId() });
}

export type Taken = { readonly id: string | null; readonly decision: RecordedDecision };

/** Reserves the step, and where that is granted, settles it. */
export async function takes(hand: Hand, act: Act, handBack = false): Promise<Taken> {
  const { agent, task, fence, run, bench: on } = hand;
  on.clock.now += STEP_MS;
  const { kind, tool, call, result, failed } = act;
  const asked = kind === "message" ? { class: "message" as const } : { tool, call };
  const body = { task, ...asked, started: true, handBack };
  const { id, decision } = await agent.submit({ type: "reserve_step", body, fence, run, commandId: commandId() });
  if (decision.verdict === "granted") {
    const reservation = String(decision.result?.["reservation"]);
    const said = result === null ? {} : { result };
    await granted(agent, { type: "settle_step", body: { reservation, ...said, failed }, commandId: commandId() });
  }
  return { id, decision };
}

/** Takes steps until one is refused; how many ran, and the refusal. */
export async function until(
  hand: Hand,
  act: (place: number) => Act,
  from = 0,
  most = 60,
): Promise<Taken & { readonly ran: number }> {
  for (let place = from; place < from + most; place += 1) {
    const taken = await takes(hand, act(place));
    if (taken.decision.verdict === "refused") return { ...taken, ran: place };
  }
  throw new Error(`nothing was refused in ${most} steps`);
}

/** Takes so many steps, all of them granted. */
export async function takesAll(hand: Hand, acts: readonly Act[]): Promise<void> {
  for (const act of acts) {
    const { decision } = await takes(hand, act);
    if (decision.verdict === "refused") throw new Error(`${decision.code}: ${decision.message}`);
  }
}
