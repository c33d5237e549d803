// Many flipped bits: each is found, or has changed nothing that the store tells.

import assert from "node:assert/strict";
import { test } from "node:test";
import { flipColumns, flipFile } from "../support/flip-rounds.ts";
import { seed, temporaryFolder } from "../store/support.ts";

test("25 bits in each column of each table, one at a time", async (context) => {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  context.diagnostic(`SEED=${seed}`);
  const found = await flipColumns(folder, 25, seed);
  for (const [name, { fault, verify, check, nobody }] of found)
    context.diagnostic(`${name}: ${fault} by a fault, ${verify} by verify, ${check} by check, ${nobody} by nobody`);
  for (const name of ["event.bytes", "event.hash", "event.at", "event.type", "state.key", "state.bytes"])
    assert.equal(found.get(name)?.nobody, 0, name);
});

test("2,000 bits anywhere in the file, one at a time", async (context) => {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  context.diagnostic(`SEED=${seed}`);
  const { fault, verify, check, nobody } = await flipFile(folder, 2_000, seed);
  context.diagnostic(`${fault} by a fault, ${verify} by verify, ${check} by check; ${nobody} changed nothing`);
  assert.ok(fault > 20 && verify > 200, "the run was too tame to prove anything");
});
