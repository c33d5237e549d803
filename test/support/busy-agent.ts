// A process of its own: one agent that creates, claims, works, moves and releases on a shared SQLite file until it is
// killed or done. Arguments: path, agent's name, seed, number of commands.

import type { Request } from "../../src/kernel/index.ts";
import { random } from "./random.ts";
import { openWorker } from "./worker.ts";

const [path = "", name = "", seed = "0", commands = "0"] = process.argv.slice(2);
const worker = await openWorker({ path });
const ask = worker.as(name, seed);
const dice = random(Number(seed));
let held: string | null = null;

function idle(step: number): Request {
  const task = `T-${1 + dice.below(24)}`;
  if (dice.below(4) > 0) return { type: "claim_task", body: { task } };
  return {
    type: "create_task",
    body: { title: `work of ${name}, ${seed}, ${step}`, ...(dice.below(2) === 0 ? { parent: task } : {}) },
  };
}

function working(task: string): Request {
  if (dice.below(6) > 0) return { type: "record_step", body: { task, tokens: dice.below(100) } };
  if (dice.below(3) > 0) return { type: "release_task", body: { task } };
  const to = dice.pick(["in_review", "blocked", "todo", "done"]);
  return { type: "move_task", body: { task, to, reason: "as the dice fell" } };
}

for (let step = 0; step < Number(commands); step += 1) {
  const request = held === null ? idle(step) : working(held);
  const decision = await ask(request);
  if (decision.code === "task.claimed") held = String(decision.result?.["task"]);
  else if (request.type !== "record_step" && decision.verdict === "granted") held = null;
}
await worker.close();
