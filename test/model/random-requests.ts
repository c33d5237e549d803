// Random requests of agents, a human, a harness and the system; the weights make agents, tasks and times meet.

import type { Actor } from "../../src/core/index.ts";
import type { Request } from "../../src/kernel/index.ts";
import type { Random } from "../support/random.ts";
import {
  AGENTS,
  anyTask,
  chance,
  creation,
  decision,
  edition,
  haltedScope,
  maybe,
  motion,
  ownTask,
  reservation,
  reservationId,
  scope,
  settlement,
  step,
  taskWhere,
  witness,
} from "./random-bodies.ts";
import { isEnded, nameOf } from "./state.ts";
import type { World } from "./state.ts";

type Maker = (dice: Random, world: World, actor: Actor) => Request;
type Weighted = readonly (readonly [number, Maker])[];

const TASKS_AT_FIRST = 4;
const CAUSES = ["given_back", "failed", "crashed", "rate_limited", "timed_out"] as const;

const make: Maker = (dice, world, actor) => ({ type: "create_task", body: creation(dice, world, nameOf(actor)) });
/** Mostly what waits to be claimed, now and then what still rests after a failure. */
function claimable(dice: Random, world: World): string {
  const rests = chance(dice, 20);
  return taskWhere(dice, world, (one) => (rests ? one.notBefore > world.at : one.state === "todo" || chance(dice, 10)));
}

const claim: Maker = (dice, world) => ({
  type: "claim_task",
  body: { task: maybe(dice, 70, () => claimable(dice, world)) },
});
const renew: Maker = (dice, world, actor) => ({
  type: "renew_lease",
  body: { task: ownTask(dice, world, nameOf(actor)) },
});
const move: Maker = (dice, world, actor) => ({ type: "move_task", body: motion(dice, world, nameOf(actor)) });
const release: Maker = (dice, world, actor) => ({
  type: "release_task",
  body: { task: ownTask(dice, world, nameOf(actor)), cause: maybe(dice, 70, () => dice.pick(CAUSES)) },
});
const reserve: Maker = (dice, world, actor) => ({
  type: "reserve_step",
  body: reservation(dice, world, nameOf(actor)),
});
const settle: Maker = (dice, world, actor) => ({ type: "settle_step", body: settlement(dice, world, nameOf(actor)) });
const cancel: Maker = (dice, world, actor) => ({
  type: "cancel_step",
  body: { reservation: reservationId(dice, world, nameOf(actor)) },
});
const record: Maker = (dice, world, actor) => ({ type: "record_step", body: step(dice, world, nameOf(actor)) });
const edit: Maker = (dice, world) => ({ type: "edit_task", body: edition(dice, world) });
const assign: Maker = (dice, world) => ({
  type: "assign_task",
  body: { task: anyTask(dice, world), assignee: maybe(dice, 85, () => dice.pick(AGENTS)) },
});
const place: Maker = (dice, world) => ({
  type: "place_task",
  body: { task: taskWhere(dice, world, (task) => task.parent !== null), parent: anyTask(dice, world) },
});
const evidence: Maker = (dice, world) => ({ type: "record_evidence", body: witness(dice, world) });
const startRun: Maker = (dice) => ({ type: "start_run", body: { run: `run-${dice.below(12)}` } });
const endRun: Maker = (dice) => ({ type: "end_run", body: { run: `run-${dice.below(12)}` } });
const register: Maker = (dice, _, actor) => ({
  type: "register_agent",
  body: {
    agent: actor.kind === "agent" && chance(dice, 90) ? undefined : dice.pick(AGENTS),
    capabilities: maybe(dice, 80, () => (chance(dice, 50) ? ["rust"] : ["rust", "sql"])),
  },
});
const sleep: Maker = (dice, _, actor) => ({
  type: "sleep_agent",
  body: {
    agent: actor.kind === "agent" && chance(dice, 90) ? undefined : dice.pick(AGENTS),
    timeoutMs: maybe(dice, 80, () => dice.below(600_000)),
  },
});
const wake: Maker = (dice) => ({ type: "wake_agent", body: { agent: dice.pick(AGENTS) } });
const halt: Maker = (dice, world) => ({ type: "halt_scope", body: { scope: scope(dice, world), reason: "stop" } });
const resume: Maker = (dice, world) => ({ type: "resume_scope", body: { scope: haltedScope(dice, world) } });
const reopen: Maker = (dice, world) => ({
  type: "reopen_task",
  body: { task: taskWhere(dice, world, (task) => isEnded(world, task)), reason: "again" },
});
const approve: Maker = (dice, world) => ({
  type: "approve_request",
  body: {
    decision: decision(dice, world, true),
    forMs: maybe(dice, 40, () => 1 + dice.below(900_000)),
    reason: "fine",
  },
});
const deny: Maker = (dice, world) => ({
  type: "deny_request",
  body: { decision: decision(dice, world, true), reason: "no" },
});
const mark: Maker = (dice, world) => ({ type: "mark_wrong", body: { decision: decision(dice, world, false) } });
const sweep: Maker = () => ({ type: "sweep", body: {} });

