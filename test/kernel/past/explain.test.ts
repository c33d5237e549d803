import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY, RULES } from "../../../src/core/index.ts";
import type { Policy } from "../../../src/core/index.ts";
import { checkpointIfDue } from "../../../src/kernel/checkpoint/if-due.ts";
import type { Checkpoints, Store, View } from "../../../src/store/index.ts";
import { bench } from "../../support/kernels.ts";
import { rewritten } from "../../support/rewritten.ts";
import { storeWith } from "../../support/wrapped-store.ts";

const TIGHT: Policy = { ...DAY_ONE_POLICY, lineage: { ...DAY_ONE_POLICY.lineage, depth: { soft: null, hard: 1 } } };

/** d-1 adopts, d-2 makes T-1, d-3 claims it, d-4 is refused (a-2 does not hold it). */
async function contested(): ReturnType<typeof bench> {
  const made = await bench();
  await made.human.submit({ type: "create_task", body: { title: "x" } });
  await made.agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
  await made.agent("a-2").submit({ type: "record_step", body: { task: "T-1" } });
  return made;
}

function checkpointsWith(inner: Checkpoints, other: Partial<Checkpoints>): Checkpoints {
  return {
    list: (workspace) => inner.list(workspace),
    part: (workspace, sequence, part) => inner.part(workspace, sequence, part),
    savePart: (...parts) => inner.savePart(...parts),
    save: (workspace, checkpoint) => inner.save(workspace, checkpoint),
    ...other,
  };
}

/** The store as it is once newer checkpoints came: headers alone are left of those before. */
function withoutParts(store: Store): Store {
  return storeWith(store, { checkpoints: checkpointsWith(store.checkpoints, { part: async () => null }) });
}

/** The store, and after which sequences pages of events were read. */
function readsOf(store: Store): { readonly store: Store; readonly after: number[] } {
  const after: number[] = [];
  const noting = (view: View): View => ({
    head: () => view.head(),
    load: (keys) => view.load(keys),
    rows: (page) => view.rows(page),
    search: (prefix, query, limit) => view.search(prefix, query, limit),
    counters: () => view.counters(),
    event: (sequence) => view.event(sequence),
    events: (from, limit) => {
      after.push(from);
      return view.events(from, limit);
    },
  });
  return {
    store: storeWith(store, { read: (workspace, work) => store.read(workspace, (view) => work(noting(view))) }),
    after,
  };
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

  test("what is asked of a decision begins at the last checkpoint before it, and is answered the same", async () => {
    const { store, human, agent, clock } = await contested();
    await human.submit({ type: "adopt_policy", body: { policy: DAY_ONE_POLICY, source: "# again" } });
    assert.equal(await checkpointIfDue(store, "w", 1), 5);
    clock.now += 1_000;
    await agent("a-2").submit({ type: "claim_task", body: { task: "T-1" } });
    await human.submit({ type: "adopt_policy", body: { policy: DAY_ONE_POLICY, source: "# and again" } });
    const [begun, kept] = [readsOf(store), readsOf(withoutParts(store))];
    const short = (await bench({ store: begun.store, init: false })).human;
    const long = (await bench({ store: kept.store, init: false })).human;
    assert.deepEqual(await short.explain("d-6"), await long.explain("d-6"));
    assert.deepEqual(await short.policyAt(6), await long.policyAt(6));
    assert.equal((await short.policyAt(6))?.sequence, 5);
    assert.deepEqual([Math.min(...begun.after), Math.min(...kept.after)], [5, 0]);
    assert.equal((await short.explain("d-4"))?.agreement, "same");
    assert.equal(Math.min(...begun.after), 0, "no checkpoint lies before d-4");
  });

  test("a checkpoint whose event was changed is not begun at", async () => {
    const { store, agent } = await contested();
    await checkpointIfDue(store, "w", 1);
    await agent("a-2").submit({ type: "claim_task", body: { task: "T-1" } });
    const { checkpoints } = store;
    const marks = await checkpoints.list("w");
    const moved = readsOf(
      storeWith(store, {
        checkpoints: checkpointsWith(checkpoints, {
          list: async () => marks.map((mark) => ({ ...mark, hash: "0".repeat(64) })),
        }),
      }),
    );
    const { human } = await bench({ store: moved.store, init: false });
    assert.equal((await human.explain("d-5"))?.agreement, "same");
    assert.equal(Math.min(...moved.after), 0);
  });

  test("an answer is decided again with the refusal that it names, whichever side of a checkpoint that stands", async () => {
    const { store, human, agent } = await bench();
    await human.submit({ type: "create_task", body: { title: "x", limits: { steps: 1 } } });
    await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
    for (let n = 0; n < 2; n += 1) await agent("a-1").submit({ type: "record_step", body: { task: "T-1", tokens: n } });
    await checkpointIfDue(store, "w", 1);
    const answer = { decision: "d-5", add: { steps: 1 }, reason: "go on", forMs: 60_000 };
    const { decision, id } = await human.submit({ type: "approve_request", body: answer });
    assert.equal(decision.verdict, "granted", decision.message);
    assert.equal((await human.explain(id ?? ""))?.agreement, "same");
    assert.equal((await human.replay()).differ, 0);
  });

  test("a code names one rule only", () => {
    const codes = RULES.flatMap((rule) => rule.codes);
    assert.deepEqual(
      codes.filter((code, index) => codes.indexOf(code) !== index),
      [],
    );
  });
});
