// Invariant 7, the other half: whoever enters a state has met what the state demands.

import type { Event, Policy } from "../../src/core/index.ts";
import { isGrant } from "./history.ts";
import type { Faults, History } from "./history.ts";

type Life = {
  readonly parent: string | null;
  blockedBy: readonly string[];
  state: string;
  worker: string | null;
  /** Which claim and attempt the evidence is of. */
  claim: string;
  evidence: readonly Seen[];
};

type Seen = Extract<Event, { readonly type: "evidence_recorded" }>["body"];

function follow(lives: Map<string, Life>, event: Event): void {
  if (event.type === "task_created") {
    const { task, parent, blockedBy, state } = event.body;
    lives.set(task, { parent, blockedBy, state, worker: null, claim: claimOf(0, 1), evidence: [] });
  }
  if (event.type === "task_placed") {
    const life = lives.get(event.body.task);
    if (life !== undefined) lives.set(event.body.task, { ...life, parent: event.body.parent });
  }
  const life = "task" in event.body && typeof event.body.task === "string" ? lives.get(event.body.task) : undefined;
  if (life === undefined) return;
  if (event.type === "task_edited") life.blockedBy = event.body.blockedBy ?? life.blockedBy;
  if (event.type === "evidence_recorded") life.evidence = [...life.evidence, event.body];
  if (event.type !== "task_moved") return;
  const { to, holder, fence, attempt } = event.body;
  if (claimOf(fence, attempt) !== life.claim) life.evidence = [];
  life.claim = claimOf(fence, attempt);
  life.state = to;
  life.worker = holder ?? life.worker;
}

const claimOf = (fence: number, attempt: number): string => `${fence}/${attempt}`;

/** Seen in this claim and attempt, by whoever did not do the work: of each source the last word. */
function isProven(wanted: string, { evidence, claim, worker }: Life): boolean {
  const fits = evidence.filter(
    ({ what, name, of, attempt }) =>
      claimOf(of, attempt) === claim &&
      (what === "command" ? name === wanted : what === wanted) &&
      !(what === "review" && `agent:${name}` === worker),
  );
  return [...Map.groupBy(fits, ({ name }) => name).values()].some((words) => words.at(-1)?.passed === true);
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
    case "evidence":
      return event.kind === "agent" && life !== undefined && !policy.evidence.every((one) => isProven(one, life));
    default:
      return false;
  }
}

/** Rules that only observe let a move pass, and have to mark it. */
function isMarked(guard: string, event: Event, policy: Policy): boolean {
  const observed = guard === "evidence" && (policy.modes["evidence"] ?? "observe") === "observe";
  return observed && (event.decision?.wouldHave ?? []).some(({ code }) => code === "done.evidence_missing");
}

/** 7. Each transition has its guards true; where a guard is only observed, the move bears its mark. */
export function guardFaults({ events, policy }: History): Faults {
  const faults: string[] = [];
  const lives = new Map<string, Life>();
  for (const event of events) {
    if (event.type === "task_moved" && isGrant(event) && event.kind !== "system" && event.body.via !== "release") {
      const { task, to } = event.body;
      const waived = event.decision?.waived ?? [];
      for (const guard of policy.lifecycle.guards[to] ?? [])
        if (waived.length === 0 && unmet(guard, task, event, lives, policy) && !isMarked(guard, event, policy))
          faults.push(`${event.sequence}: ${task} enters ${to} without ${guard}`);
    }
    follow(lives, event);
  }
  return faults;
}
