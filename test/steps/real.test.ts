import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { all, ours, stoppedAt } from "../support/loops/play.ts";
import { realHistories, SESSIONS, TRACES } from "../support/loops/real.ts";
import type { History } from "../support/loops/real.ts";
import { skipWithout } from "../support/outside-data.ts";

function stopped(histories: readonly History[]): readonly string[] {
  return histories.flatMap(({ name, takes }) => {
    const found = stoppedAt(ours(), takes, all);
    return found === null ? [] : [`${name}: ${found.by} after ${found.ran} steps`];
  });
}

describe("real work, every rule refusing", () => {
  test("no session of a coding agent is stopped", { skip: skipWithout(SESSIONS) }, async () => {
    const histories = await realHistories(SESSIONS);
    assert.ok(histories.length >= 3);
    assert.deepEqual(stopped(histories), []);
  });

  test("no trace that succeeded is stopped", { skip: skipWithout(TRACES) }, async () => {
    const succeeded = (await realHistories(TRACES)).filter(({ success }) => success === true);
    assert.equal(succeeded.length, 43);
    assert.deepEqual(stopped(succeeded), []);
  });
});
