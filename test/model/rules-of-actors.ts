// The model's rules about who acts, under what, and who holds the task: asleep, halted, run, lease, escalation.

import { isAgent } from "./case.ts";
import type { Case, Finding, Making } from "./case.ts";
import { isDead, isParked, waitedFor } from "./escalation.ts";
import { haltedOver, isHalted } from "./halts.ts";
import { heldBy } from "./leases.ts";
import { rootOf } from "./lineage.ts";
import type { ModelTask } from "./state.ts";

const HELD_MAX = 16;

/** Creating, claiming, spending: what nobody does under a halt. */
function isWork(it: Case): boolean {
  return it.makes !== null || it.claims || it.spends !== null || it.renews;
}

const CHANGES = ["edit_task", "assign_task", "place_task"];

/** What an agent asleep does not do either: changing what it does not hold. */
function isMeddling(it: Case): boolean {
  return CHANGES.includes(it.type) || (it.type === "move_task" && !it.claims && it.task?.holder !== it.name);
}

export function asleep(it: Case): Finding {
  const sleeps = it.world.actors.get(it.name)?.asleepSince !== null && it.world.actors.has(it.name);
  return isAgent(it) && sleeps && (isWork(it) || isMeddling(it)) ? "agent.asleep" : null;
}

function overNew(it: Case, makes: Making): readonly string[] {
  const parent = makes.body.parent ?? null;
  const root = parent === null ? makes.id : rootOf(it.world, parent);
  const above = parent === null ? [] : [`task/${parent}`, `lineage/${root}`];
  // What comes from itself (an id that is taken, told again) has nothing above it there.
  const own = makes.originRoot === makes.id ? root : makes.originRoot;
  const origins = [own, it.world.tasks.get(parent ?? "")?.originRoot ?? root];
  const origin = origins.filter((one) => one !== root).map((one) => `lineage/${one}`);
  return [...above, ...origin, ...(isAgent(it) ? [`agent/${it.actor.id}`] : []), "workspace"];
}

export function halted(it: Case): Finding {
  const { world, task, makes } = it;
  if (isAgent(it) && task !== null && isMeddling(it)) return haltedOver(world, task, it.name) ? "halt.active" : null;
  if (!isWork(it)) return null;
  if (makes !== null) return overNew(it, makes).some((scope) => isHalted(world, scope)) ? "halt.active" : null;
  const who = it.claims ? it.name : (task?.holder ?? it.name);
  return task !== null && haltedOver(world, task, who) ? "halt.active" : null;
}

/** Giving work back, settling and ending pass: a run that is over may still put its things in order. */
export function run(it: Case): Finding {
  if (it.run === null || !(isWork(it) || isMeddling(it))) return null;
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
    case "reopen_task":
      return task.holder === null || !isAgent(it);
    case "release_task":
      return task.holder !== null && !isAgent(it);
    default:
      return !isAgent(it) && task.holder !== null;
  }
}

/** Claims take a new fence, whatever old one is sent along. */
const WRITES_AS_HOLDER = ["move_task", "reopen_task", "release_task", "reserve_step", "record_step", "renew_lease"];

/** A fence that comes with a new task is the parent's, or one of a task that the agent holds. */
function isFenceOfNobody(it: Case, { body }: Making): boolean {
  if (!isAgent(it) || it.fence === null) return false;
  const right = [it.world.tasks.get(body.parent ?? ""), ...heldBy(it.world, it.name)];
  return !right.some((one) => one?.fence === it.fence);
}

export function lease(it: Case): Finding {
  const { task, makes } = it;
  if (makes !== null) return isFenceOfNobody(it, makes) ? "lease.fence_stale" : null;
  if (task === null) return null;
  if (it.claims && task.holder !== null) return claimOf(it, task);
  if (it.claims) return claimOf(it, task);
  const stale = it.fence !== null && it.fence !== task.fence;
  // A fence speaks of the actor's own claim: editing takes it only from whoever worked on the task last.
  if (CHANGES.includes(it.type)) return stale && task.worker === it.name ? "lease.fence_stale" : null;
  if (!WRITES_AS_HOLDER.includes(it.type)) return null;
  if (stale) return "lease.fence_stale";
  return mayWrite(it, task) ? null : "lease.not_held";
}

function claimable(it: Case, task: ModelTask): Finding {
  if (it.world.at < task.notBefore) return "escalation.backoff";
  const tier = waitedFor(it.world, task);
  if (tier === "human") return "escalation.human_needed";
  if (tier === "peer" && task.failed.includes(it.name)) return "escalation.peer_needed";
  return tier === "lead" && it.actor.id !== it.world.policy.escalation.lead ? "escalation.lead_needed" : null;
}

export function escalation(it: Case): Finding {
  const { task, world } = it;
  if (task === null || !isAgent(it) || it.to === null) return null;
  if (task.holder === null && isParked(task)) {
    if (isDead(world, task)) return "escalation.dead_letter";
    return task.tier === "stuck" ? "escalation.stuck" : "escalation.human_needed";
  }
  return it.claims ? claimable(it, task) : null;
}

export function capability(it: Case): Finding {
  if (!isAgent(it) || !it.claims || it.task === null) return null;
  const has = it.world.actors.get(it.name)?.capabilities ?? [];
  return it.task.needs.every((need) => has.includes(need)) ? null : "claim.capability_missing";
}

export function deadline(it: Case): Finding {
  const at = it.task?.deadlineAt ?? null;
  if (at === null || it.makes !== null || !(it.claims || it.renews || it.spends?.handBack === false)) return null;
  return it.world.at >= at ? "task.deadline_passed" : null;
}

/** Humans and the system edit, give and place what they like; an agent what it holds, made, or holds the parent of. */
function isTheirs(it: Case, task: ModelTask): boolean {
  const parent = task.parent === null ? undefined : it.world.tasks.get(task.parent);
  return task.holder === it.name || task.author === it.name || parent?.holder === it.name;
}

export function editor(it: Case): Finding {
  if (!isAgent(it) || it.task === null || !CHANGES.includes(it.type)) return null;
  if (!isTheirs(it, it.task)) return "task.not_yours";
  const above = it.places === null ? undefined : it.world.tasks.get(it.places);
  if (above !== undefined && !isTheirs(it, above)) return "task.not_yours";
  return it.loosens ? "task.limit_loosened" : null;
}

/** Work that nobody holds is moved by those it concerns; what waits for review, by anybody. */
export function stranger(it: Case): Finding {
  const { task, world, name } = it;
  if (!isAgent(it) || it.type !== "move_task" || it.claims || task === null || task.holder !== null) return null;
  if (task.state === world.policy.lifecycle.review) return null;
  return task.worker === name || task.assignee === name || isTheirs(it, task) ? null : "task.stranger";
}
