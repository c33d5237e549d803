// What an audit of steps counts: refusals and what came after them, copies once, messages at their largest.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import {
  bash,
  circle,
  failingCheck,
  honest,
  idOf,
  monologue,
  polling,
  repeated,
  sessionText,
  START_MS,
} from "../../support/looping-transcripts.ts";
import type { Act } from "../../support/looping-transcripts.ts";
import { wordsOf } from "../../support/transcripts/words.ts";
import { nightOf, rowsFile, stepsIn, stepsOf } from "./audited-steps.ts";

const words = wordsOf(11);
const only = (acts: readonly Act[]) => [{ id: idOf(1), acts }];

describe("a refusal", () => {
  test("is the first step that a rule would have refused, and what came after is counted", async () => {
    const report = await stepsOf(only([...honest(words, 8), ...repeated(20)]));
    const [worst] = report.worst;
    assert.deepEqual([report.histories, report.refused, report.enforced, report.total.steps], [1, 1, 1, 28]);
    assert.deepEqual(
      [worst?.code, worst?.mode, worst?.step, worst?.after.steps, worst?.tool, worst?.call],
      ["step.repeated", "enforce", 15, 13, "Bash", "git log --oneline -3"],
    );
    assert.equal(worst?.atMs, START_MS + 8 * 4_000 + 7 * 2_000);
    assert.equal(worst?.reachedNew, false);
  });

  test("of a rule that observes is told, and is none of an enforced one", async () => {
    const report = await stepsOf(only([...honest(words, 8), ...failingCheck(words, 20)]));
    assert.deepEqual([report.refused, report.enforced], [1, 0]);
    assert.deepEqual([report.rules[0]?.code, report.rules[0]?.mode], ["step.check_failing", "observe"]);
    const modes = { ...DAY_ONE_POLICY.modes, stall: "enforce" as const };
    const strict = await stepsOf(only([...honest(words, 8), ...failingCheck(words, 20)]), {
      policy: { ...DAY_ONE_POLICY, modes },
    });
    assert.deepEqual([strict.enforced, strict.rules[0]?.mode], [1, "enforce"]);
  });

  test("is found for circles and for words without a call, and never for honest work or polling", async () => {
    const code = async (acts: readonly Act[]) => (await stepsOf(only(acts))).worst[0]?.code;
    assert.equal(await code(circle(12)), "step.circling");
    assert.equal(await code(monologue(words, 9)), "step.monologue");
    assert.equal(await code(honest(words, 300)), undefined);
    assert.equal(await code([...honest(words, 5), ...polling(30)]), undefined);
  });

  test("is to be checked first where a new result came after it, the refused step's own too", async () => {
    const wanders = await stepsOf(only([...repeated(9), ...honest(words, 3)]));
    assert.deepEqual([wanders.reachedNew, wanders.rules[0]?.reachedNew], [1, 1]);
    const atOnce = await stepsOf(
      only([...repeated(6), { ...bash("git log --oneline -3", "c3d4e5f three"), afterSeconds: 2 }]),
    );
    assert.deepEqual([atOnce.refused, atOnce.reachedNew], [1, 1]);
  });

  test("ends what counts as after it where a human spoke, until the next one", async () => {
    const spoke = await stepsOf(only([...repeated(9), { user: "do something else" }, ...honest(words, 50)]));
    assert.deepEqual([spoke.worst[0]?.after.steps, spoke.reachedNew], [2, 0]);
    const again = await stepsOf(only([...repeated(9), { user: "go on" }, ...repeated(10)]));
    assert.equal(again.worst[0]?.after.steps, 2 + 4, "the count began anew with the human's word");
  });
});

