// A kernel process of its own: several agents at work over the PostgreSQL store, until its standard input ends. Each answer
// is one line on standard output, written after its commit; each fault that was met one line on standard error. The
// database's URL comes in FAILOVER_URL. Arguments: name, seed, number of agents.

import { writeSync } from "node:fs";
import { random } from "../support/random.ts";
import { POLICY, workAt } from "./jobs.ts";
import { openKernel } from "./open-kernel.ts";

const [name = "", seed = "0", agents = "1"] = process.argv.slice(2);
const { kernel, close } = await openKernel(process.env["FAILOVER_URL"] ?? "", POLICY);
let over = false;
process.stdin.on("end", () => (over = true)).resume();
const atWork = Array.from({ length: Number(agents) }, (_, n) =>
  workAt({
    kernel,
    agent: `${name}a${n + 1}`,
    dice: random(Number(seed) + n),
    tell: (answer) => void writeSync(1, `${JSON.stringify(answer)}\n`),
    onFault: (message) => void writeSync(2, `${message}\n`),
    isOver: () => over,
  }),
);
await Promise.all(atWork);
await close();
