import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { normalised } from "../../src/steps/index.ts";

/** What programs print of the same thing at two times. */
const SAME: readonly (readonly [by: string, one: string, other: string])[] = [
  ["vitest", "   Start at  10:21:33\n   Duration  1.02s", "   Start at  10:24:05\n   Duration  987ms"],
  ["pytest", "== 1 failed, 9 passed in 63.20s (0:01:03) ==", "== 1 failed, 9 passed in 58.11s (0:00:58) =="],
  ["jest", "Time:        1.234 s, estimated 2 s", "Time:        2.001 s, estimated 3 s"],
  [
    "go test",
    "--- FAIL: TestOpen (0.00s)\nFAIL\texample/store\t0.123s",
    "--- FAIL: TestOpen (0.02s)\nFAIL\texample/store\t0.145s",
  ],
  ["cargo", "    Finished dev profile in 1.27s", "    Finished dev profile in 0.08s"],
  ["cargo, over a minute", "    Finished release profile in 1m 03s", "    Finished release profile in 2m 41s"],
  ["node --test", "ℹ pass 4\nℹ fail 1\nℹ duration_ms 52.385", "ℹ pass 4\nℹ fail 1\nℹ duration_ms 61.02"],
  ["node's warnings", "(node:48213) ExperimentalWarning: SQLite", "(node:51002) ExperimentalWarning: SQLite"],
  [
    "mix test",
    "Finished in 0.05 seconds (0.00s async, 0.05s sync)",
    "Finished in 0.12 seconds (0.02s async, 0.10s sync)",
  ],
  [
    "mix test, its seed",
    "Running ExUnit with seed: 412345, max_cases: 16",
    "Running ExUnit with seed: 98, max_cases: 16",
  ],
  ["rspec, its seed", "Randomized with seed 12345", "Randomized with seed 54321"],
  ["time", "real\t0m1.234s\nuser\t0m0.950s", "real\t0m1.301s\nuser\t0m0.955s"],
  ["python's objects", "<Store object at 0x7f3a5c00d2b0>", "<Store object at 0x7f3a5c11aa10>"],
  [
    "pytest's folder",
    "/var/folders/pytest-of-ada/pytest-12/test_a0/out.txt",
    "/var/folders/pytest-of-ada/pytest-13/test_a0/out.txt",
  ],
  [
    "maven",
    "Total time:  1.234 s\nFinished at: 2026-11-24T09:30:00Z",
    "Total time:  1.534 s\nFinished at: 2026-11-24T09:41:00Z",
  ],
  ["gradle", "BUILD FAILED in 3s", "BUILD FAILED in 1m 2s"],
  ["a log", "2026-11-24 09:30:00,125 INFO [pid=312] up", "2026-11-24 09:31:10,002 INFO [pid=998] up"],
];

describe("noise of programs", () => {
  for (const [by, one, other] of SAME)
    test(`two runs of ${by} are told as the same`, () => assert.equal(normalised(one), normalised(other)));

  test("numbers of tests, names of files and lines still count", () => {
    for (const [one, other] of [
      ["4 passed, 1 failed", "5 passed, 1 failed"],
      ["src/a.ts:12:3 error", "src/a.ts:13:3 error"],
      ["line 12 of part-3.txt", "line 12 of part-4.txt"],
      ["exit code 1", "exit code 2"],
    ] as const)
      assert.notEqual(normalised(one), normalised(other));
  });
});
