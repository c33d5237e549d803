import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY, RULES } from "../../src/core/index.ts";
import type { Policy } from "../../src/core/index.ts";
import { bench } from "../support/kernels.ts";
import { rewritten } from "../support/rewritten.ts";

const TIGHT: Policy = { ...DAY_ONE_POLICY, lineage: { ...DAY_ONE_POLICY.lineage, depth: { soft: null, hard: 1 } } };

/** d-1 adopts, d-2 makes T-1, d-3 claims it, d-4 is refused (a-2 does not hold it). */
async function contested(): ReturnType<typeof bench> {
  const made = await bench();
  await made.human.submit({ type: "create_task", body: { title: "x" } });
  await made.agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
  await made.agent("a-2").submit({ type: "record_step", body: { task: "T-1" } });
  return made;
}

describe("explain", () => {
  test("the rows that a refusal read are those from before it", async () => {
    const { human, agent } = await contested();
    await agent("a-1").submit({ type: "release_task", body: { task: "T-1" } });
    const found = await human.explain("d-4");
    assert.equal(found?.agreement, "same");
    const task = found?.rows.find(({ key }) => key === "task/T-1")?.row;
    assert.ok(task?.kind === "task");
    assert.deepEqual([task.holder, task.fence], ["agent:a-1", 1]);
    const keys = found?.rows.map(({ key }) => key) ?? [];
    assert.deepEqual(keys, keys.toSorted());
    assert.ok(keys.includes("head") && keys.includes("actor/agent:a-2"));
    assert.equal(found?.rows.find(({ key }) => key === "actor/agent:a-2")?.row, null);
  });

  test("a decision that these rules would not give is said to differ", async () => {
    const { store } = await contested();
    const other = await rewritten(store, ({ bytes }) => bytes.replaceAll("lease.not_held", "lease.taken"));
    const { human } = await bench({ store: other, init: false });
    const found = await human.explain("d-4");
    assert.equal(found?.agreement, "differs");
    assert.match(found?.problem ?? "", /^it was refused lease\.taken .*; these rules say refused lease\.not_held/);
  });

  test("what is no decision is not explained", async () => {
    const { human } = await contested();
    assert.equal(await human.explain("d-5"), null);
    assert.equal(await human.explain("nonsense"), null);
  });

  test("the policy of each decision is named by where it was adopted", async () => {
    const store = (await contested()).store;
    const { human, clock } = await bench({ store, init: false, policy: TIGHT });
    clock.now += 5_000;
    await human.submit({ type: "adopt_policy", body: { policy: TIGHT, source: "# tight" }, commandId: "p" });
    await human.submit({ type: "create_task", body: { title: "y" }, commandId: "t" });
    assert.equal(await human.policyAt(1), null);
    assert.equal((await human.policyAt(4))?.sequence, 1);
    assert.equal((await human.policyAt(5))?.sequence, 1);
    const now = await human.policyAt(6);
    assert.deepEqual([now?.sequence, now?.author, now?.at], [5, "human:ada", clock.now]);
    assert.equal(now?.hash, (await human.decision("d-6"))?.event.decision?.policyHash);
  });

  test("a code names one rule only", () => {
    const codes = RULES.flatMap((rule) => rule.codes);
    assert.deepEqual(
      codes.filter((code, index) => codes.indexOf(code) !== index),
      [],
    );
  });
});
