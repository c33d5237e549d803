// Eleven temperaments of agents: what each of them does next, from what it remembers. Honest ones work; the others try,
// each in its own way, to get more than their share.

import type { RequestBodies, Request } from "../../src/kernel/index.ts";
import type { Random } from "../support/random.ts";

/** What an agent remembers of itself; a crash makes it forget. */
export type Memory = {
  task: string | null;
  fence: number;
  steps: number;
  /** It asked to end its task, and nothing was seen of the work. */
  unproven: boolean;
  /** Open reservation, if any. */
  reservation: string | null;
  /** Last answers that refused it, latest last. */
  refused: string[];
  /** Tasks it made, latest last. */
  made: string[];
};

export type Seen = {
  readonly name: string;
  readonly dice: Random;
  readonly memory: Memory;
  /** Ids of tasks and reservations that are talked about; nobody says whose they are. */
  readonly tasks: readonly string[];
  readonly reservations: readonly string[];
  readonly agents: readonly string[];
  /** Counts up, for titles that differ. */
  readonly turn: number;
};

/** A request with the fence to send along. */
export type Move = { readonly request: Request; readonly fence?: number };

export type Temperament = (seen: Seen) => Move | null;

const STEPS_A_TASK = 4;

const admission: RequestBodies["create_task"]["admission"] = {
  consumer: "the release team",
  painPoint: "parsing breaks on tabs",
  expectedValue: "fewer failed runs",
  validationPath: "npm test passes",
};

const claimNext: Move = { request: { type: "claim_task", body: {} } };

function under(seen: Seen, request: Request): Move {
  return { request, fence: seen.memory.fence };
}

function create(seen: Seen, body: Partial<RequestBodies["create_task"]>): Move {
  const title = `${seen.name} finds work ${seen.turn}`;
  return { request: { type: "create_task", body: { title, kind: "chore", admission, ...body } } };
}

/** Claims, works a few steps by reserving and settling, finishes; what nobody saw the proof of it leaves in review. */
const honest: Temperament = (seen) => {
  const { memory, dice } = seen;
  const { task } = memory;
  if (task === null) return claimNext;
  if (memory.reservation !== null) {
    const body = { reservation: memory.reservation, tokens: dice.below(20), result: "ok" };
    return under(seen, { type: "settle_step", body });
  }
  if (memory.steps < STEPS_A_TASK)
    return under(seen, { type: "reserve_step", body: { task, tokens: 20, started: true } });
  return under(seen, { type: "move_task", body: { task, to: memory.unproven ? "in_review" : "done" } });
};

/** Asks again and again whether there is something, and records looking as steps. */
const poller: Temperament = (seen) => {
  const { task } = seen.memory;
  if (task === null)
    return seen.dice.below(3) === 0
      ? claimNext
      : { request: { type: "claim_task", body: { task: seen.dice.pick(seen.tasks) } } };
  return under(seen, {
    type: "record_step",
    body: { task, tool: "poll", call: "is it done", result: "no", tokens: 1 },
  });
};

/** Goes round: one call for ever, or edits that differ and a test that fails as before. */
const looper: Temperament = (seen) => {
  const { memory, dice, turn, name } = seen;
  const { task } = memory;
  if (task === null) return claimNext;
  const edit = { call: `edit ${turn}`, class: "mutate", result: "ok" } as const;
  const check = { call: "npm test", class: "verify", result: "1 failed", failed: true } as const;
  const look = { call: "git log", class: "observe", result: "no commits" } as const;
  const tries = name.endsWith("1") ? dice.pick([edit, check]) : look;
  return under(seen, { type: "record_step", body: { task, ...tries } });
};

/** Makes children of what it holds, and children of those. */
const spawner: Temperament = (seen) => {
  const { memory } = seen;
  if (memory.task === null) return claimNext;
  const parent = seen.dice.pick([memory.task, ...memory.made.slice(-3)]);
  if (seen.dice.below(4) === 0) return { request: { type: "claim_task", body: { task: parent } } };
  return create(seen, { parent });
};

