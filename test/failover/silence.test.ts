import assert from "node:assert/strict";
import { test } from "node:test";
import { secondsOf, silenceAt } from "./silence.ts";

test("the silence is the longest pause that ends after the kill, whatever the order of the answers", () => {
  const silence = silenceAt(1_100, [9_200, 1_000, 100, 1_050, 9_000, 1_110]);
  assert.deepEqual(silence, { fromMs: 1_110, toMs: 9_000 });
  assert.equal(secondsOf(silence), "7.9");
});

test("a pause that was over before the kill is none of its silence", () => {
  assert.deepEqual(silenceAt(9_000, [0, 8_000, 9_010]), { fromMs: 8_000, toMs: 9_010 });
});

test("without an answer on both sides there is no silence to tell of", () => {
  assert.equal(silenceAt(5, [1, 2]), null);
  assert.equal(secondsOf(silenceAt(5, [6])), "-");
});
