// What a scenario is: one kind of agent, played on the bare board and on the kernel, and what came of it. A new row of
// the table is a new file in scenarios/ and its line in the list there.

import type { Acknowledged, Board } from "./board.ts";
import type { Random } from "./random.ts";

/** What one process is given to play. */
export type Part = {
  readonly agent: string;
  readonly seed: number;
  /** The task it works on; empty where it has none. */
  readonly task: string;
  readonly fence: number | null;
  /** At most so often it does what it does: a runaway must end some time. */
  readonly times: number;
};

/** What came of one part. */
export type Tally = {
  /** What the scenario counts: tasks made, steps done. */
  readonly count: number;
  /** Refusals by their code. */
  readonly refused: { readonly [code: string]: number };
  readonly wouldHave: number;
  /** Answers that stand in the kernel's log. */
  readonly recorded: number;
  /** A decision that refused, to look at later. */
  readonly refusal: string | null;
  /** How long each request took, in milliseconds. */
  readonly durationsMs: readonly number[];
};

/** When a process is killed: so long after its so many-th acknowledged request. */
export type Moment = { readonly afterAcknowledged: number; readonly delayMs: number };

/** One board, and the processes to play on it. */
export interface Stage {
  readonly random: Random;
  readonly human: Board;
  /** The board as this agent sees it from the demo's own process. */
  agent(id: string): Board;
  /** Plays the parts at once, each in a process of its own, to their ends. */
  play(parts: readonly Part[]): Promise<readonly Tally[]>;
  /** Plays the parts at once and kills each process with SIGKILL; what they acknowledged until then. */
  kill(parts: readonly Part[], moments: readonly Moment[]): Promise<readonly Acknowledged[]>;
}

/** One cell of the table; `problem` says why the row does not hold. */
export type Measured = {
  readonly shown: string;
  readonly count: number;
  readonly note: string;
  readonly problem: string | null;
};

export type Scenario = {
  /** Its number of the eight. */
  readonly number: number;
  readonly name: string;
  /** What a process of it does; returns what the scenario counts. */
  readonly act: (board: Board, part: Part) => Promise<number>;
  readonly without: (stage: Stage) => Promise<Measured>;
  readonly with: (stage: Stage) => Promise<Measured>;
};

/** The first thing that is not as it should be, in words; null when all is. */
export function firstProblem(
  checks: readonly (readonly [what: string, found: unknown, wanted: unknown])[],
): string | null {
  const failed = checks.find(([, found, wanted]) => found !== wanted);
  return failed === undefined ? null : `${failed[0]}: ${String(failed[1])}, should be ${String(failed[2])}`;
}

/** All codes that refused in these tallies, in order, such as `agent.asleep`; `nothing` where none did. */
export function refusedBy(tallies: readonly Tally[]): string {
  const codes = new Set(tallies.flatMap(({ refused }) => Object.keys(refused)));
  return codes.size === 0 ? "nothing" : [...codes].toSorted().join(", ");
}

export function refusals(tallies: readonly Tally[]): number {
  return sum(tallies.flatMap(({ refused }) => Object.values(refused)));
}

/** Answers that no log has: how many went round the kernel. */
export function unrecorded(tallies: readonly Tally[]): number {
  return sum(tallies.map(({ recorded, durationsMs }) => durationsMs.length - recorded));
}

export function counted(tallies: readonly Tally[]): number {
  return sum(tallies.map(({ count }) => count));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