describe("what is counted once", () => {
  const acts = [...honest(words, 6), ...repeated(12)];

  test("a file that brings an earlier one along counts its new steps only, and is judged with its past", async () => {
    const resumed = nightOf([{ id: idOf(1), acts }]);
    const alone = await stepsIn([resumed]);
    // The same calls under another session: what a resumed session's file holds.
    const text = readFileSync(`${resumed}/000-${idOf(1)}.jsonl`, "utf8");
    const copy = text.replaceAll(`"sessionId":"${idOf(1)}"`, `"sessionId":"${idOf(2)}"`);
    const more = sessionText({ id: idOf(2), acts: repeated(3), startMs: START_MS + 3_600_000 });
    writeFileSync(`${resumed}/001-${idOf(2)}.jsonl`, copy + more);
    const both = await stepsIn([resumed]);
    assert.deepEqual([both.total.steps, both.histories], [alone.total.steps + 3, 2]);
    const second = both.worst.find(({ session }) => session === idOf(2));
    assert.equal(second?.step, 20, "the loop goes on in the copy: an hour's pause makes its first call a poll");
    assert.equal(both.total.costMicros, Math.round((alone.total.costMicros / 18) * 21));
    writeFileSync(`${resumed}/002-again.jsonl`, text);
    assert.deepEqual((await stepsIn([resumed])).total, both.total);
  });

  test("a message's tokens are those of its largest row, over all files", async () => {
    const use = (outputTokens: number): object => ({
      history: "h",
      kind: "message",
      text: "x",
      id: "m1",
      model: "claude-opus-4-6",
      usage: { outputTokens },
    });
    const one = rowsFile("use-1.jsonl", [use(10), use(400), use(20)]);
    const two = rowsFile("use-2.jsonl", [use(400), use(500)]);
    assert.equal((await stepsIn([one])).total.costMicros, 10_000);
    assert.equal((await stepsIn([one, two])).total.costMicros, 12_500);
  });

  test("tokens of a model without a price stand apart, and a cost that is told is believed", async () => {
    const step = { history: "h", tool: "Read", call: "{}", result: "x" };
    const path = rowsFile("unpriced.jsonl", [
      { ...step, model: "somebody-else-1", tokens: 900 },
      { ...step, model: "somebody-else-1", costMicros: 70 },
    ]);
    const { total } = await stepsIn([path]);
    assert.deepEqual([total.costMicros, total.unpricedTokens], [70, 900]);
  });
});

describe("which histories there are", () => {
  test("a subagent is a history of its own, and its session's name is the beginning of its", async () => {
    const report = await stepsOf([
      { id: idOf(1), acts: honest(words, 5) },
      { id: idOf(1), agent: "a2898e3", acts: repeated(12) },
    ]);
    assert.deepEqual(
      [report.histories, report.worst[0]?.id, report.worst[0]?.short],
      [2, `${idOf(1)}/a2898e3`, "4e1c0001/a2898e3"],
    );
  });

  test("runs of one name are as many histories as there are lines, and tell how they ended", async () => {
    const look = { kind: "tool", tool: "find_order", args: { id: 1 }, result: "none" };
    const run = (success: boolean, steps: number): object => ({
      task: 1,
      trial: 0,
      success,
      steps: Array.from({ length: steps }, () => look),
    });
    const one = rowsFile("runs-1.jsonl", [run(true, 3), run(false, 12), run(true, 9)]);
    const two = rowsFile("runs-2.jsonl", [run(true, 2)]);
    const report = await stepsIn([one, two]);
    assert.deepEqual([report.histories, report.total.steps, report.range], [4, 26, null]);
    assert.deepEqual(report.outcomes, { succeeded: 3, succeededRefused: 1, failed: 1, failedRefused: 1 });
  });

  test("what lies before --since is judged and not counted", async () => {
    const acts = [...repeated(4), ...repeated(6)];
    const sinceMs = START_MS + 9_000;
    const report = await stepsOf(only(acts), { sinceMs });
    assert.deepEqual([report.histories, report.total.steps, report.worst[0]?.step], [1, 6, 7]);
    assert.equal((await stepsOf(only(acts), { sinceMs: START_MS + 10 ** 7 })).histories, 0);
  });

  test("polled calls are counted once a history, and by what polled", async () => {
    const report = await stepsOf(only([...honest(words, 3), ...polling(12)]));
    assert.deepEqual(
      [report.pollRuns, report.polls],
      [1, [{ name: "gh run view", calls: 11, histories: 1, watches: true }]],
    );
  });

  test("histories over a task's limits are told apart from loops", async () => {
    const report = await stepsOf(only(honest(words, 30)), {
      policy: {
        ...DAY_ONE_POLICY,
        budget: {
          ...DAY_ONE_POLICY.budget,
          task: { lifetime: { steps: { soft: null, hard: 29 } }, hour: {}, day: {}, month: {} },
        },
      },
    });
    assert.deepEqual(report.passed, [{ dimension: "steps", limit: 29, histories: 1 }]);
    assert.equal(report.refused, 0);
  });
});

test("lines that nobody knows are counted by type, broken ones are named", async () => {
  const step = { history: "h", tool: "Read", call: "{}", result: "x" };
  const path = rowsFile("odd.jsonl", [step, { history: "h", kind: "tool" }]);
  const report = await stepsIn([path]);
  assert.deepEqual([report.lines.all, report.badLines.count, report.badLines.first[0]?.line], [2, 1, 2]);
});
