// `exec-kernel demo`: the same agents without the kernel and with it, as real processes on one real SQLite file in a
// folder of its own, which is removed at the end.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initWorkspace } from "../../kernel/index.ts";
import { DemoFault } from "./fault.ts";
import { newBareBoard } from "./bare-board.ts";
import { jsonReport } from "./json-report.ts";
import type { BoardKind } from "./messages.ts";
import { Player } from "./player.ts";
import { progressOn } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { mixed, randomFrom } from "./random.ts";
import { allHolds, durationsOf } from "./result.ts";
import type { DemoResult, Outcome } from "./result.ts";
import type { Measured, Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/index.ts";
import { SPENDERS } from "./scenarios/spenders.ts";
import { barePathIn, DEMO_POLICY, openKernel, storePathIn } from "./setting.ts";
import type { OpenKernel } from "./setting.ts";
import { OneStage } from "./stage.ts";
import type { House } from "./stage.ts";
import { tableReport } from "./table-report.ts";

export type DemoOptions = {
  /** As demoSeed reads it. */
  readonly seed: number;
  /** One object on stdout in place of the table. */
  readonly json: boolean;
  /** The store stays, and its path is printed. */
  readonly keep: boolean;
  readonly env: { readonly [name: string]: string | undefined };
  /** The script whose `demo-worker` starts a process; this one unless told. */
  readonly entry?: string;
  /** For tests: the agents of this row go round the kernel, so that it cannot hold. */
  readonly bypassedRow?: number;
};

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function startPlayers(house: House, entry: string, progress: Progress): Promise<void> {
  let open = 0;
  house.players.push(...Array.from({ length: SPENDERS }, (_, index) => new Player(`p${index + 1}`, entry)));
  await Promise.all(
    house.players.map(async (player) => {
      await player.open(house.folder);
      open += 1;
      progress.say(`starting processes: ${open} of ${SPENDERS}`);
    }),
  );
}

async function playRow(scenario: Scenario, house: House, options: DemoOptions, progress: Progress): Promise<Outcome> {
  const { number, name } = scenario;
  // Both columns draw the same choices: only the board differs.
  const seed = mixed(options.seed, number);
  const measured = async (kind: BoardKind, measure: Scenario["with"]): Promise<Measured> => {
    progress.say(`${number} ${name}: ${measure === scenario.with ? "with" : "without"} the kernel`);
    if (kind === "bare") newBareBoard(barePathIn(house.folder, number));
    return await measure(new OneStage(number, kind, randomFrom(seed), house));
  };
  const without = await measured("bare", scenario.without);
  return {
    number,
    name,
    without,
    with: await measured(options.bypassedRow === number ? "bare" : "kernel", scenario.with),
  };
}

async function playAll(house: House, open: OpenKernel, options: DemoOptions, progress: Progress): Promise<DemoResult> {
  const startedMs = performance.now();
  await initWorkspace(open.kernel, DEMO_POLICY, "demo");
  await startPlayers(house, options.entry ?? process.argv[1] ?? "", progress);
  const rows: Outcome[] = [];
  for (const scenario of SCENARIOS) rows.push(await playRow(scenario, house, options, progress));
  progress.say("verifying the log");
  const verify = await open.kernel.verify();
  const { sqliteVersion, synchronous } = await open.store.facts();
  const { durationsMs, refusals } = house;
  return {
    seed: options.seed,
    processes: SPENDERS,
    sqliteVersion: sqliteVersion ?? "",
    synchronous,
    rows,
    verify,
    decision: { alone: durationsOf(durationsMs.alone), atOnce: durationsOf(durationsMs.atOnce) },
    durationMs: performance.now() - startedMs,
    storePath: options.keep ? storePathIn(house.folder) : null,
    refusal: refusals[0] ?? null,
  };
}

async function perform(
  folder: string,
  players: Player[],
  options: DemoOptions,
  progress: Progress,
): Promise<DemoResult> {
  const open = await openKernel(folder, "demo", true);
  const house: House = { folder, kernel: open.kernel, players, durationsMs: { alone: [], atOnce: [] }, refusals: [] };
  try {
    const result = await playAll(house, open, options, progress);
    await Promise.all(players.map((player) => player.close()));
    return result;
  } finally {
    await open.store.close();
  }
}

/** Undoes what the demo left when it is ended from outside, then lets the signal do its work. */
function onSignals(undo: () => void): () => void {
  const handlers = SIGNALS.map((signal) => {
    const handler = (): void => {
      undo();
      release();
      process.kill(process.pid, signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  const release = (): void => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
  return release;
}

function print(result: DemoResult, { json, env }: DemoOptions): void {
  const { stdout } = process;
  const colour = stdout.isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  const columns = stdout.isTTY ? stdout.columns : Infinity;
  stdout.write(json ? jsonReport(result) : tableReport(result, { colour, columns, env }));
}

/**
 * Plays all rows and prints the table: 0 when every row holds and the log verifies, 1 when not, 3 when a process of the
 * demo itself failed. Throws StoreFault where SQLite or the temporary folder cannot be used.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const progress = progressOn(process.stderr);
  const folder = mkdtempSync(join(tmpdir(), "exec-kernel-demo-"));
  const players: Player[] = [];
  const remove = (): void => {
    progress.clear();
    for (const player of players) player.kill();
    if (!options.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const release = onSignals(remove);
  try {
    const result = await perform(folder, players, options, progress);
    progress.clear();
    print(result, options);
    return allHolds(result) ? 0 : 1;
  } catch (error) {
    progress.clear();
    if (!(error instanceof DemoFault)) throw error;
    process.stderr.write(`exec-kernel: the demo did not finish: ${error.message}\n`);
    return 3;
  } finally {
    release();
    remove();
  }
}
