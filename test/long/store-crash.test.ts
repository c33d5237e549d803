// Many rounds of many writers that are killed at random moments: nothing acknowledged is ever missing.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { killRounds } from "../store/children/kill-rounds.ts";
import { seed, temporaryFolder } from "../store/support.ts";

test("8 writers killed with -9 in each of 12 rounds lose nothing that was acknowledged", async (context) => {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  context.diagnostic(`SEED=${seed}`);
  const acknowledged = await killRounds({ path: join(folder, "store.db"), rounds: 12, writers: 8, seed });
  context.diagnostic(`${acknowledged} appends acknowledged`);
  assert.ok(acknowledged >= 12 * 8 * 5);
});
