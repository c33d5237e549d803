import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import { StepWatch } from "../../src/steps/index.ts";
import type { Outcome, Step, WatchOptions } from "../../src/steps/index.ts";

const STEP: Step = { kind: "tool", tool: "Bash", call: "git log -3", atMs: null };
const SAME: Outcome = { result: "no commits", failed: false };

/** What a program without types may send. */
const odd = (value: unknown): Step & Outcome & WatchOptions => JSON.parse(JSON.stringify(value));

describe("StepWatch", () => {
  test("says what the kernel would, with the rule's mode and a sentence", () => {
    const watch = new StepWatch();
    for (let n = 0; n < 4; n += 1) assert.deepEqual(watch.take(STEP, SAME), []);
    const [warning] = watch.take(STEP, SAME);
    assert.deepEqual([warning?.code, warning?.soft], ["step.repeated", true]);
    watch.take(STEP, SAME);
    assert.deepEqual(watch.take(STEP, SAME), [
      {
        rule: "repetition",
        mode: "enforce",
        code: "step.repeated",
        numbers: { count: 6, limit: 6 },
        soft: false,
        says: "this call gave one result 6 times, limit 6",
      },
    ]);
  });

  test("judging remembers nothing, and only the named rules speak, by the numbers given", () => {
    const limits = { ...DAY_ONE_POLICY.steps, repeats: { soft: null, hard: 1 } };
    const watch = new StepWatch({ limits, rules: ["repetition"] });
    for (let n = 0; n < 9; n += 1) assert.deepEqual(watch.judge(STEP).findings, []);
    watch.take(STEP, SAME);
    assert.deepEqual(
      watch.judge(STEP).findings.map(({ code }) => code),
      ["step.repeated"],
    );
    assert.deepEqual(new StepWatch({ rules: [] }).judge(STEP).findings, []);
  });

  test("a human's words begin the counts anew", () => {
    const watch = new StepWatch();
    for (let n = 0; n < 6; n += 1) watch.take(STEP, SAME);
    watch.take({ kind: "user", tool: "", call: "look again", atMs: null }, { result: null, failed: false });
    assert.deepEqual(watch.judge(STEP).findings, []);
  });

  test("what is no step, no outcome and no option is told by its name", () => {
    const watch = new StepWatch();
    assert.throws(() => watch.judge(odd(null)), { name: "TypeError", message: "step is not an object" });
    assert.throws(() => watch.judge(odd({ kind: "tool" })), /step\.tool is not a text/);
    assert.throws(() => watch.judge(odd({ ...STEP, call: { a: 1 } })), /step\.call is not a text/);
    assert.throws(() => watch.judge(odd({ kind: "tool", tool: "x", call: "y" })), /step\.atMs is not a time/);
    assert.throws(() => watch.judge(odd({ ...STEP, class: "look" })), /step\.class is not one of/);
    assert.throws(() => watch.judge(odd({ ...STEP, kind: "call" })), /step\.kind is not tool/);
    assert.throws(() => watch.settle(STEP, watch.judge(STEP), odd({})), /outcome\.result is not a text or null/);
    assert.throws(() => new StepWatch(odd({ repeats: 1 })), /repeats is no option of StepWatch/);
  });
});
