// The model's agents, runs, halts and human answers.

import { isReasonCode, reason } from "../../../src/core/index.ts";
import { expireLeases, giveBack, heldBy } from "../leases.ts";
import { caseOf, refuse } from "../plan.ts";
import type { Asked, Asking, Plan } from "../plan.ts";
import { actorOf, nameOf } from "../state.ts";
import type { ModelDecision, World } from "../state.ts";
import { sleep, wake } from "../waking.ts";

const APPROVED_MS = 2 * 3_600_000;

/** Another than itself is not for an agent. */
function isOther({ actor }: Asking, agent: string): boolean {
  return actor.kind === "agent" && actor.id !== agent;
}

export function register(asked: Asked<"register_agent">): Plan {
  const { world, actor, request } = asked;
  const agent = request.body.agent ?? actor.id;
  if (isOther(asked, agent)) return refuse("actor.not_self");
  const has = world.actors.get(`agent:${agent}`)?.capabilities ?? [];
  const wants = request.body.capabilities ?? [];
  if (actor.kind === "agent" && wants.some((one) => !has.includes(one))) return refuse("agent.capability_not_given");
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      actorOf(world, `agent:${agent}`).capabilities = request.body.capabilities ?? [];
    },
  };
}

export function sleepAgent(asked: Asked<"sleep_agent">): Plan {
  const { world, actor, request } = asked;
  const agent = request.body.agent ?? actor.id;
  if (isOther(asked, agent)) return refuse("actor.not_self");
  const name = `agent:${agent}`;
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      for (const task of heldBy(world, name)) giveBack(world, task, "given_back");
      sleep(world, name, request.body.timeoutMs ?? null, actor.kind === "agent");
    },
  };
}

export function wakeAgent(asked: Asked<"wake_agent">): Plan {
  const { world, request } = asked;
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      const name = `agent:${request.body.agent}`;
      wake(world, name, null);
      actorOf(world, name).cause = null;
    },
  };
}

function runOf(world: World, actor: string, run: string): World["runs"][number] | undefined {
  return world.runs.find((one) => one.actor === actor && one.run === run);
}

export function startRun(asked: Asked<"start_run">): Plan {
  const { world, actor, request } = asked;
  const { run, task } = request.body;
  if (task !== undefined && !world.tasks.has(task)) return refuse("task.unknown");
  if (runOf(world, nameOf(actor), run) !== undefined) return refuse("run.exists");
  return {
    cases: [caseOf(asked, {})],
    apply: () => world.runs.push({ actor: nameOf(actor), run, ended: false }),
  };
}

export function endRun(asked: Asked<"end_run">): Plan {
  const { world, actor, request } = asked;
  const found = runOf(world, nameOf(actor), request.body.run);
  if (found?.ended !== false) return refuse("run.not_running");
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      found.ended = true;
    },
  };
}

function scopeProblem(world: World, scope: string): string | null {
  const [kind = "", ...rest] = scope.split("/");
  const id = rest.join("/");
  if (kind === "task") return world.tasks.has(id) ? null : "task.unknown";
  if (kind !== "lineage") return null;
  const task = world.tasks.get(id);
  if (task === undefined) return "task.unknown";
  return task.parent === null ? null : "scope.not_root";
}

export function halt(asked: Asked<"halt_scope">): Plan {
  const { world, request } = asked;
  const { scope } = request.body;
  const problem = scopeProblem(world, scope);
  if (problem !== null) return refuse(problem);
  const found = world.halts.get(scope);
  if (found?.halted === true) return refuse("halt.already");
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      world.halts.set(scope, { epoch: (found?.epoch ?? 0) + 1, halted: true });
      expireLeases(world);
    },
  };
}

export function resume(asked: Asked<"resume_scope">): Plan {
  const { world, request } = asked;
  const { scope } = request.body;
  const problem = scopeProblem(world, scope);
  if (problem !== null) return refuse(problem);
  const found = world.halts.get(scope);
  if (found?.halted !== true) return refuse("halt.not_halted");
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      found.halted = false;
    },
  };
}

