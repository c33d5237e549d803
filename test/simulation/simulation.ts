// A seeded simulation: agents of eleven temperaments, a human, a harness and a timer on one kernel, a virtual clock that
// jumps, replies that get lost, commands that come twice, agents that crash between commit and reply. The same seed gives
// the same run, step by step.

import assert from "node:assert/strict";
import type { Actor } from "../../src/core/index.ts";
import type { Reply, Request } from "../../src/kernel/index.ts";
import { random } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { harnessMove, humanMove, sweep } from "./overseers.ts";
import type { Around } from "./overseers.ts";
import { TEMPERAMENTS } from "./temperaments.ts";
import type { Memory, Move, Temperament } from "./temperaments.ts";

const AGENTS_MAX = 32;
const KEPT = 200;
const MINUTE_MS = 60_000;

export type Player = {
  readonly name: string;
  readonly temperament: string;
  readonly actor: Actor;
  memory: Memory;
  /** Sent, but the reply got lost: sent again word by word. */
  pending: Request | null;
  /** Codes of its refusals. */
  readonly refusals: Map<string, number>;
  /** Tasks that it brought to done, or to review where nobody saw the proof. */
  finished: number;
};

const forgetful = (): Memory => ({
  task: null,
  fence: 0,
  steps: 0,
  unproven: false,
  reservation: null,
  refused: [],
  made: [],
});

const percent = (dice: Random, chance: number): boolean => dice.below(1_000) < chance * 10;

/** Whoever judges: the core over rows in memory, or a kernel over a store. */
export type Arena = {
  readonly clock: { now: number };
  readonly submit: (actor: Actor, request: Request) => Promise<Reply> | Reply;
};

export class Simulation {
  readonly dice: Random;
  readonly players: Player[] = [];
  readonly tasks: string[] = [];
  readonly reservations: string[] = [];
  readonly refusals: string[] = [];
  readonly halted: Set<string> = new Set();
  steps = 0;
  /** May change: a process that starts again opens its store anew. */
  arena: Arena;

  constructor(seed: number, arena: Arena) {
    this.dice = random(seed);
    this.arena = arena;
    const number = 1 + this.dice.below(AGENTS_MAX);
    for (let n = 0; n < number; n += 1) {
      // One honest agent is always there.
      const temperament = n === 0 ? "honest" : this.dice.pick(Object.keys(TEMPERAMENTS));
      const name = `${temperament}-${n}`;
      const actor: Actor = { kind: "agent", id: name, proven: true };
      const refusals = new Map<string, number>();
      this.players.push({ name, temperament, actor, memory: forgetful(), pending: null, refusals, finished: 0 });
    }
  }

