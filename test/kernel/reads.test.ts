import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY, NO_LIMITS } from "../../src/core/index.ts";
import { bench } from "../support/kernels.ts";

describe("reads", () => {
  test("tasks are listed by age and filtered by state, agent and tree", async () => {
    const { human, agent, clock } = await bench();
    for (let n = 1; n <= 11; n += 1) {
      clock.now += 1;
      await human.submit({ type: "create_task", body: { title: `task ${n}`, ...(n === 3 ? { parent: "T-2" } : {}) } });
    }
    await agent("a-1").submit({ type: "claim_task", body: { task: "T-4" } });
    const ids = async (filter: Parameters<typeof human.tasks>[0]) => (await human.tasks(filter)).map((task) => task.id);
    assert.deepEqual(await ids({ limit: 3 }), ["T-1", "T-2", "T-3"]);
    assert.equal((await ids({})).at(-1), "T-11");
    assert.deepEqual(await ids({ state: "in_progress" }), ["T-4"]);
    assert.deepEqual(await ids({ agent: "a-1" }), ["T-4"]);
    assert.deepEqual(await ids({ below: "T-2" }), ["T-2", "T-3"]);
  });

  test("a budget shows what is used, the limits, and time that is still running", async () => {
    const { human, agent, clock } = await bench();
    await human.submit({ type: "create_task", body: { title: "x", limits: { pages: 9 } } });
    await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
    await agent("a-1").submit({
      type: "record_step",
      body: { task: "T-1", costMicros: 1_500_000, amounts: { pages: 2 } },
    });
    clock.now += 60_000;
    const budget = await human.budget("task/T-1");
    const line = (dimension: string) => budget?.lines.find((item) => item.dimension === dimension);
    assert.deepEqual(line("steps"), {
      dimension: "steps",
      window: "lifetime",
      used: 1,
      held: 0,
      limit: { soft: 300, hard: 800 },
      extra: 0,
      remaining: 799,
      // One step a minute: the other 799 take as many minutes.
      projectedAt: clock.now + 799 * 60_000,
    });
    // An agent's lease reserves its time; what is not used comes back with it.
    assert.deepEqual([line("durationMs")?.used, line("durationMs")?.held], [0, 1_800_000]);
    assert.equal(line("costMicros")?.remaining, 13_500_000);
    assert.deepEqual([line("pages")?.used, line("pages")?.limit?.hard, line("pages")?.remaining], [2, 9, 7]);
    assert.equal(await human.budget("task/nowhere"), null);
  });

  test("once the clock is behind the log, reads are told by the time of the log, as decisions are", async () => {
    const { human, agent, clock } = await bench();
    await human.submit({ type: "create_task", body: { title: "x" } });
    await agent("a-2").submit({ type: "sleep_agent", body: { timeoutMs: 60_000 } });
    clock.now += 730 * 86_400_000;
    await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
    await agent("a-1").submit({ type: "record_step", body: { task: "T-1", costMicros: 1_000_000 } });
    clock.now -= 730 * 86_400_000;
    const day = (await human.budget("workspace"))?.lines.find(
      ({ dimension, window }) => dimension === "costMicros" && window === "day",
    );
    assert.equal(day?.used, 1_000_000);
    assert.equal((await human.agents()).find(({ actor }) => actor === "agent:a-2")?.asleepSince, null);
    assert.equal((await human.growth()).lastDay, 2);
  });

  test("one window shows all that was used in it, also where it has no limit", async () => {
    const { human, agent, clock } = await bench();
    await human.submit({ type: "create_task", body: { title: "x" } });
    await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
    await agent("a-1").submit({ type: "record_step", body: { task: "T-1", costMicros: 1_000_000 } });
    const spent = async (scope: string) =>
      (await human.budget(scope, "hour"))?.lines
        .filter(({ dimension }) => dimension !== "durationMs")
        .map(({ dimension, window, used }) => [dimension, window, used]);
    assert.deepEqual(await spent("task/T-1"), [
      ["costMicros", "hour", 1_000_000],
      ["steps", "hour", 1],
    ]);
    assert.equal((await human.budget("task/T-1", "hour"))?.handBackSteps, null);
    clock.now += 3_600_000;
    assert.deepEqual(await spent("task/T-1"), []);
  });

  test("a lifetime's limit is projected from when its scope began, and not at all where nobody knows", async () => {
    const limited = { ...NO_LIMITS, lifetime: { costMicros: { soft: null, hard: 10_000_000 } } };
    const budget = { ...DAY_ONE_POLICY.budget, agent: limited, workspace: limited };
    const policy = { ...DAY_ONE_POLICY, budget };
    const { human, agent, clock } = await bench({ policy });
    await human.submit({ type: "create_task", body: { title: "x" } });
    await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
    clock.now += 600_000;
    await agent("a-1").submit({ type: "record_step", body: { task: "T-1", costMicros: 1_000_000 } });
    const cost = async (scope: string) =>
      (await human.budget(scope))?.lines.find(({ dimension }) => dimension === "costMicros")?.projectedAt;
    // A dollar in ten minutes: the other nine take ninety.
    assert.equal(await cost("workspace"), clock.now + 5_400_000);
    assert.equal(await cost("agent/a-1"), null);
  });

  test("a refusal that passes by itself waits for nobody once its time is over; others go on waiting", async () => {
    const { human, agent, clock } = await bench();
    await human.submit({ type: "create_task", body: { title: "x" } });
    await agent("a-1").submit({ type: "create_task", body: { title: "x" } });
    await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
    await agent("a-1").submit({ type: "release_task", body: { task: "T-1", cause: "failed" } });
    const { decision } = await agent("a-1").submit({ type: "claim_task", body: { task: "T-1" } });
    assert.equal(decision.code, "escalation.backoff");
    const codes = async () => (await human.pending(9)).map(({ event }) => event.decision?.code);
    assert.deepEqual(await codes(), ["lineage.duplicate_open", "escalation.backoff"]);
    clock.now += decision.retryAfterMs ?? 0;
    assert.deepEqual(await codes(), ["lineage.duplicate_open"]);
  });

  test("an agent whose sleep is over counts as awake", async () => {
    const { human, agent, clock } = await bench();
    await agent("a-1").submit({ type: "sleep_agent", body: { timeoutMs: 1_000 } });
    assert.equal((await human.agents())[0]?.asleepSince, clock.now);
    clock.now += 1_000;
    assert.equal((await human.agents())[0]?.asleepSince, null);
  });

  test("a decision is found by its id, zeros or not, and only where there is one", async () => {
    const { human } = await bench();
    await human.submit({ type: "create_task", body: { title: "x" } });
    assert.equal((await human.decision("d-2"))?.event.decision?.code, "task.created");
    assert.equal((await human.decision("d-000002"))?.event.sequence, 2);
    for (const id of ["d-99", "d-0", "2", "", "d-x"]) assert.equal(await human.decision(id), null, id);
  });

  test("a task shows its text and line", async () => {
    const { human } = await bench();
    await human.submit({ type: "create_task", body: { title: "x", text: "line 1\nline 2" } });
    assert.equal((await human.task("T-1"))?.text, "line 1\nline 2");
    assert.equal(await human.task("T-9"), null);
  });
});