const BY_HOLDERS: Weighted = [
  [14, make],
  [3, claim],
  [4, renew],
  [12, move],
  [6, release],
  [22, reserve],
  [18, settle],
  [3, cancel],
  [22, record],
  [3, edit],
  [3, assign],
  [2, place],
  [1, startRun],
  [1, endRun],
  [1, sleep],
];
const BY_IDLE: Weighted = [
  [14, make],
  [40, claim],
  [2, renew],
  [12, move],
  [2, release],
  [2, reserve],
  [6, settle],
  [2, record],
  [3, edit],
  [3, assign],
  [1, place],
  [2, startRun],
  [2, endRun],
  [3, register],
  [3, sleep],
  [1, wake],
  [1, halt],
  [1, approve],
];
const BY_HUMANS: Weighted = [
  [20, make],
  [3, claim],
  [8, move],
  [2, release],
  [8, reopen],
  [5, edit],
  [8, assign],
  [4, place],
  [2, reserve],
  [2, record],
  [2, settle],
  [2, cancel],
  [6, wake],
  [1, sleep],
  [3, register],
  [2, halt],
  [12, resume],
  [14, approve],
  [3, deny],
  [4, mark],
  [1, sweep],
];
const BY_HARNESSES: Weighted = [
  [10, evidence],
  [4, record],
  [3, settle],
  [2, renew],
  [2, release],
  [1, wake],
  [1, halt],
  [1, make],
];
const BY_SYSTEM: Weighted = [
  [10, sweep],
  [3, make],
  [2, assign],
  [2, wake],
  [1, halt],
];

const ADA: Actor = { kind: "human", id: "ada", proven: true };
const GATEWAY: Actor = { kind: "harness", id: "gateway", proven: true };
const TIMER: Actor = { kind: "system", id: "timer", proven: true };

function drawn(dice: Random, from: Weighted): Maker {
  const sum = from.reduce((all, [weight]) => all + weight, 0);
  let left = dice.below(sum);
  for (const [weight, maker] of from) {
    if (left < weight) return maker;
    left -= weight;
  }
  throw new RangeError("weights do not add up");
}

function someAgent(dice: Random, world: World): readonly [Actor, Weighted] {
  const actor: Actor = { kind: "agent", id: dice.pick(AGENTS), proven: true };
  const holds = [...world.tasks.values()].some((task) => task.holder === nameOf(actor));
  return [actor, holds ? BY_HOLDERS : BY_IDLE];
}

function someActor(dice: Random, world: World): readonly [Actor, Weighted] {
  const roll = dice.below(100);
  if (world.tasks.size < TASKS_AT_FIRST && roll < 80) return [ADA, [[1, make]]];
  if (roll < 66) return someAgent(dice, world);
  if (roll < 86) return [ADA, BY_HUMANS];
  return roll < 96 ? [GATEWAY, BY_HARNESSES] : [TIMER, BY_SYSTEM];
}

export type Sent = { readonly actor: Actor; readonly request: Request };

/** The task whose fence belongs to a request: the one it is about; of a new one the parent, or what its maker holds. */
function fencedBy(dice: Random, world: World, request: Request, name: string): string | undefined {
  if (request.type !== "create_task") return "task" in request.body ? request.body.task : undefined;
  return chance(dice, 50) && request.body.parent !== undefined ? request.body.parent : ownTask(dice, world, name);
}

/** The fence that a careful caller sends, sometimes a wrong one, often none. */
function fenceOf(dice: Random, world: World, request: Request, name: string): number | undefined {
  const task = chance(dice, 50) ? undefined : fencedBy(dice, world, request, name);
  if (task === undefined) return undefined;
  const fence = world.tasks.get(task)?.fence ?? 1;
  return chance(dice, 85) ? fence : Math.max(0, fence + dice.below(5) - 2);
}

/** A dry run of a choice may not see what a real one would first have caught up. */
function isChoice({ type, body }: Request): boolean {
  return type === "claim_task" && !("task" in body && body.task !== undefined);
}

/** One request of one actor; `id` names it, so that it can be sent again. */
export function randomRequest(dice: Random, world: World, id: string): Sent {
  const [actor, weights] = someActor(dice, world);
  const request = drawn(dice, weights)(dice, world, actor);
  const options = {
    commandId: id,
    fence: fenceOf(dice, world, request, nameOf(actor)),
    run: maybe(dice, 10, () => `run-${dice.below(12)}`),
    dryRun: maybe(dice, isChoice(request) ? 0 : 2, () => true),
  };
  return { actor, request: { ...request, ...options } };
}

/** How far the clock goes before the next request: mostly little, sometimes past leases, hours and days. */
export function randomPause(dice: Random): number {
  const roll = dice.below(1_000);
  if (roll < 500) return dice.below(2_000);
  if (roll < 900) return dice.below(60_000);
  if (roll < 980) return dice.below(600_000);
  if (roll < 995) return dice.below(7_200_000);
  return dice.below(3 * 86_400_000);
}
