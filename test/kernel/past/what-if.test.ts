import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import type { Policy } from "../../../src/core/index.ts";
import type { WhatIfReport } from "../../../src/kernel/index.ts";
import { bench } from "../../support/kernels.ts";
import type { Bench } from "../../support/kernels.ts";

function stepsMost(hard: number): Policy {
  const { budget } = DAY_ONE_POLICY;
  const lifetime = { ...budget.task.lifetime, steps: { soft: null, hard } };
  return { ...DAY_ONE_POLICY, budget: { ...budget, task: { ...budget.task, lifetime } } };
}

const NO_CHILDREN: Policy = {
  ...DAY_ONE_POLICY,
  lineage: { ...DAY_ONE_POLICY.lineage, children: { soft: null, hard: 0 } },
};

/** T-1, held by a-1. */
async function held(policy: Policy = DAY_ONE_POLICY): Promise<Bench> {
  const made = await bench({ policy });
  await made.human.submit({ type: "create_task", body: { title: "write the parser" } });
  await made.agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
  return made;
}

function only(report: WhatIfReport): WhatIfReport["changed"][number] {
  const [change, ...more] = report.changed;
  assert.ok(change !== undefined && more.length === 0, JSON.stringify(report.changed));
  return change;
}

describe("what-if", () => {
  test("the policy in force changes nothing", async () => {
    const { human, agent } = await held(stepsMost(1));
    for (let n = 0; n < 3; n += 1) await agent("a-1").submit({ type: "record_step", body: { task: "T-1", tokens: 5 } });
    const report = await human.whatIf(stepsMost(1));
    assert.deepEqual([report.changed, report.notSpent, report.asked, report.notJudged], [[], {}, {}, 0]);
    assert.equal(report.judged, report.same);
  });

  test("steps that would be refused are counted with what they really used", async () => {
    const { human, agent, clock } = await held();
    const a = agent("a-1");
    await a.submit({ type: "record_step", body: { task: "T-1", costMicros: 10 } });
    const { decision } = await a.submit({ type: "reserve_step", body: { task: "T-1", costMicros: 900 } });
    const reservation = String(decision.result?.["reservation"]);
    clock.now += 1_000;
    await a.submit({ type: "settle_step", body: { reservation, costMicros: 70, tokens: 3 } });
    const change = only(await human.whatIf(stepsMost(1)));
    assert.deepEqual([change.was, change.becomes, change.count], ["granted", "budget.hard_limit", 1]);
    assert.deepEqual(change.notSpent, { costMicros: 70, tokens: 3, steps: 1 });
    assert.deepEqual(change.first, [
      { id: "d-5", sequence: 5, at: 1_700_000_000_000, actor: "agent:a-1", task: "T-1", title: "write the parser" },
    ]);
  });

  test("a step that was cancelled has spent nothing, one that was never settled what it held", async () => {
    const { human, agent, clock } = await held();
    const a = agent("a-1");
    await a.submit({ type: "record_step", body: { task: "T-1" } });
    const first = await a.submit({ type: "reserve_step", body: { task: "T-1", tokens: 500 } });
    const reservation = String(first.decision.result?.["reservation"]);
    await a.submit({ type: "cancel_step", body: { reservation } });
    await a.submit({ type: "reserve_step", body: { task: "T-1", tokens: 40 } });
    assert.deepEqual((await human.whatIf(stepsMost(1))).notSpent, {});
    clock.now += 2 * 3_600_000;
    await human.as({ kind: "system", id: "timer", proven: true }).submit({ type: "sweep", body: {} });
    assert.deepEqual((await human.whatIf(stepsMost(1))).notSpent, { tokens: 40, steps: 1 });
  });

  test("a task that would not have been made answers for the work and time that went into it", async () => {
    const { human, agent, clock } = await held();
    await human.submit({ type: "create_task", body: { title: "a part of it", parent: "T-1" } });
    await agent("a-2").submit({ type: "claim_task", body: { task: "T-2" } });
    clock.now += 60_000;
    await agent("a-2").submit({ type: "record_step", body: { task: "T-2", costMicros: 30 } });
    await agent("a-2").submit({ type: "release_task", body: { task: "T-2" } });
    const change = only(await human.whatIf(NO_CHILDREN));
    assert.equal(change.becomes, "lineage.children_exceeded");
    assert.deepEqual(change.notSpent, { costMicros: 30, steps: 1, durationMs: 60_000 });
    assert.equal(change.first[0]?.title, "a part of it");
  });

  test("what was refused and would be granted counts with what it asked for", async () => {
    const { human, agent } = await held(stepsMost(1));
    for (let n = 0; n < 3; n += 1)
      await agent("a-1").submit({ type: "record_step", body: { task: "T-1", costMicros: 5, tokens: n } });
    const report = await human.whatIf(stepsMost(5));
    const change = only(report);
    assert.deepEqual([change.was, change.becomes, change.count], ["budget.hard_limit", "granted", 2]);
    assert.deepEqual([change.asked, report.asked], [{ costMicros: 10, tokens: 3, steps: 2 }, change.asked]);
    assert.deepEqual(report.notSpent, {});
  });

  test("the next step of a settlement is judged with it, and one that was refused is not guessed", async () => {
    const { human, agent } = await held(stepsMost(2));
    const a = agent("a-1");
    const ask = async (reservation: string): Promise<string> => {
      const next = { task: "T-1", tokens: 9 };
      const { decision } = await a.submit({ type: "settle_step", body: { reservation, tokens: 1, next } });
      return String(decision.result?.["next"]);
    };
    const { decision } = await a.submit({ type: "reserve_step", body: { task: "T-1" } });
    const second = await ask(String(decision.result?.["reservation"]));
    assert.equal(await ask(second), "undefined");
    const report = await human.whatIf(stepsMost(1));
    assert.equal(report.notJudged, 1);
    const change = only(report);
    assert.deepEqual(
      [change.was, change.becomes, change.notSpent],
      ["granted", "budget.hard_limit", { tokens: 1, steps: 1 }],
    );
  });

  test("an id that was used again is no matter of policy", async () => {
    const { human } = await held();
    for (const title of ["one", "two"]) await human.submit({ type: "create_task", body: { title }, commandId: "same" });
    const report = await human.whatIf(DAY_ONE_POLICY);
    assert.deepEqual([report.changed, report.judged], [[], 3]);
  });

  test("the progress goes to the end of the log", async () => {
    const { human } = await held();
    const seen: (readonly [number, number])[] = [];
    await human.whatIf(DAY_ONE_POLICY, (done, total) => seen.push([done, total]));
    assert.deepEqual(seen.at(-1), [3, 3]);
  });
});
