// A process of its own: one agent that claims, works under its fence, reserves, settles and releases, and writes down what it
// asked and was answered. Begun again after a death it first sends what it got no answer to, under the same id.
// Arguments: path, name, life, seed, number of commands, history's file, number of tasks.

import { readFileSync } from "node:fs";
import type { Reply, Request } from "../../src/kernel/index.ts";
import { operationsIn } from "./call-history.ts";
import type { Operation } from "./call-history.ts";
import { random } from "./random.ts";
import type { Random } from "./random.ts";
import { openWorker } from "./worker.ts";

type Hands = { readonly held: Map<string, number | undefined>; readonly reserved: string[] };

/** What was asked and never answered, as it was asked. */
function unanswered(operations: readonly Operation[], name: string): Request | null {
  const lost = operations.findLast(({ asked, answered }) => asked.actor === `agent:${name}` && answered === null);
  if (lost === undefined) return null;
  const { type, commandId, fence, body } = lost.asked;
  const task = String(body["task"]);
  if (type === "claim_task" || type === "release_task" || type === "record_step" || type === "reserve_step")
    return { type, commandId, fence, body: { task } };
  return { type: "settle_step", commandId, fence, body: { reservation: String(body["reservation"]) } };
}

function anyTask(dice: Random, tasks: number): string {
  return `T-${1 + dice.below(tasks)}`;
}

/** Mostly under the present fence, now and then under the one before, or on what it does not hold. */
function working(dice: Random, hands: Hands, tasks: number): Request {
  const [task, fence] = dice.pick([...hands.held]);
  const roll = dice.below(20);
  const under = { fence: roll === 4 && fence !== undefined ? Math.max(0, fence - 1) : fence };
  if (roll === 0) return { type: "record_step", body: { task: anyTask(dice, tasks) } };
  if (roll < 4 && hands.held.size < 3) return { type: "claim_task", body: { task: anyTask(dice, tasks) } };
  if (roll < 10) return { type: "record_step", body: { task }, ...under };
  if (roll < 13) return { type: "reserve_step", body: { task }, ...under };
  const [reservation] = hands.reserved;
  if (roll < 17 && reservation !== undefined) return { type: "settle_step", body: { reservation } };
  return { type: "release_task", body: { task }, ...under };
}

const GONE: readonly string[] = ["task.released", "lease.not_held", "lease.fence_stale"];

function learn({ held, reserved }: Hands, request: Request, { code, result = {} }: Reply["decision"]): void {
  const task = "task" in request.body ? String(request.body.task) : "";
  if (code === "task.claimed") held.set(task, Number(result["fence"]));
  if (code === "lease.yours_already" && !held.has(task)) held.set(task, undefined);
  if (GONE.includes(code)) held.delete(task);
  if (code === "step.reserved") reserved.push(String(result["reservation"]));
  if (request.type === "settle_step") reserved.shift();
}

async function main(args: readonly string[]): Promise<void> {
  const [path = "", name = "", life = "", seed = "0", commands = "0", history = "", tasks = "1"] = args;
  const lost = unanswered(operationsIn([readFileSync(history, "utf8")]), name);
  const worker = await openWorker({ path, history: { path: history, process: `${name}-${life}` } });
  const ask = worker.as(name, life);
  const dice = random(Number(seed));
  const hands: Hands = { held: new Map(), reserved: [] };
  for (let n = 0; n < Number(commands); n += 1) {
    const claim: Request = { type: "claim_task", body: { task: anyTask(dice, Number(tasks)) } };
    const next = hands.held.size === 0 ? claim : working(dice, hands, Number(tasks));
    const sent = n === 0 && lost !== null ? lost : next;
    const request: Request = { ...sent, commandId: sent.commandId ?? `${name}-${life}-n${n}` };
    learn(hands, request, await ask(request));
    // Now and then it sends the same command twice, as after a lost answer.
    if (dice.below(15) === 0) await ask(request);
  }
  await worker.close();
}

if (import.meta.main) await main(process.argv.slice(2));
