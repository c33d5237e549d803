// Rounds of flips over one small store that has every kind of row: in each column of each table, and anywhere in the
// file. INVARIANT they hold: what nothing finds has changed nothing that the store tells.

import assert from "node:assert/strict";
import { join } from "node:path";
import { checkpointIfDue } from "../../src/kernel/checkpoint/if-due.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import { columnsOf, flipInColumn, flipInFile, outcomeOf, wholeStory } from "./flips.ts";
import type { Finder } from "./flips.ts";
import { bench } from "./kernels.ts";
import { random } from "./random.ts";

/**
 * Columns with bits that mean nothing (a number that only orders, a frame that unpacks to the same rows), or that may
 * stand higher than the log tells.
 */
const UNVERIFIED: ReadonlySet<string> = new Set([
  "checkpoint_part.bytes",
  "checkpoint_part.number",
  "counter.name",
  "counter.value",
  "state.number",
]);

/** The index of words keeps a version and a shape of its own there; a flip may leave both readable. */
const OF_THE_INDEX = /^search_(?:idx|data|config)\./;

async function fill(path: string): Promise<void> {
  const store = await openSqliteStore({ path, create: true, ballastBytes: 0 });
  const { human, agent } = await bench({ store });
  for (let n = 1; n <= 8; n += 1) {
    const [task, hand] = [`T-${n}`, agent(`a-${n % 3}`)];
    await human.submit({ type: "create_task", body: { title: `work ${n}`, text: "long ".repeat(n * 40) } });
    await hand.submit({ type: "claim_task", body: { task } });
    const step = { task, tokens: 50, tool: "shell", call: `make test-${n}` };
    const { decision } = await hand.submit({ type: "reserve_step", body: step });
    const reservation = String(decision.result?.["reservation"]);
    if (n % 4 > 0) await hand.submit({ type: "settle_step", body: { reservation, tokens: 7, result: "ok" } });
    await hand.submit({ type: "claim_task", body: { task: "T-404" } });
    const lesson = { what: `lesson ${n} of the crash`, workaround: "shell" };
    const to = n % 2 === 0 ? "in_review" : "blocked";
    await hand.submit({ type: "move_task", body: { task, to, reason: "because", lesson } });
    if (n === 4) await checkpointIfDue(store, "w", 1);
  }
  await store.close();
}

export type Tally = { readonly [F in Finder]: number };

const nobodyYet = (): { -readonly [F in Finder]: number } => ({ fault: 0, verify: 0, check: 0, nobody: 0 });

/** Flips `times` bits in each column; how often who found it, by `table.column`. */
export async function flipColumns(folder: string, times: number, seed: number): Promise<ReadonlyMap<string, Tally>> {
  const whole = join(folder, "whole.db");
  await fill(whole);
  const story = await wholeStory(whole);
  const dice = random(seed);
  const found = new Map<string, Tally>();
  for (const place of columnsOf(whole)) {
    const name = `${place.table}.${place.column}`;
    const tally = nobodyYet();
    for (let n = 0; n < times; n += 1) {
      const flip = flipInColumn(whole, join(folder, "flipped.db"), place, dice);
      if (flip === null) continue;
      const { finder, same } = await outcomeOf(flip.path, story);
      tally[finder] += 1;
      if (finder !== "nobody") continue;
      assert.notEqual(same, false, `${flip.what} changed what is told, and nothing found it`);
      assert.ok(UNVERIFIED.has(name) || OF_THE_INDEX.test(name), `${flip.what} was not found`);
    }
    found.set(name, tally);
  }
  return found;
}

/** Flips `times` bits anywhere in the file, one at a time. */
export async function flipFile(folder: string, times: number, seed: number): Promise<Tally> {
  const whole = join(folder, "whole.db");
  await fill(whole);
  const story = await wholeStory(whole);
  const dice = random(seed);
  const tally = nobodyYet();
  for (let n = 0; n < times; n += 1) {
    const flip = flipInFile(whole, join(folder, "flipped.db"), dice);
    const { finder, same } = await outcomeOf(flip.path, story);
    tally[finder] += 1;
    if (finder === "nobody") assert.equal(same, true, `${flip.what} changed what is told, and nothing found it`);
  }
  return tally;
}
