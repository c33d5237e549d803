// Several processes of the command line on one store at once, and ones that are killed: what was granted stays granted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ended, sandbox } from "../support/cli.ts";
import { random, runSeed } from "../support/random.ts";

test("of eight claims at once exactly one is granted", async () => {
  const home = await sandbox();
  await home.ok(["task", "create", "wanted"]);
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, index) => home.run(["task", "claim", "T-1"], home.agent(`a-${index}`))),
  );
  assert.deepEqual(
    claims.map(({ status }) => String(status)).toSorted(),
    ["0", "1", "1", "1", "1", "1", "1", "1"],
    claims.map(({ stderr }) => stderr).join(""),
  );
  for (const { status, stderr } of claims) if (status === 1) assert.match(stderr, /^refused lease\.taken: /);
  assert.match(await home.ok(["verify"]), /chain intact/);
});

test("tasks created at once get ids of their own", async () => {
  const home = await sandbox();
  const ids = await Promise.all(
    Array.from({ length: 8 }, (_, index) => home.ok(["-q", "task", "create", `task ${index}`])),
  );
  assert.equal(new Set(ids).size, 8);
  assert.equal((await home.ok(["-q", "task", "list"])).split("\n").length, 8);
});

test("a killed process loses nothing that it was told, and a repeated command id finds out", async () => {
  const home = await sandbox();
  const chance = random(runSeed());
  const granted: string[] = [];
  for (let number = 1; number <= 6; number += 1) {
    const command = ["task", "create", `task ${number}`, "--id", `K-${number}`, "--command-id", `c-${number}`];
    const child = await home.start(command);
    const end = ended(child);
    const kill = setTimeout(() => child.kill("SIGKILL"), 20 + chance.below(120));
    const { status } = await end;
    clearTimeout(kill);
    const again = await home.ok(command);
    if (status === 0) assert.match(again, /replayed/, "a grant that was told was lost");
    granted.push(`K-${number}`);
  }
  assert.equal(await home.ok(["-q", "task", "list"]), granted.join("\n"));
  assert.match(await home.ok(["verify"]), /chain intact, 0 rows differ/);
});
