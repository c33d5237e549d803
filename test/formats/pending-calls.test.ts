// Calls that wait for results: bounded, oldest out first, each given out once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pendingCalls, PENDING_MAX, type OpenCall } from "../../src/formats/pending-calls.ts";
import type { StepItem } from "../../src/formats/step-items.ts";

function callOf(id: string | null, call = "{}"): OpenCall {
  return { line: 1, history: "h", agent: "", id, atMs: null, tool: "T", call };
}

const CAME = { result: "r", failed: false, endedAtMs: 5 };

function room(): { calls: ReturnType<typeof pendingCalls>; out: () => string[] } {
  const steps: StepItem[] = [];
  const out = (): string[] => steps.map(({ id, result, failed }) => `${id} ${result}${failed ? " failed" : ""}`);
  return { calls: pendingCalls((step) => steps.push(step)), out };
}

test("a call is given out when its result is there, and only then", () => {
  const { calls, out } = room();
  assert.equal(calls.open(callOf("a")), true);
  assert.deepEqual(out(), []);
  calls.close("a", CAME);
  calls.close("a", CAME);
  calls.close("b", CAME);
  calls.drain();
  assert.deepEqual(out(), ["a r"]);
});

test("a call without an id has no result to wait for", () => {
  const { calls, out } = room();
  calls.open(callOf(null));
  assert.deepEqual(out(), ["null null"]);
});

test("an id comes once, waiting or given out", () => {
  const { calls, out } = room();
  calls.open(callOf("a"));
  assert.equal(calls.open(callOf("a")), false);
  calls.close("a", CAME);
  assert.equal(calls.open(callOf("a")), false);
  calls.drain();
  assert.deepEqual(out(), ["a r"]);
});

test("a call that was told to have failed has failed", () => {
  const { calls, out } = room();
  calls.open(callOf("a"));
  calls.fail("a");
  calls.fail("b");
  calls.close("a", CAME);
  assert.deepEqual(out(), ["a r failed"]);
});

test("too many waiting calls, or too large ones, are given out without a result, oldest first", () => {
  const { calls, out } = room();
  for (let at = 0; at < PENDING_MAX + 2; at += 1) calls.open(callOf(`n${at}`));
  assert.deepEqual(out(), ["n0 null", "n1 null"]);
  calls.close("n0", CAME);
  calls.close("n2", CAME);
  assert.deepEqual(out(), ["n0 null", "n1 null", "n2 r"]);
  const large = room();
  const text = "x".repeat(3_000_000);
  for (const id of ["a", "b", "c"]) large.calls.open(callOf(id, text));
  assert.deepEqual(large.out(), ["a null"]);
});
