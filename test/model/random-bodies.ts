// Bodies of random requests: over few ids, names and amounts, with an eye on what the model knows, so that tasks, agents,
// fences and reservations meet often and go wrong in every way.

import type { AdmissionRequest, RequestBodies } from "../../src/kernel/index.ts";
import type { Random } from "../support/random.ts";
import type { ModelDecision, ModelTask, World } from "./state.ts";

const STATES = ["backlog", "todo", "in_progress", "in_review", "blocked", "done", "cancelled"];
const TITLES = ["write the parser", "test the parser", "patrol digest", "improve the docs", "mend the build"];
const KINDS = ["feature", "test", "docs"];
const SKILLS = ["rust", "sql"];

export const AGENTS = ["a-0", "a-1", "a-2", "a-3", "a-4"];

export const chance = (dice: Random, percent: number): boolean => dice.below(100) < percent;

export function maybe<T>(dice: Random, percent: number, make: () => T): T | undefined {
  return chance(dice, percent) ? make() : undefined;
}

/** A task, the young ones more often; now and then one that does not exist. */
export function anyTask(dice: Random, world: World): string {
  const ids = [...world.tasks.keys()];
  if (ids.length === 0 || chance(dice, 2)) return `x-${dice.below(4)}`;
  return chance(dice, 60) ? dice.pick(ids.slice(-8)) : dice.pick(ids);
}

export function taskWhere(dice: Random, world: World, fits: (task: ModelTask) => boolean): string {
  const found = [...world.tasks.values()].filter(fits);
  return found.length === 0 ? anyTask(dice, world) : dice.pick(found).id;
}

/** Mostly a task that this actor holds. */
export function ownTask(dice: Random, world: World, name: string): string {
  return chance(dice, 80) ? taskWhere(dice, world, (task) => task.holder === name) : anyTask(dice, world);
}

function amounts(dice: Random): { tokens?: number | undefined; costMicros?: number | undefined } {
  return { tokens: maybe(dice, 50, () => dice.below(80)), costMicros: maybe(dice, 50, () => dice.below(60)) };
}

/** What every policy is content with. */
export const ADMISSION: AdmissionRequest = {
  consumer: "the release team",
  painPoint: "parsing breaks on tabs",
  expectedValue: "fewer failed runs",
  validationPath: "npm test passes",
};

function admission(dice: Random): AdmissionRequest | undefined {
  if (chance(dice, 10)) return undefined;
  const text = chance(dice, 5) ? "same words" : null;
  return {
    consumer: text ?? ADMISSION.consumer,
    painPoint: text ?? ADMISSION.painPoint,
    expectedValue: text ?? ADMISSION.expectedValue,
    validationPath: chance(dice, 4) ? "   tbd " : (text ?? ADMISSION.validationPath),
  };
}

function title(dice: Random): string {
  return `${dice.pick(TITLES)} ${dice.below(chance(dice, 30) ? 4 : 100_000)}`;
}

export function creation(dice: Random, world: World, name: string): RequestBodies["create_task"] {
  return {
    task: maybe(dice, 8, () => (chance(dice, 50) ? `x-${dice.below(6)}` : anyTask(dice, world))),
    title: title(dice),
    kind: maybe(dice, 80, () => dice.pick(KINDS)),
    state: maybe(dice, 15, () => dice.pick(["todo", "backlog", "done", "flying"])),
    parent: maybe(dice, 60, () => ownTask(dice, world, name)),
    createdBy: maybe(dice, 15, () => anyTask(dice, world)),
    assignee: maybe(dice, 40, () => dice.pick(AGENTS)),
    priority: maybe(dice, 30, () => dice.below(5)),
    needs: maybe(dice, 15, () => [dice.pick(SKILLS)]),
    blockedBy: maybe(dice, 15, () => [anyTask(dice, world)]),
    limits: maybe(dice, 10, () => ({ [dice.pick(["steps", "tokens", "costMicros"])]: 1 + dice.below(100) })),
    deadlineAt: maybe(dice, 8, () => world.at + dice.below(3_600_000)),
    admission: admission(dice),
    ...(chance(dice, 3) ? ownKind(dice, world, name) : {}),
    ...(chance(dice, 8) ? oneMore(dice, world) : {}),
  };
}

/** One more below a task that has children already. */
function oneMore(dice: Random, world: World): Partial<RequestBodies["create_task"]> {
  const parents = [...world.tasks.values()].flatMap(({ parent }) => (parent === null ? [] : [parent]));
  return parents.length === 0 ? {} : { parent: dice.pick(parents) };
}

/** What an agent makes below work of the same kind that it holds: for itself, or for nobody, to claim it later. */
function ownKind(dice: Random, world: World, name: string): Partial<RequestBodies["create_task"]> {
  const held = [...world.tasks.values()].filter((task) => task.holder === name && name.startsWith("agent:"));
  if (held.length === 0) return {};
  const { id, kind } = dice.pick(held);
  return { kind, parent: id, assignee: maybe(dice, 40, () => name.slice("agent:".length)) };
}

