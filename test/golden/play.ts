// Plays a golden story over a store in memory: seeded dice, a clock and ids of its own, so that every run leaves the same
// bytes, on any machine and any version of Node.

import type { Actor, Policy, Result } from "../../src/core/index.ts";
import { createKernel } from "../../src/kernel/index.ts";
import type { Kernel, Reply, Request } from "../../src/kernel/index.ts";
import { openMemoryStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { random } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { AGENTS, MOVES } from "./moves.ts";
import type { Known, MoveName } from "./moves.ts";
import type { Story, Weight } from "./stories.ts";

export const WORKSPACE = "golden";
const STARTS_AT = 1_700_000_000_000;
const SOURCE = "# ein Beispiel — 例\n";

const ADA: Actor = { kind: "human", id: "ada", proven: true };
const GATEWAY: Actor = { kind: "harness", id: "gateway", proven: true };
const TIMER: Actor = { kind: "system", id: "timer", proven: true };

/** What is mostly done by whoever holds a task, and by whoever made a reservation. */
const BY_HOLDERS: readonly MoveName[] = [
  "move_task",
  "record_step",
  "reserve_step",
  "renew_lease",
  "release_task",
  "loop",
];
const BY_RESERVERS: readonly MoveName[] = ["settle_step", "cancel_step"];

/** What has to come first: nobody works on what nobody holds, nor settles what nobody reserved. */
function possible([weight, hand, move]: Weight, { held, reserved }: Pick<Known, "held" | "reserved">): Weight {
  if (hand !== "agent") return [weight, hand, move];
  if (BY_RESERVERS.includes(move) && reserved.size === 0)
    return possible([weight, hand, "reserve_step"], { held, reserved });
  return [weight, hand, BY_HOLDERS.includes(move) && held.size === 0 ? "claim_task" : move];
}

function agentFor(move: MoveName, dice: Random, { held, reserved }: Known): string {
  const holders = BY_HOLDERS.includes(move) ? [...held.values()].map(({ agent }) => agent) : [];
  const able = BY_RESERVERS.includes(move) ? [...reserved.values()] : holders;
  return able.length > 0 && dice.below(10) > 0 ? dice.pick(able) : dice.pick(AGENTS);
}

function actorOf([, hand, move]: Weight, dice: Random, known: Known): Actor {
  if (hand === "agent") return { kind: "agent", id: agentFor(move, dice, known), proven: dice.below(2) === 0 };
  if (hand === "human") return ADA;
  return hand === "harness" ? GATEWAY : TIMER;
}

function drawn(dice: Random, weights: readonly Weight[]): Weight {
  let left = dice.below(weights.reduce((sum, [weight]) => sum + weight, 0));
  for (const one of weights) {
    if (left < one[0]) return one;
    left -= one[0];
  }
  throw new RangeError("weights do not add up");
}

/** Mostly seconds, now and then past leases, hours and days. */
function pause(dice: Random): number {
  const roll = dice.below(100);
  if (roll < 88) return dice.below(20_000);
  if (roll < 98) return dice.below(600_000);
  return roll === 98 ? dice.below(5_400_000) : dice.below(2 * 86_400_000);
}

function learnGrant(known: Known, code: string, result: Result, actor: string): void {
  const text = (name: string): string => String(result[name] ?? "");
  if (code === "task.created") known.tasks.push(text("task"));
  if (code === "step.reserved") known.reserved.set(text("reservation"), actor);
  if (code === "step.settled" || code === "step.cancelled") known.reserved.delete(text("reservation"));
  if (code === "step.settled" && "next" in result) known.reserved.set(text("next"), actor);
  if (code === "task.claimed") known.held.set(text("task"), { agent: actor, fence: Number(result["fence"]) });
  if (code === "task.moved" || code === "task.released") known.held.delete(text("task"));
  if (code === "scope.halted") known.halted.add(text("scope"));
  if (code === "scope.resumed") known.halted.delete(text("scope"));
}

function learn(known: Known, { decision, id, replayed }: Reply, { id: actor }: Actor, { body }: Request): void {
  const { verdict, code, result = {} } = decision;
  if (replayed) return;
  if (verdict === "granted") return learnGrant(known, code, result, actor);
  if (id !== null && decision.override === "human") known.refusals.push(id);
  if (code.startsWith("lease.") && "task" in body) known.held.delete(String(body.task));
  if (code === "reservation.unknown" && "reservation" in body) known.reserved.delete(String(body.reservation));
}

/** The fence that a careful hand sends, now and then an old one. */
function fenceOf(dice: Random, known: Known, { body }: Request): number | undefined {
  const held = "task" in body && typeof body.task === "string" ? known.held.get(body.task) : undefined;
  if (held === undefined || dice.below(3) === 0) return undefined;
  return dice.below(12) === 0 ? Math.max(0, held.fence - 1) : held.fence;
}

type Stage = {
  readonly kernel: Kernel;
  readonly clock: { now: number };
  readonly adopt: (policy: Policy) => Promise<void>;
};

function stageOver(store: Store): Stage {
  const clock = { now: STARTS_AT };
  let ids = 0;
  let proposed: Policy | null = null;
  const kernel = createKernel({
    store,
    workspace: WORKSPACE,
    actor: ADA,
    clock: () => clock.now,
    newCommandId: () => `c-${(ids += 1)}`,
    digestKey: "golden key",
    readPolicy: () => proposed ?? "is not given",
    humanKey: "golden human key",
  });
  const adopt = async (policy: Policy): Promise<void> => {
    proposed = policy;
    const { decision } = await kernel.submit({ type: "adopt_policy", body: { policy, source: SOURCE } });
    if (decision.verdict === "refused") throw new Error(`${decision.code}: ${decision.message}`);
  };
  return { kernel, clock, adopt };
}

/** Before anything can be worked at there is work. */
const FIRST: Weight = [1, "human", "create_task"];
const TASKS_FIRST = 4;

/** The store that holds the story's workspace, WORKSPACE. */
export async function play({ seed, commands, policies, weights }: Story): Promise<Store> {
  const store = openMemoryStore();
  const { kernel, clock, adopt } = stageOver(store);
  const dice = random(seed);
  const known: Known = {
    tasks: [],
    held: new Map(),
    reserved: new Map(),
    refusals: [],
    halted: new Set(),
    at: clock.now,
    made: 0,
  };
  const every = Math.ceil(commands / policies.length);
  let sent: { readonly actor: Actor; readonly request: Request } | null = null;
  for (let n = 0; n < commands; n += 1) {
    const policy = n % every === 0 ? policies[n / every] : undefined;
    if (policy !== undefined) await adopt(policy);
    clock.now += pause(dice);
    known.at = clock.now;
    const weight = known.tasks.length < TASKS_FIRST ? FIRST : possible(drawn(dice, weights), known);
    const actor = actorOf(weight, dice, known);
    const request = MOVES[weight[2]](dice, known, actor.id);
    const run = dice.below(2) === 0 ? "run-1" : undefined;
    // Now and then the last one comes again, word by word: its grant is answered and not written twice.
    const again: { readonly actor: Actor; readonly request: Request } | null = dice.below(30) === 0 ? sent : null;
    sent = again ?? { actor, request: { ...request, commandId: `g-${n}`, run, fence: fenceOf(dice, known, request) } };
    learn(known, await kernel.as(sent.actor).submit(sent.request), sent.actor, sent.request);
  }
  return store;
}
