// The model's ladder after failed attempts: anybody, then a peer, then the lead, then a human.

import { backoffMs } from "../../src/core/index.ts";
import type { Policy } from "../../src/core/index.ts";
import type { ModelTask, World } from "./state.ts";

/** The pause after the n-th failure; the one pure function that the model shares with the kernel. */
export function pauseOf(policy: Policy, task: string, failures: number): number {
  return backoffMs(task, failures, policy.escalation);
}

function park(world: World, task: ModelTask): void {
  task.state = world.policy.lifecycle.parked;
  task.entries.push(task.state);
  task.tier = "human";
  task.parks += 1;
  task.failures = 0;
}

/** One more failed attempt, by `who` at `at`; the task stands in the released state already. */
export function climb(world: World, task: ModelTask, who: string, at: number): void {
  const { attemptsMax, retriesMax, lead } = world.policy.escalation;
  task.failures += 1;
  task.notBefore = at;
  if (!task.failed.includes(who)) task.failed.push(who);
  if (task.failures >= attemptsMax) return park(world, task);
  if (task.failures <= retriesMax) {
    task.tier = "anybody";
    task.notBefore = at + pauseOf(world.policy, task.id, task.failures);
  } else if (task.failures === attemptsMax - 1 && lead !== null) {
    task.tier = "lead";
    task.assignee = `agent:${lead}`;
  } else {
    task.tier = "peer";
    task.assignee = null;
  }
}
