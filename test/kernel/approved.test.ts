import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NO_LIMITS } from "../../src/core/index.ts";
import type { Policy } from "../../src/core/index.ts";
import type { Kernel, Reply } from "../../src/kernel/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import { hard, withLimits } from "../support/policies.ts";

const tokens = (limit: number): { readonly tokens: ReturnType<typeof hard> } => ({ tokens: hard(limit) });

/** Two limits that are full at once, the lineage's asked first, and a third that has room. */
const TWO_FULL = withLimits({
  lineage: { lifetime: tokens(10) },
  agent: { ...NO_LIMITS, hour: tokens(10) },
  workspace: { lifetime: tokens(1_000) },
});

/** Asks for 5 tokens, under one command id, so that it is the very request each time. */
const ask = (kernel: Kernel): Promise<Reply> =>
  kernel.submit({ type: "reserve_step", body: { task: "T-1", amounts: { tokens: 5 } }, commandId: "the request" });

/** A task of a-1's that used all there is, and the refusal of its next step. */
async function full(policy: Policy): Promise<{ made: Bench; a1: Kernel; refused: Reply }> {
  const made = await bench({ policy });
  const a1 = made.agent("a-1");
  await made.human.submit({ type: "create_task", body: { title: "dear work" } });
  await a1.submit({ type: "claim_task", body: { task: "T-1" } });
  await a1.submit({ type: "record_step", body: { task: "T-1", amounts: { tokens: 10 } } });
  return { made, a1, refused: await ask(a1) };
}

const approve = (made: Bench, { id }: Reply, dryRun = false): Promise<Reply> =>
  made.human.submit({ type: "approve_request", body: { decision: id ?? "", reason: "worth it" }, dryRun });

const scopesOf = ({ stillRefused = [] }: Reply): readonly unknown[] =>
  stillRefused.map(({ code, numbers, override }) => [code, numbers["scope"], numbers["window"], override]);

describe("an approval says what else stands in the way", () => {
  test("another full limit is named with its numbers, in a dry run and when it is given", async () => {
    const { made, a1, refused } = await full(TWO_FULL);
    assert.equal(refused.decision.numbers["scope"], "lineage/T-1");
    for (const dryRun of [true, false]) {
      const approved = await approve(made, refused, dryRun);
      assert.deepEqual(scopesOf(approved), [["budget.hard_limit", "agent/a-1", "hour", "human"]]);
      assert.equal(
        approved.stillRefused?.[0]?.message,
        "agent a-1 this hour used 10 of 10 tokens; this asks for 5 tokens",
      );
    }
    assert.equal((await ask(a1)).decision.numbers["scope"], "agent/a-1", "it told the truth");
  });

  test("once all are approved nothing is told, and the request goes through", async () => {
    const { made, a1, refused } = await full(TWO_FULL);
    await approve(made, refused);
    assert.equal((await approve(made, await ask(a1))).stillRefused, undefined);
    assert.equal((await ask(a1)).decision.verdict, "granted");
  });

  test("three full limits are told at once, in the order they refuse in", async () => {
    const policy = withLimits({
      task: { lifetime: tokens(10) },
      lineage: { lifetime: tokens(10) },
      workspace: { day: tokens(10) },
    });
    const { made, refused } = await full(policy);
    const told = scopesOf(await approve(made, refused, true));
    const first = refused.decision.numbers["scope"];
    const all = ["task/T-1", "lineage/T-1", "workspace"];
    assert.deepEqual(
      told.map((one) => (Array.isArray(one) ? one[1] : null)),
      all.filter((scope) => scope !== first),
    );
  });

  test("a raise is for whoever is charged: another who spends it first is told at the next approval", async () => {
    const policy = withLimits({ workspace: { lifetime: tokens(10) } });
    const { made, a1, refused } = await full(policy);
    assert.equal((await approve(made, refused)).stillRefused, undefined);
    await made.human.submit({ type: "create_task", body: { title: "other work" } });
    await made.agent("a-2").submit({ type: "claim_task", body: { task: "T-2" } });
    await made.agent("a-2").submit({ type: "record_step", body: { task: "T-2", amounts: { tokens: 5 } } });
    assert.equal((await ask(a1)).decision.code, "budget.hard_limit");
  });

  test("what no approval lifts says what helps instead", async () => {
    const { made, refused } = await full(TWO_FULL);
    await made.human.submit({ type: "halt_scope", body: { scope: "workspace", reason: "look" } });
    const { stillRefused = [] } = await approve(made, refused);
    assert.deepEqual(
      stillRefused.map(({ code, override }) => [code, override]),
      [["halt.active", undefined]],
    );
    assert.match(stillRefused[0]?.next.join() ?? "", /exec-kernel resume workspace/);
  });

  test("looking writes nothing", async () => {
    const { made, refused } = await full(TWO_FULL);
    const before = await made.human.head();
    await approve(made, refused, true);
    assert.deepEqual(await made.human.head(), before);
    await approve(made, refused);
    assert.equal((await made.human.head()).sequence, before.sequence + 1);
  });
});
