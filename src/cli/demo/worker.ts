// A process of the demo, from inside: opens the store once, then plays the parts it is sent, one after the other. It
// is started by the demo alone and ends with it.

import type { Kernel } from "../../kernel/index.ts";
import { BareBoard } from "./bare-board.ts";
import type { Board, Heard } from "./board.ts";
import { KernelBoard } from "./kernel-board.ts";
import { readOrder } from "./messages.ts";
import type { Order, Word } from "./messages.ts";
import { SCENARIOS } from "./scenarios/index.ts";
import type { Tally } from "./scenario.ts";
import { agentNamed, barePathIn, openKernel, MONEY_MAX_MICROS } from "./setting.ts";

type Play = Extract<Order, { type: "play" }>;
type Place = { readonly kernel: Kernel; readonly folder: string; readonly process: string; plays: number };

/** Resolves once the word has left this process: only then is it told. */
async function tell(word: Word): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.send?.(word, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

function boardFor({ row, board, part }: Play, place: Place, heard: Heard): Board {
  const { kernel, folder } = place;
  place.plays += 1;
  const name = `${place.process}.${place.plays}`;
  if (board === "kernel") return new KernelBoard(kernel.as(agentNamed(part.agent)), heard);
  return new BareBoard({
    path: barePathIn(folder, row),
    actor: `agent:${part.agent}`,
    process: name,
    moneyMaxMicros: MONEY_MAX_MICROS,
    heard,
  });
}

async function play(order: Play, place: Place): Promise<Tally> {
  const scenario = SCENARIOS.find(({ number }) => number === order.row);
  if (scenario === undefined) throw new Error(`there is no row ${order.row}`);
  const counts = { wouldHave: 0, recorded: 0 };
  const refusals: string[] = [];
  const refused: Record<string, number> = {};
  const durationsMs: number[] = [];
  const board = boardFor(order, place, async (answer, durationMs) => {
    durationsMs.push(durationMs);
    counts.wouldHave += answer.wouldHave;
    if (answer.decision !== null) counts.recorded += 1;
    if (!answer.granted) refused[answer.code] = (refused[answer.code] ?? 0) + 1;
    if (!answer.granted && answer.decision !== null) refusals.push(answer.decision);
    if (order.acknowledge)
      await tell({ type: "acknowledged", commandId: answer.commandId, decision: answer.decision, durationMs });
  });
  const count = await scenario.act(board, order.part);
  return { count, refused, ...counts, refusal: refusals[0] ?? null, durationsMs };
}

async function open({ folder, process: name }: Extract<Order, { type: "open" }>): Promise<Place> {
  const { kernel } = await openKernel(folder, name, false);
  // The first read compiles the policy and opens a connection: before the play, not in it.
  await kernel.policy();
  return { kernel, folder, process: name, plays: 0 };
}

async function obey(message: unknown, place: Place | null): Promise<Place | null> {
  const order = readOrder(message);
  if (order.type === "open") {
    const opened = await open(order);
    await tell({ type: "opened" });
    return opened;
  }
  if (place === null) throw new Error("a part came before the place");
  await tell({ type: "played", tally: await play(order, place) });
  return place;
}

/** Plays what the parent process sends until it closes the channel; 2 when there is no parent to listen to. */
export function runDemoWorker(): Promise<number> {
  if (process.send === undefined) {
    process.stderr.write("exec-kernel: demo-worker is started by `exec-kernel demo`, not by hand\n");
    return Promise.resolve(2);
  }
  let place: Promise<Place | null> = Promise.resolve(null);
  process.on("message", (message) => {
    place = place.then((known) => obey(message, known));
    place.catch((error: unknown) => {
      const problem = error instanceof Error ? error.message : String(error);
      // Whom to tell is gone if this fails too.
      tell({ type: "failed", problem }).catch(() => undefined);
    });
  });
  // Nobody is left to hear of anything: a transaction under way is rolled back by whoever opens the file next.
  process.on("disconnect", () => process.exit(0));
  return new Promise(() => undefined);
}
