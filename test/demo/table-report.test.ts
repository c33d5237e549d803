// The demo's table, line by line: as wide as it is meant to be, or within 80 columns; a row that fails says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { tableReport } from "../../src/cli/demo/table-report.ts";
import { allHolds, percentile } from "../../src/cli/demo/result.ts";
import type { DemoResult, Outcome } from "../../src/cli/demo/result.ts";
import type { Measured } from "../../src/cli/demo/scenario.ts";

const cell = (shown: string, note = "", problem: string | null = null): Measured => ({
  shown,
  count: 0,
  note,
  problem,
});

const ROWS: readonly Outcome[] = [
  {
    number: 1,
    name: "task that spawns itself",
    without: cell("512"),
    with: cell("6", "refused lineage.depth_exceeded"),
  },
  {
    number: 4,
    name: "todo -> done",
    without: cell("accepted"),
    with: cell("0", "refused lifecycle.transition_skipped"),
  },
  {
    number: 7,
    name: "honest agent: 120 steps, polls CI",
    without: cell("done"),
    with: cell("done", "0 refused      (must be 0)"),
  },
  { number: 8, name: "kill -9 while writing", without: cell("171 lost"), with: cell("0 lost", "of 206, 8 killed") },
];

const VERIFIED: DemoResult["verify"] = {
  ...{ ok: true, depth: "rows", from: 0, events: 2_204, rows: 300, headHash: "0".repeat(64) },
  ...{ checkpoint: null, checkpointProblem: null },
  ...{ badSequence: null, badKey: null, lastGood: 2_204, findings: [], found: 0 },
};

const RESULT: DemoResult = {
  seed: 42,
  processes: 30,
  sqliteVersion: "3.53.4",
  synchronous: "full",
  rows: ROWS,
  verify: VERIFIED,
  decision: { alone: { count: 9, p50Ms: 0.41, p99Ms: 3.14 }, atOnce: { count: 9, p50Ms: 12.4, p99Ms: 96 } },
  durationMs: 14_210,
  storePath: null,
  refusal: "d-16",
};

const PLAIN = { colour: false, columns: Infinity, env: {} };

test("the wide table keeps its columns", () => {
  const lines = tableReport(RESULT, PLAIN).split("\n");
  assert.deepEqual(lines.slice(0, 10), [
    "seed 42 · 30 processes · no network, no key · SQLite, fsync on",
    "                                      without     with",
    " 1 task that spawns itself                512        6   refused lineage.depth_exceeded",
    " 4 todo -> done                      accepted        0   refused lifecycle.transition_skipped",
    " 7 honest agent: 120 steps, polls CI     done     done   0 refused      (must be 0)",
    " 8 kill -9 while writing             171 lost   0 lost   of 206, 8 killed",
    "verify    2,204 events, chain intact, 0 rows differ",
    "decision  p50 0.4 ms  p99 3.1 ms      (many at once: p50 12 ms  p99 96 ms)",
    "policy    day one, but $10.00 a lineage, not $40.00,",
    "          stall enforced, gh run view is polling",
  ]);
  assert.equal(lines[10], "4/4 in 14.2 s");
});

test("at 80 columns no line is longer, whoever calls it", () => {
  for (const env of [{}, { npm_lifecycle_event: "npx" }, { npm_lifecycle_event: "demo" }]) {
    const lines = tableReport(RESULT, { colour: false, columns: 80, env }).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
    assert.ok(lines.some((line) => line.endsWith(" lifecycle.transition_skipped")));
  }
});

test("a value wider than its column moves the others, and never touches them", () => {
  const wide: Outcome = { number: 5, name: "x".repeat(40), without: cell("accepted"), with: cell("123456789") };
  const line = tableReport({ ...RESULT, rows: [...ROWS, wide] }, PLAIN).split("\n")[6];
  assert.equal(line, ` 5 ${"x".repeat(40)}  accepted  123456789`);
});

test("colours change nothing but the colours", () => {
  const coloured = tableReport(RESULT, { ...PLAIN, colour: true });
  assert.notEqual(coloured, tableReport(RESULT, PLAIN));
  assert.equal(stripVTControlCharacters(coloured), tableReport(RESULT, PLAIN));
});

test("a row that does not hold says why, and the whole does not hold", () => {
  const [first, ...others] = ROWS;
  assert.ok(first);
  const rows = [{ ...first, with: cell("512", "", "tasks made: 512, should be 6") }, ...others];
  const report = tableReport({ ...RESULT, rows }, PLAIN);
  assert.match(report, /512 {6}512 {3}FAILED tasks made: 512, should be 6\n/);
  assert.match(report, /^3\/4 in 14\.2 s$/m);
  assert.equal(allHolds({ ...RESULT, rows }), false);
  assert.equal(allHolds(RESULT), true);
});

test("a harm that did not show without the kernel fails its row too", () => {
  const [first, ...others] = ROWS;
  assert.ok(first);
  const rows = [{ ...first, without: cell("0", "", "tasks made: 0, should be 512") }, ...others];
  assert.match(tableReport({ ...RESULT, rows }, PLAIN), /FAILED without the kernel: tasks made: 0, should be 512/);
});

test("a log that does not verify is told, and fails the whole", () => {
  const findings = [{ at: "event 7", problem: "its hash does not cover its bytes" }];
  const broken = { ...RESULT, verify: { ...RESULT.verify, ok: false, found: 3, findings } };
  assert.match(tableReport(broken, PLAIN), /^verify {4}2,204 events, 3 FINDINGS, first at event 7: its hash/m);
  assert.equal(allHolds(broken), false);
});

test("a kept store is named, with commands that look into it", () => {
  const report = tableReport({ ...RESULT, storePath: "/a/store.db" }, PLAIN);
  assert.match(report, /^store {5}\/a\/store\.db$/m);
  assert.match(report, /^ {2}exec-kernel why d-16 --store \/a\/store\.db -w demo$/m);
});

test("percentiles are values that occurred", () => {
  assert.equal(percentile([], 0.5), 0);
  assert.equal(percentile([3], 0.99), 3);
  assert.equal(percentile([4, 1, 3, 2], 0.5), 2);
  assert.equal(percentile([4, 1, 3, 2], 0.99), 4);
});