  /** Time goes on a little, now and then far, now and then back. */
  #tick(): void {
    const { clock } = this.arena;
    const roll = this.dice.below(1_000);
    if (roll < 2) clock.now += this.dice.below(240 * MINUTE_MS);
    else if (roll < 6) clock.now -= this.dice.below(60 * MINUTE_MS);
    else clock.now += this.dice.below(4_000);
  }

  #around(): Around {
    const { dice, steps: turn, tasks, refusals, players } = this;
    const working = players.flatMap(({ memory }) => (memory.task === null ? [] : [memory.task]));
    const agents = players.map(({ name }) => name);
    return { dice, turn, tasks, working, refusals, halted: [...this.halted], agents };
  }

  async step(): Promise<void> {
    this.steps += 1;
    this.#tick();
    const roll = this.dice.below(100);
    if (roll < 88) return this.#act(this.dice.pick(this.players));
    if (roll < 94) return this.#oversee(HUMAN, humanMove(this.#around()));
    if (roll < 98) return this.#oversee(HARNESS, harnessMove(this.#around()));
    return this.#oversee(TIMER, sweep);
  }

  async #oversee(actor: Actor, request: Request): Promise<void> {
    const reply = await this.arena.submit(actor, { ...request, commandId: `o-${this.steps}` });
    this.#note(reply);
    if (reply.decision.verdict === "refused") return;
    if (request.type === "halt_scope") this.halted.add(request.body.scope);
    if (request.type === "resume_scope") this.halted.delete(request.body.scope);
  }

  async #act(player: Player): Promise<void> {
    const request = player.pending ?? this.#choose(player);
    if (request === null) return;
    const reply = await this.arena.submit(player.actor, request);
    this.#note(reply);
    if (percent(this.dice, 2)) await this.#twice(player, request, reply);
    if (percent(this.dice, 3)) {
      player.pending = request;
      return;
    }
    player.pending = null;
    // Between the commit and the reply the process died: it starts again and knows nothing.
    if (percent(this.dice, 1)) player.memory = forgetful();
    else this.#learn(player, request, reply);
  }

  #choose(player: Player): Request | null {
    const { dice, steps: turn, tasks, reservations, players } = this;
    const temperament: Temperament | undefined = TEMPERAMENTS[player.temperament];
    const known = {
      tasks: tasks.length === 0 ? ["T-1"] : tasks,
      reservations,
      agents: players.map(({ name }) => name),
    };
    const move: Move | null = temperament?.({ name: player.name, dice, memory: player.memory, turn, ...known }) ?? null;
    if (move === null) return null;
    return { ...move.request, fence: move.fence, commandId: `${player.name}/${turn}` };
  }

  /** 9. The same command again: a grant is answered byte by byte as before, and done once. */
  async #twice(player: Player, request: Request, first: Reply): Promise<void> {
    const again = await this.arena.submit(player.actor, request);
    if (first.decision.verdict === "refused") return;
    assert.equal(again.replayed, true, `step ${this.steps}: ${JSON.stringify(request)} was granted twice`);
    assert.equal(JSON.stringify(again.decision), JSON.stringify(first.decision));
  }

  #note({ decision, id, replayed }: Reply): void {
    const { result, verdict, code } = decision;
    if (verdict === "refused" && id !== null) push(this.refusals, id);
    if (code === "task.created" && !replayed) push(this.tasks, String(result?.["task"]));
    if (code === "step.reserved" && !replayed) push(this.reservations, String(result?.["reservation"]));
  }

  #learn(player: Player, request: Request, { decision }: Reply): void {
    const { memory } = player;
    if (decision.verdict === "refused") {
      player.refusals.set(decision.code, (player.refusals.get(decision.code) ?? 0) + 1);
      push(memory.refused, decision.code);
      if (decision.code === "done.evidence_missing") memory.unproven = true;
      // What it holds in its mind is no longer so: it starts afresh.
      else if (request.type !== "claim_task" && request.type !== "create_task") player.memory = forgetful();
      return;
    }
    learnGrant(player, request, decision.result ?? {});
  }
}

function push(list: string[], item: string): void {
  list.push(item);
  if (list.length > KEPT) list.shift();
}

function learnGrant(player: Player, request: Request, result: Readonly<Record<string, string | number>>): void {
  const { memory } = player;
  switch (request.type) {
    case "claim_task":
      player.memory = {
        ...forgetful(),
        task: String(result["task"]),
        fence: Number(result["fence"]),
        made: memory.made,
      };
      break;
    case "reserve_step":
      memory.reservation = String(result["reservation"]);
      break;
    case "settle_step":
      memory.reservation = null;
      memory.steps += 1;
      break;
    case "create_task":
      push(memory.made, String(result["task"]));
      break;
    case "move_task":
      player.finished += request.body.to === "done" || request.body.to === "in_review" ? 1 : 0;
      player.memory = forgetful();
      break;
    case "release_task":
    case "sleep_agent":
      player.memory = forgetful();
      break;
    default:
  }
}

export const HUMAN: Actor = { kind: "human", id: "ada", proven: true };
const HARNESS: Actor = { kind: "harness", id: "gateway", proven: true };
const TIMER: Actor = { kind: "system", id: "timer", proven: true };
