import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Policy } from "../../../src/core/index.ts";
import type { ReplayReport } from "../../../src/kernel/index.ts";
import { openMemoryStore } from "../../../src/store/index.ts";
import type { StoredEvent } from "../../../src/store/index.ts";
import { kernelOver } from "../../model/courts.ts";
import { Duel } from "../../model/duel.ts";
import { POLICIES } from "../../model/policies.ts";
import { bench } from "../../support/kernels.ts";
import { random, runSeed } from "../../support/random.ts";
import { rewritten } from "../../support/rewritten.ts";

const COMMANDS = 1_200;

/** A workspace of random commands of every kind, many of them refused. */
async function replayed(policy: Policy, seed: number): Promise<ReplayReport> {
  const dice = random(seed);
  const court = await kernelOver(openMemoryStore(), policy);
  const duel = new Duel(policy, court);
  for (let n = 0; n < COMMANDS; n += 1) await duel.take(duel.next(dice), false);
  return court.bench.human.replay();
}

/** One task that is worked at until its budget is full. */
async function worked(): ReturnType<typeof bench> {
  const made = await bench();
  const { human, agent, clock } = made;
  await human.submit({ type: "create_task", body: { title: "x", limits: { steps: 2 } } });
  await agent("a-1").submit({ type: "claim_task", body: {} });
  for (let n = 0; n < 3; n += 1) {
    clock.now += 1_000;
    await agent("a-1").submit({ type: "record_step", body: { task: "T-1", tokens: 10 + n } });
  }
  return made;
}

/** What replay says of that log with event `sequence` changed. */
async function found(sequence: number, change: (bytes: string) => string): Promise<readonly string[]> {
  const { store } = await worked();
  const other = await rewritten(store, (event: StoredEvent) =>
    event.sequence === sequence ? change(event.bytes) : event.bytes,
  );
  const { human } = await bench({ store: other, init: false });
  return (await human.replay()).first.map((one) => `${one.sequence}: ${one.problem}`);
}

describe("replay", () => {
  const seed = runSeed();

  for (const [index, [name, policy]] of Object.entries(POLICIES).entries())
    test(`random histories are decided again as they were, under the policy ${name}`, async () => {
      const report = await replayed(policy, seed + index);
      assert.deepEqual([report.first, report.differ, report.unknown], [[], 0, 0]);
      assert.equal(report.same + report.partly, report.commands);
      assert.ok(report.same > report.commands * 0.95, "most is compared byte for byte");
    });

  test("a log of one version is the same byte for byte", async () => {
    const { human } = await worked();
    const { events, commands, same, differ } = await human.replay();
    assert.deepEqual({ events, commands, same, differ }, { events: 6, commands: 6, same: 6, differ: 0 });
  });

  test("a refusal with another number is found at its sequence", async () => {
    const [first] = await found(6, (bytes) => bytes.replace(`"limit":2`, `"limit":3`));
    assert.match(first ?? "", /^6: it was refused budget\.hard_limit .* limit=3 .*; these rules say .* limit=2 /);
  });

  test("a grant that the rules refuse is found", async () => {
    const [first] = await found(2, (bytes) => bytes.replace(`"steps":2`, `"steps":1`));
    assert.match(first ?? "", /^5: it was granted step\.recorded .*; these rules say refused budget\.hard_limit/);
  });

  test("other bytes under the same decision are found, with where they part", async () => {
    const [first] = await found(3, (bytes) => bytes.replace(`"ttlMs":1800000`, `"ttlMs":1800001`));
    assert.match(first ?? "", /^3: the task_moved has other bytes: \.\.\..*1800001.* against .*1800000/);
  });

  test("a refusal in other words only is a difference too", async () => {
    const [first] = await found(6, (bytes) => bytes.replace("used 2 of 2 steps", "used up 2 of 2 steps"));
    assert.match(first ?? "", /^6: the command_refused has other bytes/);
  });

  test("what fell due and was noticed otherwise is found", async () => {
    const { human, agent, clock, store } = await worked();
    clock.now += 3_600_000;
    await agent("a-2").submit({ type: "claim_task", body: { task: "T-1" } });
    assert.equal((await human.replay()).differ, 0);
    const other = await rewritten(store, ({ bytes }) => bytes.replace(`"via":"lost"`, `"via":"halt"`));
    const report = await (await bench({ store: other, init: false })).human.replay();
    assert.equal(report.differ, 1);
    assert.match(report.first[0]?.problem ?? "", /the task_moved has other bytes: .*halt.* against .*lost/);
  });
});
