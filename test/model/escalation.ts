// The model's ladder after failed attempts: anybody, then a peer, then the lead, then a human.

import type { Policy } from "../../src/core/index.ts";
import type { ModelTask, Tier, World } from "./state.ts";

const MASK = 0xffff_ffffn;

/** FNV-1a of 32 bits, taken over the UTF-16 units of a text. */
function fnv1a(text: string): number {
  const units = Array.from({ length: text.length }, (_, index) => BigInt(text.charCodeAt(index)));
  return Number(units.reduce((sum, unit) => ((sum ^ unit) * 16_777_619n) & MASK, 2_166_136_261n));
}

/** The pause after the n-th failure: longer each time up to the longest, then the half of it and a drawn part of the rest. */
export function pauseOf(policy: Policy, task: string, failures: number): number {
  const { backoffFirstMs, backoffFactor, backoffMaxMs } = policy.escalation;
  let whole = backoffFirstMs;
  for (let n = 1; n < failures; n += 1) whole *= backoffFactor;
  const longest = Math.min(whole, backoffMaxMs);
  return Math.floor(longest / 2 + ((longest / 2) * fnv1a(`${task}/${failures}`)) / 2 ** 32);
}

/** Parked, for failures or for its steps: no agent takes it up again. */
export function isParked(task: ModelTask): boolean {
  return task.tier === "human" || task.tier === "stuck";
}

/** Parked as often as attempts are granted. */
export function isDead(world: World, task: ModelTask): boolean {
  return isParked(task) && task.parks >= world.policy.escalation.attemptsMax;
}

/** A human acted: the ladder begins anew. How often the task was parked is kept, unless a dead letter is revived. */
export function relent(world: World, task: ModelTask): void {
  if (isDead(world, task)) task.parks = 0;
  task.tier = "anybody";
  task.failures = 0;
  task.failed = [];
  task.notBefore = 0;
}

/** Peers are waited for as long as a lease lives, from the failure on; then the lead, where one is named, as long again. */
export function waitedFor({ policy, at }: World, task: ModelTask): Tier {
  const { lead } = policy.escalation;
  const isOver = (rungs: number): boolean => at >= task.notBefore + rungs * policy.lease.ttlMs;
  if (task.tier === "peer") {
    if (!isOver(1)) return "peer";
    return lead !== null && !isOver(2) ? "lead" : "human";
  }
  if (task.tier !== "lead") return task.tier;
  if (lead === null) return "anybody";
  return isOver(1) ? "human" : "lead";
}

/** The same for what waits for humans and an agent takes up by a human's approval; it rests no less. */
export function takeUp(world: World, task: ModelTask, claims: boolean): void {
  if (!isParked(task) && !(claims && waitedFor(world, task) === "human")) return;
  task.tier = "anybody";
  task.failures = 0;
  task.failed = [];
}

function park(task: ModelTask): void {
  task.tier = "human";
  task.parks += 1;
  task.failures = 0;
}

/** One more failed attempt, by `who` at `at`; the state that the task goes to. */
export function climb(world: World, task: ModelTask, who: string, at: number): string {
  const { attemptsMax, retriesMax, lead } = world.policy.escalation;
  task.failures += 1;
  task.notBefore = at;
  if (!task.failed.includes(who)) task.failed.push(who);
  if (task.failures >= attemptsMax) {
    park(task);
    return world.policy.lifecycle.parked;
  }
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
  return world.policy.lifecycle.released;
}
