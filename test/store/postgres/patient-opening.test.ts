// How long opening waits for a primary, and what it says meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPatiently } from "../../../src/store/postgres/opening.ts";
import { Patience } from "../../../src/store/postgres/patience.ts";
import { Lost } from "../../../src/store/postgres/sql-fault.ts";
import { StoreFault } from "../../../src/store/index.ts";

const TRY_MS = 1_500;

/** Opens with a clock that goes on at each try alone; `fails` gives what each try ends in, null for a store. */
async function opened(fails: (tries: number) => Error | null) {
  let [nowMs, tries] = [0, 0];
  const told: string[] = [];
  const patience = new Patience({ patienceMs: 30_000, random: () => -0.5, monotonicMs: () => nowMs });
  const work = async (): Promise<string> => {
    nowMs += TRY_MS;
    const error = fails((tries += 1));
    if (error !== null) throw error;
    return "open";
  };
  const options = { patience, openingPatienceMs: 30_000, onWaiting: (line: string) => told.push(line), where: "pg" };
  const outcome = await openPatiently(work, options).catch((error: unknown) => error);
  return { outcome, tries, told };
}

test("where no host answers opening gives up after 10 seconds, and says once before what it waits for", async () => {
  const { outcome, tries, told } = await opened(() => new Lost("h:1 ECONNREFUSED"));
  assert.ok(outcome instanceof StoreFault);
  assert.match(outcome.message, /^pg has no primary that can be reached for 1[01] s \(h:1 ECONNREFUSED\)/);
  assert.deepEqual([tries, told], [7, ["waiting for a primary at pg (h:1 ECONNREFUSED)"]]);
});

test("once a host has answered, as a standby does, it waits for the whole patience", async () => {
  const standby = new Lost("h:1 is a standby", { answered: true });
  const { outcome, tries } = await opened((now) => (now === 2 ? standby : new Lost("h:1 ECONNREFUSED")));
  assert.ok(outcome instanceof StoreFault);
  assert.equal(tries, 21);
});

test("a fail-over that ends in time is ridden through, and a short one without a word", async () => {
  const { outcome, told } = await opened((tries) =>
    tries < 2 ? new Lost("h:1 is a standby", { answered: true }) : null,
  );
  assert.deepEqual([outcome, told], ["open", []]);
});

test("what waiting does not mend is told at once", async () => {
  const wrong = new StoreFault("store.io", "pg", "pg: password authentication failed");
  const { outcome, tries } = await opened(() => wrong);
  assert.deepEqual([outcome, tries], [wrong, 1]);
});
