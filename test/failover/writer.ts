// A kernel process of its own: several agents at work over the PostgreSQL store, until its standard input ends. Each answer
// is one line on standard output, written after its commit; each fault that was met one line on standard error. The
// database's URL comes in FAILOVER_URL. Arguments: name, seed, number of agents in each
// workspace.

import { writeSync } from "node:fs";
import { random } from "../support/random.ts";
import { workAt } from "./jobs.ts";
import { openKernels } from "./open-kernels.ts";

const [name = "", seed = "0", agents = "1"] = process.argv.slice(2);
const { kernels, close } = await openKernels(process.env["FAILOVER_URL"] ?? "");
let over = false;
process.stdin.on("end", () => (over = true)).resume();
const tell = (line: string, file: number): void => void writeSync(file, `${line}\n`);
const atWork = kernels.flatMap((kernel, place) =>
  Array.from({ length: Number(agents) }, (_, n) =>
    workAt({
      kernel,
      agent: `${name}w${place + 1}a${n + 1}`,
      dice: random(Number(seed) + 100 * place + n),
      tell: (answer) => tell(JSON.stringify(answer), 1),
      onFault: (message) => tell(message, 2),
      isOver: () => over,
    }),
  ),
);
await Promise.all(atWork);
await close();
