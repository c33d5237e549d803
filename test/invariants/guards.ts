// Invariant 7, the other half: whoever enters a state has met what the state demands.

import type { Event, Policy } from "../../src/core/index.ts";
import { isGrant } from "./history.ts";
import type { Faults, History } from "./history.ts";

type Life = {
  readonly parent: string | null;
  blockedBy: readonly string[];
  state: string;
  worker: string | null;
};

function follow(lives: Map<string, Life>, event: Event): void {
  if (event.type === "task_created") {
    const { task, parent, blockedBy, state } = event.body;
    lives.set(task, { parent, blockedBy, state, worker: null });
  }
  if (event.type === "task_placed") {
    const life = lives.get(event.body.task);
    if (life !== undefined) lives.set(event.body.task, { ...life, parent: event.body.parent });
  }
  const life = "task" in event.body && typeof event.body.task === "string" ? lives.get(event.body.task) : undefined;
  if (life === undefined) return;
  if (event.type === "task_edited") life.blockedBy = event.body.blockedBy ?? life.blockedBy;
  if (event.type !== "task_moved") return;
  life.state = event.body.to;
  life.worker = event.body.holder ?? life.worker;
}

function unmet(guard: string, task: string, event: Event, lives: ReadonlyMap<string, Life>, policy: Policy): boolean {
  if (event.type !== "task_moved") return false;
  const isOpen = (life: Life | undefined): boolean =>
    life !== undefined && !policy.lifecycle.terminal.includes(life.state);
  const life = lives.get(task);
  switch (guard) {
    case "reason":
      return event.kind === "agent" && event.body.reason === null;
    case "other_actor":
      return event.kind === "agent" && life?.worker === `agent:${event.actor}`;
    case "no_open_children":
      return [...lives.values()].some((child) => child.parent === task && isOpen(child));
    case "no_open_blockers":
      return (life?.blockedBy ?? []).some((id) => isOpen(lives.get(id)));
    default:
      return false;
  }
}

/** 7. Each transition has its guards true (of evidence the model knows more). */
export function guardFaults({ events, policy }: History): Faults {
  const faults: string[] = [];
  const lives = new Map<string, Life>();
  for (const event of events) {
    if (event.type === "task_moved" && isGrant(event) && event.kind !== "system" && event.body.via !== "release") {
      const { task, to } = event.body;
      const waived = event.decision?.waived ?? [];
      for (const guard of policy.lifecycle.guards[to] ?? [])
        if (waived.length === 0 && unmet(guard, task, event, lives, policy))
          faults.push(`${event.sequence}: ${task} enters ${to} without ${guard}`);
    }
    follow(lives, event);
  }
  return faults;
}
