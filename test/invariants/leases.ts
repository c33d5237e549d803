// Invariants of who acts and who holds: one live lease a task, rising fences, nothing granted to the stale, the halted
// or the sleeping, and only moves that the table has.

import type { Event, Policy } from "../../src/core/index.ts";
import { actorOf, isGrant } from "./history.ts";
import type { Faults, History } from "./history.ts";

type Held = { readonly holder: string | null; readonly fence: number; readonly until: number | null };

/** 3. At most one live lease per task; fences strictly increase. */
export function leaseFaults({ events }: History): Faults {
  const faults: string[] = [];
  const tasks = new Map<string, Held>();
  for (const event of events) {
    if (event.type === "lease_renewed") {
      const held = tasks.get(event.body.task);
      if (held?.holder == null) faults.push(`${event.sequence}: ${event.body.task} is renewed and nobody holds it`);
      else tasks.set(event.body.task, { ...held, until: event.body.lease.expiresAt });
    }
    if (event.type !== "task_moved") continue;
    const { task, holder, fence, lease } = event.body;
    const before = tasks.get(task) ?? { holder: null, fence: 0, until: null };
    const claimed = holder !== null && event.body.via === "claim";
    if (claimed && before.holder !== null) faults.push(`${event.sequence}: ${task} is claimed while it is held`);
    if (claimed && fence <= before.fence)
      faults.push(`${event.sequence}: ${task}'s fence goes from ${before.fence} to ${fence}`);
    if (!claimed && fence < before.fence) faults.push(`${event.sequence}: ${task}'s fence goes back to ${fence}`);
    tasks.set(task, { holder, fence, until: lease?.expiresAt ?? null });
  }
  return faults;
}

const WORK: readonly Event["type"][] = ["task_created", "step_reserved", "step_recorded", "lease_renewed"];

function isWork(event: Event): boolean {
  return WORK.includes(event.type) || (event.type === "task_moved" && event.body.via === "claim");
}

type Standing = {
  readonly fences: Map<string, number>;
  /** Who holds what, as far as anybody noticed. */
  readonly holders: Map<string, string | null>;
  readonly asleep: Set<string>;
  readonly halted: Set<string>;
  readonly roots: Map<string, readonly string[]>;
};

function stand(now: Standing, event: Event): void {
  switch (event.type) {
    case "task_created":
      now.roots.set(event.body.task, [event.body.root, event.body.originRoot]);
      break;
    case "task_moved":
      now.fences.set(event.body.task, event.body.fence);
      now.holders.set(event.body.task, event.body.holder);
      break;
    case "agent_slept":
      now.asleep.add(event.body.agent);
      break;
    case "agent_woken":
      now.asleep.delete(event.body.agent);
      break;
    case "scope_halted":
      now.halted.add(event.body.scope);
      break;
    case "scope_resumed":
      now.halted.delete(event.body.scope);
      break;
    default:
  }
}

/** The task that work is done on; a new task is work below its parent. */
function workedOn(event: Event): string | null {
  if (event.type === "task_created") return event.body.parent;
  return "task" in event.body && typeof event.body.task === "string" ? event.body.task : null;
}

function scopesAbove(now: Standing, event: Event): readonly string[] {
  const task = workedOn(event);
  const roots = (now.roots.get(task ?? "") ?? []).map((root) => `lineage/${root}`);
  const own = task === null ? [] : [`task/${task}`];
  const agent = event.kind === "agent" ? [`agent/${event.actor}`] : [];
  return [...own, ...roots, ...agent, "workspace"];
}

/** A claim takes a fence of its own, whatever comes with it. */
function isClaim(event: Event): boolean {
  return event.type === "task_moved";
}

/** The fence of the task that is worked on; a new task may come with that of any task its maker holds. */
function presentFences(now: Standing, event: Event): readonly number[] {
  const own = now.fences.get(workedOn(event) ?? "") ?? 0;
  if (event.type !== "task_created") return [own];
  const held = [...now.holders].filter(([, holder]) => holder === actorOf(event));
  return [...(event.body.parent === null ? [] : [own]), ...held.map(([task]) => now.fences.get(task) ?? 0)];
}

function standingFaults(now: Standing, event: Event): Faults {
  const faults: string[] = [];
  const at = `${event.sequence}: ${event.type} by ${actorOf(event)}`;
  // A human may let one very request of a sleeper through.
  const excused = (event.decision?.waived ?? []).some(({ code }) => code === "agent.asleep");
  if (event.kind === "agent" && now.asleep.has(actorOf(event)) && !excused) faults.push(`${at}, asleep`);
  const halted = scopesAbove(now, event).find((scope) => now.halted.has(scope));
  if (halted !== undefined) faults.push(`${at}, ${halted} is halted`);
  const present = presentFences(now, event);
  if (event.kind === "agent" && event.fence !== null && !isClaim(event) && !present.includes(event.fence))
    faults.push(`${at}, fence ${event.fence}, present ${present.join(" or ")}`);
  return faults;
}

/** 4. A stale fence, halted or sleeping actor creates, claims, reserves nothing. */
export function standingsFaults({ events }: History): Faults {
  const faults: string[] = [];
  const now: Standing = {
    fences: new Map(),
    holders: new Map(),
    asleep: new Set(),
    halted: new Set(),
    roots: new Map(),
  };
  for (const event of events) {
    if (isGrant(event) && isWork(event)) faults.push(...standingFaults(now, event));
    stand(now, event);
  }
  return faults;
}

function edgeFault(event: Event, policy: Policy, states: ReadonlyMap<string, string>): string | null {
  if (event.type !== "task_moved" || event.body.toldAt !== null) return null;
  const { task, from, to, by } = event.body;
  const at = `${event.sequence}: ${task} ${from} -> ${to} by ${by}`;
  if (states.get(task) !== from) return `${at}, but it stood in ${states.get(task)}`;
  const edge = policy.lifecycle.edges.find((one) => one.from === from && one.to === to);
  return edge?.by.includes(by) === true ? null : `${at} is no edge`;
}

/** 7. Each transition is an edge of the table for that kind of actor. */
export function edgeFaults({ events, policy }: History): Faults {
  const faults: string[] = [];
  const states = new Map<string, string>();
  for (const event of events) {
    const fault = edgeFault(event, policy, states);
    if (fault !== null) faults.push(fault);
    if (event.type === "task_created") states.set(event.body.task, event.body.state);
    if (event.type === "task_moved") states.set(event.body.task, event.body.to);
  }
  return faults;
}