export function edition(dice: Random, world: World): RequestBodies["edit_task"] {
  return {
    task: anyTask(dice, world),
    priority: dice.below(5),
    needs: maybe(dice, 20, () => (chance(dice, 50) ? [] : [dice.pick(SKILLS)])),
    blockedBy: maybe(dice, 50, () => [...new Set([anyTask(dice, world), anyTask(dice, world)])].slice(dice.below(3))),
    limits: maybe(dice, 20, () => ({ steps: 1 + dice.below(20) })),
    deadlineAt: maybe(dice, 20, () => (chance(dice, 50) ? 0 : world.at + dice.below(7_200_000))),
  };
}

const CALLS = ["look a", "look b", "look 1", "look 2", "look 3"];
const CLASSES = ["mutate", "observe", "observe", "verify", "verify", "message"] as const;

/** Few calls with few results, so that they repeat, go round, vary and fail in one way. */
function called(dice: Random): Pick<RequestBodies["reserve_step"], "tool" | "call" | "class"> {
  if (chance(dice, 25)) return {};
  const kind = dice.pick(CLASSES);
  return {
    tool: kind === "message" ? undefined : maybe(dice, 15, () => "wait"),
    call: maybe(dice, 95, () => dice.pick(CALLS)),
    class: kind,
  };
}

function came(dice: Random): Pick<RequestBodies["settle_step"], "result" | "failed"> {
  const fails = chance(dice, 40);
  const result = maybe(dice, 90, () => (chance(dice, 85) ? (fails ? "no" : "yes") : `seen ${dice.below(80)}`));
  return { result, failed: fails ? true : undefined };
}

function asked(dice: Random, world: World, name: string): RequestBodies["reserve_step"] {
  return { task: ownTask(dice, world, name), ...amounts(dice), ...called(dice), handBack: maybe(dice, 10, () => true) };
}

export function step(dice: Random, world: World, name: string): RequestBodies["record_step"] {
  return { ...asked(dice, world, name), ...came(dice) };
}

export function reservation(dice: Random, world: World, name: string): RequestBodies["reserve_step"] {
  return { ...asked(dice, world, name), started: maybe(dice, 40, () => true) };
}

/** Mostly one that is still open, mostly by who made it. */
export function reservationId(dice: Random, world: World, name: string): string {
  const all = [...world.reservations.values()];
  const own = all.filter((one) => one.state !== "closed" && (one.actor === name || chance(dice, 10)));
  if (own.length > 0 && chance(dice, 90)) return dice.pick(own).id;
  return all.length > 0 && chance(dice, 80) ? dice.pick(all).id : `r-${1 + dice.below(50)}`;
}

export function settlement(dice: Random, world: World, name: string): RequestBodies["settle_step"] {
  return {
    reservation: reservationId(dice, world, name),
    ...amounts(dice),
    ...came(dice),
    next: maybe(dice, 30, () => reservation(dice, world, name)),
  };
}

export function motion(dice: Random, world: World, name: string): RequestBodies["move_task"] {
  const task = chance(dice, 70) ? ownTask(dice, world, name) : anyTask(dice, world);
  const reason = maybe(dice, 70, () => "because");
  return { task, to: chance(dice, 3) ? "flying" : dice.pick(STATES), reason };
}

export function witness(dice: Random, world: World): RequestBodies["record_evidence"] {
  const task = taskWhere(dice, world, (one) => one.holder !== null || one.state === "in_review");
  const stale = chance(dice, 10);
  const of = stale ? { attempt: 1 + dice.below(3), of: dice.below(4) } : {};
  switch (dice.below(3)) {
    case 0:
      return { task, what: "command", name: dice.pick(["npm test", "npm run lint"]), exitCode: dice.below(2), ...of };
    case 1:
      return { task, what: "review", name: dice.pick(["grace", "ada", ...AGENTS]), approved: chance(dice, 70), ...of };
    default:
      return { task, what: "link", name: "https://example.org/1", ...of };
  }
}

export function scope(dice: Random, world: World): string {
  switch (dice.below(8)) {
    case 0:
      return "workspace";
    case 1:
    case 2:
      return `agent/${dice.pick(AGENTS)}`;
    case 3:
    case 4:
      return `task/${anyTask(dice, world)}`;
    default:
      return `lineage/${taskWhere(dice, world, (task) => task.parent === null)}`;
  }
}

/** A halted scope more often than not. */
export function haltedScope(dice: Random, world: World): string {
  const halted = [...world.halts].filter(([, halt]) => halt.halted).map(([name]) => name);
  return halted.length > 0 && chance(dice, 90) ? dice.pick(halted) : scope(dice, world);
}

export function decision(dice: Random, world: World, refused: boolean): string {
  const answered = refused && chance(dice, 10);
  const fits = (one: ModelDecision): boolean => !refused || (one.refused !== null && (!answered || one.answered));
  const ids = [...world.decisions].filter(([, one]) => fits(one)).map(([id]) => id);
  if (ids.length === 0 || chance(dice, 4)) return `d-${1 + dice.below(100_000)}`;
  return `d-${chance(dice, 80) ? dice.pick(ids.slice(-10)) : dice.pick(ids)}`;
}