function decisionOf(world: World, id: string): ModelDecision | undefined {
  return world.decisions.get(Number(/^d-(\d+)$/.exec(id)?.[1] ?? 0));
}

function refusedOne(world: World, id: string): ModelDecision | string {
  const found = decisionOf(world, id);
  if (found === undefined) return "decision.unknown";
  if (found.refused === null) return "decision.not_refused";
  return found;
}

/** A human's own command helps here, or nothing: a waiver would break the table, a halt, or who is who. */
const FIXED = [
  "actor.not_allowed",
  "actor.not_self",
  "agent.capability_not_given",
  "halt.active",
  "lifecycle.not_yours",
  "lifecycle.terminal",
  "lineage.reprocessed",
  "reservation.not_yours",
  "run.ended",
  "step.run_ended",
];

function mayOverride(code: string): boolean {
  return isReasonCode(code) && reason(code).override === "human" && !FIXED.includes(code);
}

const WINDOWS = ["lifetime", "hour", "day", "month"];

/** What is to be added so that the limit that refused stands higher by `add`; nothing where it does already. */
function missingRaise(world: World, found: ModelDecision, add: number | null): number {
  const { scope, dimension, window, limit = 0, used = 0, held = 0, asks = 0, extra = 0 } = found.numbers;
  // A quarter more, or as much as the very request needs to go through; a quarter beyond what was booked above it.
  const [over, quarter] = [Number(used) + Number(held) - Number(limit), Math.max(1, Math.ceil(Number(limit) / 4))];
  const raise = add ?? (asks === 0 ? quarter + Math.max(0, over) : Math.max(quarter, over + Number(asks)));
  const now = world.extensions
    .filter((one) => one.scope === scope && one.dimension === dimension && world.at < one.until)
    .filter((one) => one.window === WINDOWS.indexOf(String(window)))
    .reduce((sum, one) => sum + one.add, 0);
  return raise - (now - Number(extra));
}

/** Raises the very budget that was full, or lets the very request past the very code. */
function answer(world: World, found: ModelDecision, code: string, add: number | null, until: number): void {
  found.answered = true;
  if (code !== "budget.hard_limit") {
    world.waivers.push({ actor: found.actor, asked: found.asked, code, until });
    return;
  }
  const { scope = "", dimension = "", window = "" } = found.numbers;
  const raise = missingRaise(world, found, add);
  world.extensions.push({
    scope: String(scope),
    dimension: String(dimension),
    window: WINDOWS.indexOf(String(window)),
    add: raise,
    until,
  });
}

export function approve(asked: Asked<"approve_request">): Plan {
  const { world, request } = asked;
  const { decision, add, forMs = APPROVED_MS } = request.body;
  const found = refusedOne(world, decision);
  if (typeof found === "string") return refuse(found);
  const code = found.refused ?? "";
  if (!mayOverride(code)) return refuse("approval.no_override");
  if (found.answered) return refuse("approval.answered");
  const more = add === undefined ? null : (add[String(found.numbers["dimension"])] ?? null);
  if (code === "budget.hard_limit" && missingRaise(world, found, more) <= 0) return refuse("approval.raised_already");
  return {
    cases: [caseOf(asked, {})],
    apply: () => answer(world, found, code, more, world.at + forMs),
  };
}

export function deny(asked: Asked<"deny_request">): Plan {
  const { world, request } = asked;
  const found = refusedOne(world, request.body.decision);
  if (typeof found === "string") return refuse(found);
  if (!mayOverride(found.refused ?? "")) return refuse("approval.no_override");
  if (found.answered) return refuse("approval.answered");
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      found.answered = true;
    },
  };
}

export function mark(asked: Asked<"mark_wrong">): Plan {
  const { world, request } = asked;
  const found = decisionOf(world, request.body.decision);
  if (found === undefined) return refuse("decision.unknown");
  if (found.marks.length === 0) return refuse("decision.not_judged");
  if (found.marked) return refuse("approval.answered");
  return {
    cases: [caseOf(asked, {})],
    apply: () => {
      found.marked = true;
    },
  };
}

export function sweep(asked: Asked<"sweep">): Plan {
  return { cases: [caseOf(asked, {})], apply: () => undefined };
}
