import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import type { Policy } from "../../src/core/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";

const TTL_MS = DAY_ONE_POLICY.lease.ttlMs;
/** More than one claim tries. */
const MANY = 130;

const policyOf = (lead: string | null): Policy => ({
  ...DAY_ONE_POLICY,
  lineage: { ...DAY_ONE_POLICY.lineage, creations: { soft: null, hard: 1_000 } },
  escalation: { ...DAY_ONE_POLICY.escalation, retriesMax: 0, lead },
});

/** Many urgent tasks that failed once each, and one that is in no hurry. */
async function failedOnes(lead: string | null): Promise<Bench> {
  const made = await bench({ policy: policyOf(lead) });
  for (let n = 0; n < MANY; n += 1) {
    const task = `U-${n}`;
    await made.human.submit({ type: "create_task", body: { title: `urgent ${n}`, task, priority: 0 } });
    await made.agent("a-1").submit({ type: "claim_task", body: { task } });
    await made.agent("a-1").submit({ type: "release_task", body: { task, cause: "failed" } });
  }
  await made.human.submit({ type: "create_task", body: { title: "in no hurry", task: "LAST", priority: 4 } });
  return made;
}

async function next(made: Bench, agent: string): Promise<string> {
  const { decision } = await made.agent(agent).submit({ type: "claim_task", body: {} });
  return String(decision.result?.["task"] ?? decision.code);
}

describe("the next ready task", () => {
  test("tasks that wait for a human do not hide the one that may be claimed, however many there are", async () => {
    const made = await failedOnes(null);
    made.clock.now += TTL_MS;
    assert.equal(await next(made, "a-2"), "LAST");
    assert.equal(await next(made, "a-3"), "claim.nothing_ready");
  });

  test("tasks that used up what they may hide nothing either, to agents and humans alike", async () => {
    const made = await bench({ policy: policyOf(null) });
    for (let n = 0; n < MANY; n += 1) {
      const task = `S-${n}`;
      const limits = n % 2 === 0 ? { steps: 1 } : { tokens: 5 };
      await made.human.submit({ type: "create_task", body: { title: `spent ${n}`, task, priority: 0, limits } });
      await made.agent("a-1").submit({ type: "claim_task", body: { task } });
      await made.agent("a-1").submit({ type: "record_step", body: { task, amounts: { tokens: 5 } } });
      await made.agent("a-1").submit({ type: "release_task", body: { task } });
    }
    for (const task of ["ONE", "TWO"])
      await made.human.submit({ type: "create_task", body: { title: `do ${task}`, task, priority: 4 } });
    assert.equal(await next(made, "a-2"), "ONE");
    assert.equal((await made.human.submit({ type: "claim_task", body: {} })).decision.result?.["task"], "TWO");
  });

  test("while a peer is waited for a peer gets them, and later the lead alone", async () => {
    const made = await failedOnes("boss");
    assert.equal(await next(made, "a-2"), "U-0");
    await made.agent("a-2").submit({ type: "release_task", body: { task: "U-0" } });
    made.clock.now += TTL_MS;
    assert.equal(await next(made, "a-3"), "LAST");
    assert.equal(await next(made, "boss"), "U-0");
  });
});
