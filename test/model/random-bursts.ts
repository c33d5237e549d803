// Random bursts: requests of one agent in a row that are after something. Drawn one by one they hardly ever come together.
// Many steps in a pattern that some rule against loops knows; ways to hold the whole and a piece of one's own making; one
// task handed on and on.

import type { Actor } from "../../src/core/index.ts";
import type { Request, RequestBodies } from "../../src/kernel/index.ts";
import type { Random } from "../support/random.ts";
import { ADMISSION, chance } from "./random-bodies.ts";
import type { Sent } from "./random-requests.ts";
import type { ModelTask, World } from "./state.ts";

type Step = Pick<RequestBodies["record_step"], "tool" | "call" | "class" | "result" | "failed">;
type Pattern = (n: number) => Step;

const look = (n: number): Step => ({
  call: `look ${"abcdefghij".charAt(n % 10)}`,
  class: "observe",
  result: `saw ${n % 10}`,
});

const PATTERNS: readonly ((dice: Random) => Pattern)[] = [
  () => () => ({ call: "look a", class: "observe", result: "yes" }),
  () => (n) => ({ call: "look a", class: "verify", result: `no ${n % 4}`, failed: true }),
  (dice) => {
    const period = 2 + dice.below(8);
    return (n) => look(n % period);
  },
  () => (n) => ({ call: `look ${n}`, class: "observe", result: "nothing" }),
  () => (n) => ({ call: `edit ${n}`, class: "mutate", result: "nothing", failed: true }),
  () => (n) =>
    n % 2 === 0
      ? { call: `edit ${n}`, class: "mutate", result: "ok" }
      : { call: "test", class: "verify", result: "no", failed: true },
  () => (n) => (n % 3 === 1 ? look(n) : { call: "test", class: "verify", result: "no", failed: true }),
  () => (n) => look(n * 7 + Math.floor(n / 10)),
  () => () => ({ class: "message" }),
  () => (n) => ({ tool: "wait", call: "ci", class: "observe", result: n % 20 === 19 ? `done ${n}` : "pending" }),
];

/** One holder on one of its tasks; nothing where nobody holds any. */
export function burst(dice: Random, world: World, name: string): readonly Sent[] {
  const held = [...world.tasks.values()].filter((task) => task.holder?.startsWith("agent:") === true);
  if (held.length === 0) return [];
  const task = dice.pick(held);
  const actor: Actor = { kind: "agent", id: (task.holder ?? "").slice("agent:".length), proven: true };
  if (chance(dice, 60)) return steps(dice, actor, task.id, name);
  return chance(dice, 60) ? bothHeld(dice, actor, task, name) : handedOn(dice, actor, task.id, name);
}

/** To and fro between a few, or on to ever new ones. */
function handedOn(dice: Random, actor: Actor, task: string, name: string): readonly Sent[] {
  const names = chance(dice, 50) ? 2 + dice.below(2) : 40;
  return Array.from({ length: 4 + dice.below(18) }, (_, n): Sent => {
    const body = { task, assignee: `a-${n % names}` };
    return { actor, request: { type: "assign_task", body, commandId: `${name}-${n}` } };
  });
}

/** Many steps, now and then with something else between. */
function steps(dice: Random, actor: Actor, task: string, name: string): readonly Sent[] {
  const pattern = dice.pick(PATTERNS)(dice);
  const run = chance(dice, 50) ? `run-${dice.below(12)}` : undefined;
  const noise = chance(dice, 50) ? 10 : 0;
  return Array.from({ length: 4 + dice.below(40) }, (_, n): Sent => {
    const step = chance(dice, noise) ? look(dice.below(10)) : pattern(n);
    const body = { task, ...step };
    return { actor, request: { type: "record_step", body, commandId: `${name}-${n}`, run } };
  });
}

/** The piece is made below the whole and claimed while that is given back; or made beside it and then put below. */
function bothHeld(dice: Random, actor: Actor, whole: ModelTask, name: string): readonly Sent[] {
  const piece = `p-${name}`;
  const beside = whole.parent !== null && chance(dice, 50) ? whole.parent : null;
  const made = { task: piece, title: `a piece, ${name}`, kind: whole.kind, parent: beside ?? whole.id };
  const requests: readonly Request[] = [
    { type: "create_task", body: { ...made, admission: ADMISSION } },
    ...(beside === null ? ([{ type: "release_task", body: { task: whole.id } }] as const) : []),
    { type: "claim_task", body: { task: piece } },
    beside === null
      ? { type: "claim_task", body: { task: whole.id } }
      : { type: "place_task", body: { task: piece, parent: whole.id } },
  ];
  return requests.map((request, n) => ({ actor, request: { ...request, commandId: `${name}-${n}` } }));
}
