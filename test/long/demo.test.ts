// The demo over several seeds; each of its rows made to fail; and what is left when it is ended from outside.

import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { DemoPlace } from "../demo/run-demo-process.ts";

const ROWS = [1, 2, 3, 4, 5, 6, 7, 8];
const LIMIT_MS = 30_000;

let place: DemoPlace;

before(async () => {
  place = await DemoPlace.make();
});

after(() => place.remove());

for (const seed of ["1", "42", process.env["SEED"] ?? "20261124"]) {
  test(`all rows hold with seed ${seed}, within ${LIMIT_MS / 1_000} s, and nothing is left behind`, async () => {
    const startedMs = performance.now();
    const { status, stdout, stderr } = await place.run({ args: [seed] });
    const durationMs = performance.now() - startedMs;
    assert.equal(status, 0, stdout + stderr);
    assert.equal(stderr, "");
    assert.match(stdout, new RegExp(`^seed ${seed} · 30 processes`));
    assert.deepEqual(
      stdout.split("\n").flatMap((line) => /^ (\d) /.exec(line)?.[1] ?? []),
      ROWS.map(String),
    );
    assert.match(stdout, /^verify {4}\S+ events, chain intact, 0 rows differ$/m);
    assert.match(stdout, /^8\/8 in /m);
    assert.deepEqual(place.leftovers(), []);
    assert.ok(durationMs < LIMIT_MS, `took ${Math.round(durationMs)} ms`);
  });
}

for (const row of ROWS) {
  test(`row ${row} fails, and only it, when its agents go round the kernel`, async () => {
    const { status, stdout, stderr } = await place.run({ args: ["42", String(row)] });
    assert.equal(status, 1, stdout + stderr);
    assert.match(stdout, /^7\/8 in /m);
    assert.match(stdout, new RegExp(`^ ${row} .* FAILED `, "m"));
    assert.deepEqual(place.leftovers(), []);
  });
}

/** The demo's processes that run now. */
function running(): readonly string[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => commandOf(id).includes(place.entry));
}

function commandOf(id: string): string {
  try {
    return readFileSync(join("/proc", id, "cmdline"), "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
}

async function until(holds: () => boolean): Promise<boolean> {
  for (const deadlineMs = performance.now() + 10_000; performance.now() < deadlineMs; await setTimeout(20))
    if (holds()) return true;
  return false;
}

for (const signal of ["SIGINT", "SIGKILL"] as const) {
  test(
    `no process outlives a demo ended by ${signal}`,
    { skip: existsSync("/proc/self/cmdline") ? false : "needs /proc" },
    async () => {
      const demo = place.start({ args: ["42"] });
      const ended = once(demo, "exit");
      assert.ok(await until(() => running().length > 30), "its processes did not start");
      demo.kill(signal);
      assert.deepEqual(await ended, [null, signal]);
      assert.ok(await until(() => running().length === 0), `${running().length} processes are left`);
      if (signal === "SIGINT") assert.deepEqual(place.leftovers(), []);
    },
  );
}
