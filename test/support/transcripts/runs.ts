// Makes runs of agents, one a line, as benchmarks write them down, and the same runs one step a line. The same options
// give the same bytes.

import { wordsOf, type Words } from "./words.ts";

type RunStep = {
  readonly kind: "user" | "message" | "tool";
  readonly tool?: string;
  readonly args?: string;
  readonly result?: string;
  readonly error?: boolean;
  readonly text?: string;
};

/** One run of one task. */
export type Run = {
  readonly task: number;
  readonly trial: number;
  readonly success: boolean;
  readonly steps: readonly RunStep[];
};

function step(words: Words): RunStep {
  const turn = words.below(5);
  if (turn === 0) return { kind: "user" };
  if (turn === 1) return { kind: "message", text: words.sentence() };
  const args = JSON.stringify({ id: words.hex(4), note: words.sentence() }, null, 1);
  return { kind: "tool", tool: "find_order", args, result: words.page(200), error: words.below(9) === 0 };
}

/** Makes `count` runs. */
export function runsOf(seed: number, count: number): readonly Run[] {
  const words = wordsOf(seed);
  return Array.from({ length: count }, (_, at) => ({
    task: Math.floor(at / 2),
    trial: at % 2,
    success: words.below(2) === 0,
    steps: Array.from({ length: 1 + words.below(20) }, () => step(words)),
  }));
}

/** The runs, one a line. */
export function runsText(runs: readonly Run[]): string {
  return runs.map((run) => `${JSON.stringify(run)}\n`).join("");
}

/** Their steps, one a line. */
export function plainStepsText(runs: readonly Run[]): string {
  const rows = runs.flatMap(({ task, trial, steps }) =>
    steps.map((each) => ({ history: `${task}-${trial}`, ...each })),
  );
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
