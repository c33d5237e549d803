// The model's rules about who acts, under what, and who holds the task: asleep, halted, run, lease, escalation.

import { isAgent } from "./case.ts";
import type { Case, Finding } from "./case.ts";
import { haltedOver, isHalted } from "./halts.ts";
import { heldBy } from "./leases.ts";
import { rootOf } from "./lineage.ts";
import { isEnded } from "./state.ts";
import type { ModelTask } from "./state.ts";

const HELD_MAX = 16;

/** Creating, claiming, spending: what an agent asleep, or under a halt, does not do. */
export function isWork(it: Case): boolean {
  return it.makes !== null || it.claims || it.spends !== null || it.renews;
}

export function asleep(it: Case): Finding {
  const sleeps = it.world.actors.get(it.name)?.asleepSince !== null && it.world.actors.has(it.name);
  return isAgent(it) && sleeps && isWork(it) ? "agent.asleep" : null;
}

export function halted(it: Case): Finding {
  if (!isWork(it)) return null;
  const { world, task } = it;
  if (it.makes === null) {
    const who = task?.holder !== null && it.actor.kind === "harness" ? (task?.holder ?? it.name) : it.name;
    return task !== null && haltedOver(world, task, who) ? "halt.active" : null;
  }
  const parent = it.makes.body.parent ?? null;
  const above = parent === null ? [] : [`lineage/${rootOf(world, parent)}`];
  const origin = world.tasks.has(parent ?? "") ? [`lineage/${world.tasks.get(parent ?? "")?.originRoot}`] : [];
  const own = isAgent(it) ? [`agent/${it.actor.id}`] : [];
  return [...above, ...origin, ...own, "workspace"].some((scope) => isHalted(world, scope)) ? "halt.active" : null;
}

const PAST_ITS_RUN = ["settle_step", "cancel_step", "sleep_agent", "release_task", "end_run"];

export function run(it: Case): Finding {
  if (it.run === null || PAST_ITS_RUN.includes(it.type)) return null;
  const ended = it.world.runs.some((one) => one.actor === it.name && one.run === it.run && one.ended);
  return ended ? "run.ended" : null;
}

function claimOf(it: Case, task: ModelTask): Finding {
  if (task.holder === it.name) return "lease.yours_already";
  if (task.holder !== null) return "lease.taken";
  return isAgent(it) && heldBy(it.world, it.name).length >= HELD_MAX ? "lease.too_many" : null;
}

/** Whose hand may touch the lease of a task. */
function mayWrite(it: Case, task: ModelTask): boolean {
  if (task.holder === it.name) return true;
  switch (it.type) {
    case "move_task":
      return task.holder === null || !isAgent(it);
    case "release_task":
      return task.holder !== null && !isAgent(it);
    default:
      return it.actor.kind === "harness" && task.holder !== null;
  }
}

const WRITES_AS_HOLDER = ["move_task", "release_task", "reserve_step", "record_step", "renew_lease"];

export function lease(it: Case): Finding {
  const { task } = it;
  if (task === null || it.makes !== null) return null;
  if (it.claims && task.holder !== null) return claimOf(it, task);
  if (isAgent(it) && it.fence !== null && it.fence !== task.fence) return "lease.fence_stale";
  if (it.claims) return claimOf(it, task);
  return WRITES_AS_HOLDER.includes(it.type) && !mayWrite(it, task) ? "lease.not_held" : null;
}

function claimable(it: Case, task: ModelTask): Finding {
  if (it.world.at < task.notBefore) return "escalation.backoff";
  if (task.tier === "peer" && task.failed.includes(it.name)) return "escalation.peer_needed";
  const lead = it.world.policy.escalation.lead;
  return task.tier === "lead" && it.actor.id !== lead ? "escalation.lead_needed" : null;
}

export function escalation(it: Case): Finding {
  const { task, world } = it;
  if (task === null || !isAgent(it) || it.to === null) return null;
  const dead = task.state === world.policy.lifecycle.parked && task.parks >= world.policy.escalation.attemptsMax;
  if (dead) return "escalation.dead_letter";
  return it.claims ? claimable(it, task) : null;
}

export function capability(it: Case): Finding {
  if (!isAgent(it) || !it.claims || it.task === null) return null;
  const has = it.world.actors.get(it.name)?.capabilities ?? [];
  return it.task.needs.every((need) => has.includes(need)) ? null : "claim.capability_missing";
}

export function deadline(it: Case): Finding {
  const at = it.task?.deadlineAt ?? null;
  if (at === null || it.makes !== null || !(it.claims || it.spends !== null)) return null;
  return it.world.at >= at ? "task.deadline_passed" : null;
}

/** Humans and the system edit, give and place what they like; an agent what it holds, made, or holds the parent of. */
export function isTheirs(it: Case, task: ModelTask): boolean {
  if (!isAgent(it)) return true;
  const parent = task.parent === null ? undefined : it.world.tasks.get(task.parent);
  return task.holder === it.name || task.author === it.name || parent?.holder === it.name;
}

export function notTheirs(it: Case, task: ModelTask): Finding {
  if (isEnded(it.world, task)) return "task.ended";
  return isTheirs(it, task) ? null : "task.not_yours";
}
