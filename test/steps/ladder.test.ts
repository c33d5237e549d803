import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { called, failed, said, shell } from "../support/loops/act.ts";
import type { Act } from "../support/loops/act.ts";
import { claims, ENFORCED, granted, newTask, OBSERVED, takes, takesAll, until, workspace } from "./hands.ts";
import type { Hand } from "./hands.ts";

const again = (): Act => called("Grep", { pattern: "x", path: "/repo" }, "a.ts:1: x");
const fresh = (place: number): Act => called("Read", { file_path: `/repo/f${place}.ts` }, `line of ${place}`);
const edit = (place: number): Act =>
  called("Edit", { file_path: "/repo/a.ts", old_string: `${place}`, new_string: `${place + 1}` }, "updated");
const check = (isFailed: boolean): Act =>
  isFailed ? failed("Bash", { command: "npm test" }, "1 failed") : shell("npm test", "", "all passed");
const editAndCheck = (place: number): Act => (place % 2 === 0 ? edit(place) : check(true));

async function atWork(policy = ENFORCED, run?: string): Promise<Hand> {
  const on = await workspace(policy);
  return claims(on, "a-1", await newTask(on), run);
}

/** What becomes of a call that is made so often more. */
async function codes(hand: Hand, count: number, act = again): Promise<readonly string[]> {
  const out: string[] = [];
  for (let left = count; left > 0; left -= 1) out.push((await takes(hand, act())).decision.code);
  return out;
}

const strikesOf = ({ decision }: Awaited<ReturnType<typeof takes>>): unknown => decision.numbers["strikes"];

describe("the ladder", () => {
  test("a warning comes before the first refusal, and the ladder ends at a task parked for a human", async () => {
    const hand = await atWork(ENFORCED, "run-1");
    const { human } = hand.bench;
    assert.deepEqual(
      await codes(hand, 4),
      Array.from({ length: 4 }, () => "step.reserved"),
    );
    const warned = (await takes(hand, again())).decision;
    assert.deepEqual([warned.verdict, warned.warnings?.[0]?.code], ["granted", "step.repeated"]);
    assert.equal((await takes(hand, again())).decision.verdict, "granted");
    const refused = [await takes(hand, again()), await takes(hand, again()), await takes(hand, again())];
    assert.deepEqual(refused.map(strikesOf), [1, 2, 3]);
    assert.equal((await human.task(hand.task))?.task.state, "in_progress");
    const last = (await takes(hand, fresh(1))).decision;
    assert.deepEqual([last.code, last.numbers["strikes"]], ["step.run_ended", 4]);
    const task = (await human.task(hand.task))?.task;
    assert.deepEqual([task?.state, task?.holder, task?.escalation.tier], ["blocked", null, "stuck"]);
  });

  test("without a run, the third refusal ends the work under that lease", async () => {
    const hand = await atWork();
    await codes(hand, 9);
    assert.equal((await takes(hand, fresh(1))).decision.code, "step.run_ended");
    assert.equal((await hand.bench.human.task(hand.task))?.task.state, "blocked");
  });

  test("each rung is a decision of the log, and the log verifies", async () => {
    const hand = await atWork();
    await codes(hand, 10);
    const { human } = hand.bench;
    const report = await human.verify();
    assert.deepEqual(report.findings, []);
  });

  test("a new result ends the ladder", async () => {
    const hand = await atWork();
    await codes(hand, 8);
    assert.equal((await takes(hand, fresh(1))).decision.verdict, "granted");
    const next = await until(hand, again);
    assert.equal(strikesOf(next), 1);
  });

  test("of a failing check only a check that passes, or fails anew, ends the ladder", async () => {
    const hand = await atWork();
    const first = await until(hand, editAndCheck);
    assert.deepEqual([first.decision.code, first.ran], ["step.check_failing", 10]);
    assert.equal(strikesOf(first), 1);
    await takesAll(hand, [fresh(1)]);
    await takesAll(hand, [check(true)]);
    assert.equal(strikesOf(await takes(hand, edit(100))), 2);
    await takesAll(hand, [fresh(2), check(false), edit(101), check(false)]);
    assert.equal(strikesOf(await until(hand, again)), 1);
  });

  test("the step that hands back is granted in spite of it", async () => {
    const hand = await atWork();
    await codes(hand, 8);
    assert.equal((await takes(hand, again(), true)).decision.verdict, "granted");
    assert.equal(strikesOf(await takes(hand, again())), 3);
  });

  test("messages in a row are refused as calls are", async () => {
    const hand = await atWork();
    const { ran, decision } = await until(hand, () => said("done"));
    assert.deepEqual([ran, decision.code], [5, "step.monologue"]);
  });
});

describe("beside the ladder", () => {
  test("a human's move sets a parked task going anew", async () => {
    const hand = await atWork();
    await codes(hand, 10);
    const { bench: on, task } = hand;
    await granted(on.human, { type: "move_task", body: { task, to: "todo", reason: "look at the other file" } });
    const next = await claims(on, "a-1", task);
    const { ran, decision } = await until(next, again);
    assert.deepEqual([ran, decision.numbers["strikes"]], [6, 1]);
  });

  test("an approval lets that very call through once", async () => {
    const hand = await atWork();
    const { id } = await until(hand, again);
    assert.ok(id !== null);
    await granted(hand.bench.human, { type: "approve_request", body: { decision: id, reason: "it is a slow disk" } });
    const passed = (await takes(hand, again())).decision;
    assert.deepEqual([passed.verdict, passed.waived?.map(({ code }) => code)], ["granted", ["step.repeated"]]);
    assert.equal((await takes(hand, again())).decision.verdict, "refused");
  });

  test("an approval of one call lets no other one through", async () => {
    const hand = await atWork();
    const { id } = await until(hand, again);
    assert.ok(id !== null);
    await granted(hand.bench.human, { type: "approve_request", body: { decision: id, reason: "once" } });
    await takesAll(hand, [fresh(1)]);
    const other = (): Act => called("Grep", { pattern: "y", path: "/repo" }, "b.ts:1: y");
    assert.equal((await until(hand, other)).ran, 6);
  });

  test("another agent's refused steps on a task that it does not hold climb nothing", async () => {
    const hand = await atWork();
    await codes(hand, 8);
    const stranger: Hand = { ...hand, agent: hand.bench.agent("b-1") };
    for (const code of await codes(stranger, 6)) assert.match(code, /^lease\./);
    assert.equal(strikesOf(await takes(hand, again())), 3);
  });

  test("steps under a stale fence climb nothing", async () => {
    const hand = await atWork();
    await codes(hand, 7);
    for (const code of await codes({ ...hand, fence: hand.fence + 3 }, 6)) assert.match(code, /^lease\./);
    assert.equal(strikesOf(await takes(hand, again())), 2);
  });

  test("a rule that only observes grants, says what it would have done, and nobody climbs", async () => {
    const hand = await atWork(OBSERVED);
    await codes(hand, 6);
    for (let more = 0; more < 6; more += 1) {
      const { verdict, wouldHave } = (await takes(hand, again())).decision;
      assert.deepEqual([verdict, wouldHave?.[0]?.code], ["granted", "step.repeated"]);
    }
    assert.equal((await hand.bench.human.task(hand.task))?.task.state, "in_progress");
  });
});