/** Hands work on to another, who hands it back. */
const pingPong: Temperament = (seen) => {
  const { memory, dice } = seen;
  const assignee = dice.pick(seen.agents);
  if (memory.task === null) return dice.below(2) === 0 ? claimNext : create(seen, { assignee });
  if (dice.below(3) === 0) return under(seen, { type: "release_task", body: { task: memory.task } });
  if (dice.below(2) === 0) return under(seen, { type: "assign_task", body: { task: memory.task, assignee } });
  return create(seen, { parent: memory.task, assignee });
};

/** Invents tasks for itself, as roots and with the same few titles. */
const busywork: Temperament = (seen) => {
  const { dice, memory } = seen;
  if (memory.task !== null && dice.below(2) === 0) return honest(seen);
  const title = `patrol digest #${dice.below(60)}`;
  const parent = memory.task === null ? undefined : dice.pick([memory.task, undefined]);
  return create(seen, { title, assignee: seen.name, parent });
};

/** Spends more than it reserves, and much. */
const overspender: Temperament = (seen) => {
  const { memory, dice } = seen;
  const { task } = memory;
  if (task === null) return claimNext;
  if (memory.reservation !== null) {
    const body = { reservation: memory.reservation, tokens: dice.below(5_000), costMicros: dice.below(90_000) };
    return under(seen, { type: "settle_step", body });
  }
  if (dice.below(3) === 0) return under(seen, { type: "record_step", body: { task, costMicros: dice.below(90_000) } });
  return under(seen, { type: "reserve_step", body: { task, tokens: 1, started: true, handBack: dice.below(5) === 0 } });
};

/** Sleeps, and tries to work in its sleep. */
const sleeper: Temperament = (seen) => {
  if (seen.dice.below(4) === 0)
    return { request: { type: "sleep_agent", body: { timeoutMs: seen.dice.below(900_000) } } };
  return seen.dice.below(2) === 0 ? create(seen, {}) : honest(seen);
};

/** Reserves, holds, and then goes silent: its leases and reservations run out. */
const crasher: Temperament = (seen) => {
  if (seen.dice.below(3) === 0) return null;
  return honest(seen);
};

function forged(seen: Seen): Request {
  const { dice, name } = seen;
  const task = dice.pick(seen.tasks);
  const other = dice.pick(seen.agents);
  const reservation = dice.pick(["r-1", ...seen.reservations]);
  const tricks: readonly Request[] = [
    { type: "settle_step", body: { reservation } },
    { type: "cancel_step", body: { reservation } },
    { type: "edit_task", body: { task, limits: { steps: 1_000_000 }, deadlineAt: 0 } },
    { type: "wake_agent", body: { agent: name } },
    { type: "sleep_agent", body: { agent: other } },
    { type: "register_agent", body: { agent: other, capabilities: ["everything"] } },
    { type: "approve_request", body: { decision: `d-${1 + dice.below(500)}`, reason: "I say so" } },
    { type: "resume_scope", body: { scope: "workspace" } },
    { type: "reopen_task", body: { task, reason: "more work" } },
    { type: "record_evidence", body: { task, what: "command", name: "npm test", exitCode: 0 } },
    { type: "record_step", body: { task } },
    { type: "move_task", body: { task, to: dice.pick(["done", "in_review", "todo"]) } },
    { type: "release_task", body: { task, cause: "crashed" } },
    { type: "sweep", body: {} },
    create(seen, { parent: task }).request,
  ];
  return dice.pick(tricks);
}

/** Forged, stale and future fences; other agents' reservations; limits raised by itself; waking itself; acting for others. */
const cheater: Temperament = (seen) => ({ request: forged(seen), fence: seen.dice.below(6) });

/** Claims whatever others may want, all at once. */
const racer: Temperament = (seen) => {
  const task = seen.dice.pick(seen.tasks.slice(-5));
  if (seen.memory.task !== null && seen.dice.below(3) === 0) return honest(seen);
  return { request: { type: "claim_task", body: { task } } };
};

export const TEMPERAMENTS: Readonly<Record<string, Temperament>> = {
  honest,
  poller,
  looper,
  spawner,
  pingPong,
  busywork,
  overspender,
  sleeper,
  crasher,
  cheater,
  racer,
};
