// A process of its own: one agent that creates, claims, works, moves and releases on a shared SQLite file until it is
// killed or done. Each answer goes to stdout, as one line in one write, after its commit and before the next command.
// Arguments: path, agent's name, seed, number of commands.

import { writeSync } from "node:fs";
import type { Request } from "../../src/kernel/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import { agentActor, bench } from "./kernels.ts";
import { random } from "./random.ts";

const [path = "", name = "", seed = "0", commands = "0"] = process.argv.slice(2);
const store = await openSqliteStore({ path });
const { human, clock } = await bench({ store, init: false });
const kernel = human.as(agentActor(name));
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
  return { type: "move_task", body: { task, to: dice.pick(["in_review", "blocked", "todo", "done"]) } };
}

writeSync(1, "ready\n");
for (let step = 0; step < Number(commands); step += 1) {
  clock.now = Date.now();
  const request = held === null ? idle(step) : working(held);
  const { id, decision } = await kernel.submit({ ...request, commandId: `${name}-${seed}-${step}` });
  writeSync(
    1,
    JSON.stringify({ id, code: decision.code, commandId: decision.commandId, result: decision.result ?? null }) + "\n",
  );
  if (decision.code === "task.claimed") held = String(decision.result?.["task"]);
  else if (request.type !== "record_step" && decision.verdict === "granted") held = null;
}
await store.close();
