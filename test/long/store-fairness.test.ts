// Eight processes that write as fast as they can share the lock fairly: none waits for seconds.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { openSqliteStore } from "../../src/store/index.ts";
import { startChild } from "../store/children/child.ts";
import { headOf } from "../store/growth.ts";
import { temporaryFolder } from "../store/support.ts";

const PROCESSES = 8;
const COMMITS = 400;
const WORST_MS = 3_000;

function parseLatencies(line: string | undefined): number[] {
  const parsed: unknown = JSON.parse(line ?? "null");
  return Array.isArray(parsed) ? parsed.filter((value) => typeof value === "number") : [];
}

function atShare(sorted: readonly number[], share: number): string {
  return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1)} ms`;
}

test("8 processes that write at once all finish, and none waits for seconds", async (context) => {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  const path = join(folder, "store.db");
  const racers = Array.from({ length: PROCESSES }, () => startChild("racer.ts", [path, String(COMMITS)]));
  await Promise.all(racers.map(({ heard }) => heard(1)));
  const startedMs = performance.now();
  for (const { process } of racers) process.stdin?.end("go\n");
  for (const { ended, errors } of racers) assert.equal(await ended, 0, errors());
  const durationMs = performance.now() - startedMs;
  const perRacer = racers.map(({ lines }) => parseLatencies(lines[1]).sort((a, b) => a - b));
  const all = perRacer.flat().sort((a, b) => a - b);
  context.diagnostic(
    `${all.length} commits, ${((all.length / durationMs) * 1_000).toFixed(0)}/s, p50 ${atShare(all, 0.5)}, p99 ${atShare(all, 0.99)}, worst ${atShare(all, 1)}`,
  );
  context.diagnostic(`worst of each process: ${perRacer.map((latencies) => atShare(latencies, 1)).join(", ")}`);
  assert.equal(all.length, PROCESSES * COMMITS);
  const store = await openSqliteStore({ path });
  assert.equal((await headOf(store, "w"))?.sequence, PROCESSES * COMMITS);
  await store.close();
  assert.ok((all.at(-1) ?? Infinity) < WORST_MS, `worst wait ${atShare(all, 1)}`);
});
