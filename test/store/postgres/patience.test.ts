// For how long is tried again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Patience } from "../../../src/store/postgres/patience.ts";
import { gaveNoAnswer, Lost } from "../../../src/store/postgres/sql-fault.ts";

const PATIENCE_MS = 10_000;

/** How many tries there are, when each takes so long and ends so; the clock goes on at each try alone. */
async function triesOf(tryMs: number, ended: (tries: number) => Error): Promise<number> {
  let [nowMs, tries] = [0, 0];
  const patience = new Patience({ patienceMs: PATIENCE_MS, random: () => -0.5, monotonicMs: () => nowMs });
  const attempt = (): Promise<never> => {
    nowMs += tryMs;
    return Promise.reject(ended((tries += 1)));
  };
  await assert.rejects(
    patience.until(attempt, (error) => error),
    Lost,
  );
  return tries;
}

test("what is lost at once is tried for the patience", async () => {
  assert.equal(await triesOf(1_000, () => new Lost("refused")), 11);
});

test("a silence took its own patience: the others are tried for one more, however often they are silent too", async () => {
  const silence = gaveNoAnswer(PATIENCE_MS);
  assert.equal(await triesOf(PATIENCE_MS + 1, () => new Lost("refused")), 1);
  assert.equal(await triesOf(PATIENCE_MS + 1, (tries) => (tries === 1 ? silence : new Lost("refused"))), 2);
  assert.equal(await triesOf(PATIENCE_MS + 1, () => silence), 2);
});
