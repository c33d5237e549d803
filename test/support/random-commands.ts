// Random commands over a small set of ids, agents and times, so that they meet: the stuff of property tests.

import type { As } from "./world.ts";
import { agent, fact, harness, newTask, step } from "./world.ts";
import type { Kinds } from "./world.ts";
import type { Random } from "./random.ts";

const STATES = ["backlog", "todo", "in_progress", "in_review", "blocked", "done", "cancelled", "flying"];
const KINDS = ["feature", "test"];

export type Asked = { readonly asked: Kinds; readonly as: As };

const taskId = (dice: Random): string => `T-${1 + dice.below(14)}`;
const agentName = (dice: Random): string => `a-${dice.below(4)}`;
const maybe = <T>(dice: Random, make: () => T): T | null => (dice.below(2) === 0 ? make() : null);

function create(dice: Random): Kinds {
  const task = dice.below(5) === 0 ? taskId(dice) : null;
  const parent = maybe(dice, () => taskId(dice));
  const createdBy = dice.below(4) === 0 ? taskId(dice) : null;
  const assignee = dice.below(3) === 0 ? agentName(dice) : null;
  const fingerprint = dice.below(5) === 0 ? "common" : `f-${dice.below(1e9)}`;
  const template = `t-${dice.below(3)}`;
  return {
    type: "create_task",
    body: newTask({ task, parent, createdBy, assignee, fingerprint, template, taskKind: dice.pick(KINDS) }),
  };
}

function told(dice: Random, at: number): Kinds {
  const parent = dice.below(3) === 0 ? taskId(dice) : null;
  const from = maybe(dice, () => dice.pick(STATES));
  const author = maybe(dice, () => agentName(dice));
  const occurredAt = at - dice.below(100_000_000);
  return {
    type: "record_fact",
    body: fact({ task: taskId(dice), from, to: dice.pick(STATES), parent, author, occurredAt }),
  };
}

const booked = (dice: Random): Kinds => ({
  type: "record_step",
  body: step(taskId(dice), { amounts: { tokens: dice.below(50) }, handBack: dice.below(6) === 0 }),
});

const reason = (dice: Random): string | null => maybe(dice, () => "because");

const MAKERS: readonly ((dice: Random, at: number) => Kinds)[] = [
  create,
  create,
  create,
  told,
  (dice) => ({ type: "claim_task", body: { task: taskId(dice) } }),
  (dice) => ({ type: "claim_task", body: { task: taskId(dice) } }),
  (dice) => ({
    type: "move_task",
    body: { task: taskId(dice), to: dice.pick(STATES), reason: reason(dice), lesson: null },
  }),
  (dice) => ({ type: "release_task", body: { task: taskId(dice), cause: "given_back", reason: reason(dice) } }),
  (dice) => ({ type: "reopen_task", body: { task: taskId(dice), reason: "again" } }),
  booked,
  booked,
  booked,
  (dice) => ({
    type: "sleep_agent",
    body: { agent: agentName(dice), timeoutMs: maybe(dice, () => dice.below(120_000)), reason: "idle" },
  }),
  (dice) => ({ type: "wake_agent", body: { agent: agentName(dice), reason: reason(dice) } }),
];

/** One random command and who sends it; facts come from a harness, the rest from agents and a human. */
export function randomCommand(dice: Random, at: number): Asked {
  const asked = dice.pick(MAKERS)(dice, at);
  if (asked.type === "record_fact") return { asked, as: harness };
  const fence = dice.below(6) === 0 ? dice.below(4) : null;
  if (dice.below(4) === 0) return { asked, as: {} };
  const name = agentName(dice);
  // Work for oneself is what the identity rule looks for.
  const own = asked.type === "create_task" && dice.below(2) === 0;
  return { asked: own ? { ...asked, body: { ...asked.body, assignee: name } } : asked, as: agent(name, fence) };
}
