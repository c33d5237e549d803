// What the crash run says of its flags: one clear line, and no run.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const RUN = join(import.meta.dirname, "run.ts");

test("the crash run explains its flags, and is not started by wrong ones", () => {
  for (const [args, status] of [
    [["--help"], 0],
    [["--kill", "3"], 2],
    [["--kills", "none"], 2],
    [["more"], 2],
  ] as const) {
    const ended = spawnSync(process.execPath, [RUN, ...args], { encoding: "utf8" });
    assert.equal(ended.status, status, ended.stderr);
    assert.match(ended.stdout + ended.stderr, /^(?:crash: )?usage: npm run crash -- \[--kills N\][^\n]*\n$/);
  }
});
