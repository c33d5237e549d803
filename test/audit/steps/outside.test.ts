// The audit of real transcripts and runs, which are not ours to copy: honest work is never refused. Where the data is
// absent these tests say so and are skipped.

import assert from "node:assert/strict";
import { test } from "node:test";
import { outsideData, skipWithout } from "../../support/outside-data.ts";
import { stepsIn } from "./audited-steps.ts";

test("no real session would have been refused, by any rule", { skip: skipWithout("claude-code") }, async () => {
  const report = await stepsIn([outsideData("claude-code") ?? ""]);
  assert.deepEqual([report.histories, report.refused], [4, 0]);
  assert.deepEqual(report.lines.unknown, []);
  assert.equal(report.badLines.count, 0);
  assert.ok(report.total.steps > 360 && report.total.costMicros > 0);
});

test("no run that succeeded would have been refused", { skip: skipWithout("traces") }, async () => {
  const report = await stepsIn([outsideData("traces") ?? ""]);
  assert.deepEqual([report.histories, report.outcomes?.succeeded, report.outcomes?.succeededRefused], [100, 43, 0]);
});
