// Counters beside the log are held to what the log says of them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RecountedCounters } from "../../src/kernel/recounted-counters.ts";
import { bench } from "../support/kernels.ts";
import { logOf } from "../support/lives.ts";

async function counted() {
  const { store, human, agent } = await bench();
  for (let n = 1; n <= 8; n += 1) await human.submit({ type: "create_task", body: { title: "patrol digest" } });
  // Observed findings, recorded refusals, and ten that are only counted.
  for (let n = 1; n <= 3; n += 1) await agent("b").submit({ type: "create_task", body: { title: `digest #${n}` } });
  for (let n = 0; n < 70; n += 1) await agent("a").submit({ type: "claim_task", body: { task: "T-404" } });
  const recount = new RecountedCounters();
  for (const event of await logOf(human)) recount.add(event);
  return { recount, counters: await store.read("w", (view) => view.counters()) };
}

describe("a recount of the counters", () => {
  test("agrees with the counters of a log that nobody touched, throttled refusals and all", async () => {
    const { recount, counters } = await counted();
    assert.ok(
      (counters.get("actor.throttled") ?? 0) === 10 &&
        [...counters.keys()].some((name) => name.startsWith("observed/")),
    );
    assert.deepEqual(recount.faults(counters), []);
  });

  test("finds a counter that says less than the log, one that is gone, and one that says more", async () => {
    const { recount, counters } = await counted();
    const name = "refused/task.unknown";
    const changed = (by: number) => recount.faults(new Map([...counters, [name, (counters.get(name) ?? 0) + by]]));
    assert.deepEqual(changed(-64), [`counter ${name} says 6, the log has 60`]);
    assert.match(changed(1).join(), /^counters of refusals say \d+ in all, the log and the throttled \d+$/);
    assert.match(changed(-1).join(), /^counters of refusals say/);
    const gone = new Map([...counters].filter(([other]) => other !== name));
    assert.deepEqual(recount.faults(gone), [`counter ${name} says 0, the log has 60`]);
    assert.equal(recount.faults(new Map([...counters, ["actor.throttled", 11]])).length, 1);
  });
});
