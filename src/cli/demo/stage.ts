// The stage of one cell of the table: a board and the processes that play on it. The kernel's stage and the bare one
// differ only in the board.

import { BareBoard } from "./bare-board.ts";
import type { Acknowledged, Board, Heard } from "./board.ts";
import { DemoFault } from "./fault.ts";
import { KernelBoard } from "./kernel-board.ts";
import type { BoardKind, Order } from "./messages.ts";
import type { Player } from "./player.ts";
import type { Random } from "./random.ts";
import type { Moment, Part, Stage, Tally } from "./scenario.ts";
import { agentNamed, barePathIn, MONEY_MAX_MICROS } from "./setting.ts";
import type { OpenKernel } from "./setting.ts";

/** What the whole demo shares. */
export type House = {
  readonly folder: string;
  readonly kernel: OpenKernel["kernel"];
  /** The processes that live; killed ones leave it. */
  readonly players: Player[];
  /** How long each of the kernel's decisions took, in milliseconds: of one process alone, of several at once. */
  readonly durationsMs: { readonly alone: number[]; readonly atOnce: number[] };
  /** Decisions that refused, to look at later. */
  readonly refusals: string[];
};

export class OneStage implements Stage {
  readonly random: Random;
  readonly human: Board;
  readonly #row: number;
  readonly #kind: BoardKind;
  readonly #house: House;
  #boards = 0;

  constructor(row: number, kind: BoardKind, random: Random, house: House) {
    this.#row = row;
    this.#kind = kind;
    this.#house = house;
    this.random = random;
    this.human = this.#board("human:demo", null);
  }

  agent(id: string): Board {
    return this.#board(`agent:${id}`, id);
  }

  async play(parts: readonly Part[]): Promise<readonly Tally[]> {
    const players = this.#cast(parts.length);
    this.#house.players.push(...players);
    const tallies = await Promise.all(
      parts.map((part, index) => playerAt(players, index).play(this.#order(part, false))),
    );
    for (const { durationsMs, refusal } of tallies) {
      this.#measured(durationsMs, parts.length);
      if (refusal !== null) this.#house.refusals.push(refusal);
    }
    return tallies;
  }

  async kill(parts: readonly Part[], moments: readonly Moment[]): Promise<readonly Acknowledged[]> {
    const players = this.#cast(parts.length);
    const heard = await Promise.all(
      parts.map((part, index) =>
        playerAt(players, index).playUntilKilled(this.#order(part, true), momentAt(moments, index)),
      ),
    );
    const acknowledged = heard.flat();
    this.#measured(
      acknowledged.map(({ durationMs }) => durationMs),
      parts.length,
    );
    return acknowledged;
  }

  #measured(durationsMs: readonly number[], processes: number): void {
    if (this.#kind !== "kernel") return;
    const { alone, atOnce } = this.#house.durationsMs;
    (processes === 1 ? alone : atOnce).push(...durationsMs);
  }

  /** The processes that have rested longest, taken from the house. */
  #cast(count: number): readonly Player[] {
    const { players } = this.#house;
    if (players.length < count)
      throw new DemoFault(`row ${this.#row} needs ${count} processes, ${players.length} live`);
    return players.splice(0, count);
  }

  #order(part: Part, acknowledge: boolean): Extract<Order, { type: "play" }> {
    return { type: "play", row: this.#row, board: this.#kind, part, acknowledge };
  }

  #board(actor: string, agent: string | null): Board {
    const { kernel, folder } = this.#house;
    const heard: Heard = async (_, durationMs) => this.#measured([durationMs], 1);
    if (this.#kind === "kernel") return new KernelBoard(agent === null ? kernel : kernel.as(agentNamed(agent)), heard);
    this.#boards += 1;
    return new BareBoard({
      path: barePathIn(folder, this.#row),
      actor,
      process: `demo.${this.#boards}`,
      moneyMaxMicros: MONEY_MAX_MICROS,
      heard,
    });
  }
}

function playerAt(players: readonly Player[], index: number): Player {
  const player = players[index];
  if (player === undefined) throw new DemoFault(`there is no process for part ${index + 1}`);
  return player;
}

function momentAt(moments: readonly Moment[], index: number): Moment {
  const moment = moments[index];
  if (moment === undefined) throw new DemoFault(`part ${index + 1} has no moment to be killed at`);
  return moment;
}
