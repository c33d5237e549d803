// Turns: one at a time, in the order of the calls, whenever the calls come.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Turns } from "../../src/store/turns.ts";
import { seed } from "./support.ts";

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) await Promise.resolve();
}

test("lanes do not wait for each other, and a turn within a turn is refused in any lane", async () => {
  const turns = new Turns();
  const { promise, resolve } = Promise.withResolvers<void>();
  const order: string[] = [];
  const slow = turns.run(async () => {
    await promise;
    order.push("a 1");
  }, "a");
  const next = turns.run(async () => void order.push("a 2"), "a");
  await turns.run(async () => {
    order.push("b");
    await assert.rejects(
      turns.run(async () => undefined, "c"),
      /transact was called inside transact/,
    );
  }, "b");
  resolve();
  await Promise.all([slow, next]);
  assert.deepEqual(order, ["b", "a 1", "a 2"]);
});

type Call = { readonly beforeTicks: number; readonly insideTicks: number; readonly fails: boolean };

test("turns never overlap and keep their order, however the calls fall among the microtasks", async () => {
  const calls = fc.array(fc.record<Call>({ beforeTicks: fc.nat(6), insideTicks: fc.nat(6), fails: fc.boolean() }), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(calls, async (plan) => {
      const turns = new Turns();
      const began: number[] = [];
      let inside = 0;
      const results = plan.map(async ({ insideTicks, fails }, index) => {
        // Calls come in the order of their index: each waits for the ones before it to have been made.
        await ticks(plan.slice(0, index + 1).reduce((sum, call) => sum + call.beforeTicks, 0));
        await turns.run(async () => {
          began.push(index);
          inside += 1;
          assert.equal(inside, 1, "two turns at once");
          await ticks(insideTicks);
          inside -= 1;
          if (fails) throw new Error("mine");
        });
      });
      const settled = await Promise.allSettled(results);
      assert.deepEqual(
        began,
        plan.map((_, index) => index),
      );
      assert.deepEqual(
        settled.map(({ status }) => status === "rejected"),
        plan.map(({ fails }) => fails),
      );
    }),
    { seed, numRuns: 500 },
  );
});
