// A process of its own: eight agents that claim, at once. Given a number of rounds over one they also work on what they
// get, under its fence, and give it back. Its clock runs ahead as it is told, so that leases of the dead run out.
// Arguments: path, name, seed, number of rounds, milliseconds ahead, and what to claim: a task, `next` or `any`.

import type { Request } from "../../src/kernel/index.ts";
import { random } from "./random.ts";
import type { Random } from "./random.ts";
import type { Ask } from "./worker.ts";
import { openWorker } from "./worker.ts";

const CLAIMERS = 8;
/** T-1 up to this one are there. */
export const TASKS = 24;

function claim(wanted: string, dice: Random): Request {
  if (wanted === "next" || (wanted === "any" && dice.below(2) === 0)) return { type: "claim_task", body: {} };
  // Most of the hands reach for the first.
  const task = wanted !== "any" ? wanted : dice.below(2) === 0 ? "T-1" : `T-${1 + dice.below(TASKS)}`;
  return { type: "claim_task", body: { task } };
}

/** Some steps, and the end of the turn; a refused write ends it too, for then the task is another's. */
async function work(task: string, fence: number, dice: Random, tell: Ask): Promise<void> {
  for (let left = dice.below(4); left > 0; left -= 1) {
    const { verdict } = await tell({ type: "record_step", body: { task, tokens: dice.below(100) }, fence });
    if (verdict === "refused") return;
  }
  if (dice.below(4) === 0) await tell({ type: "move_task", body: { task, to: "in_review" }, fence });
  else await tell({ type: "release_task", body: { task }, fence });
}

async function main(args: readonly string[]): Promise<void> {
  const [path = "", name = "", seed = "0", rounds = "1", offsetMs = "0", wanted = "next"] = args;
  const worker = await openWorker({ path, offsetMs: Number(offsetMs) });
  const claimers = Array.from({ length: CLAIMERS }, async (_, n) => {
    const dice = random(Number(seed) + n);
    const tell = worker.as(`${name}-${n}`, seed);
    for (let round = 0; round < Number(rounds); round += 1) {
      const { verdict, result } = await tell(claim(wanted, dice));
      if (verdict === "granted" && rounds !== "1")
        await work(String(result?.["task"]), Number(result?.["fence"]), dice, tell);
    }
  });
  await Promise.all(claimers);
  await worker.close();
}

if (import.meta.main) await main(process.argv.slice(2));
