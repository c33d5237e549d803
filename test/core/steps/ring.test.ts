import assert from "node:assert/strict";
import { test } from "node:test";
import {
  hasOutcome,
  isCall,
  isChange,
  isFailed,
  isFresh,
  isPolled,
  isSame,
  isShape,
  lastCall,
  lengthOf,
  OUTCOMES,
  pushed,
  resultAt,
  RING_STEPS,
  timeAt,
  withOutcome,
} from "../../../src/core/steps/ring.ts";
import { digestOf, judgedCall } from "../../support/steps.ts";

const entry = (name: string, more: Partial<Parameters<typeof pushed>[1]> = {}): Parameters<typeof pushed>[1] => ({
  call: judgedCall(name),
  result: digestOf(`r ${name}`),
  failed: false,
  at: 1_700_000_000_000,
  fresh: false,
  ...more,
});

test("an entry gives back all that was put into it", () => {
  const call = judgedCall("b", { class: "mutate", shape: digestOf("s"), polled: true });
  const ring = pushed(pushed("", entry("a")), entry("b", { call, fresh: true, at: 1_700_000_123_456 }));
  assert.equal(lengthOf(ring), 2);
  assert.deepEqual([isCall(ring, 1, digestOf("b")), isCall(ring, 2, digestOf("a"))], [true, true]);
  assert.deepEqual([isShape(ring, 1, digestOf("s")), resultAt(ring, 1)], [true, digestOf("r b")]);
  assert.deepEqual([timeAt(ring, 1), timeAt(ring, 2)], [1_700_000_123_456, 1_700_000_000_000]);
  assert.deepEqual(
    [isFresh, isPolled, isFailed, isChange].map((flag) => flag(ring, 1)),
    [true, true, false, true],
  );
  assert.deepEqual(
    [isFresh, isPolled, isFailed, isChange].map((flag) => flag(ring, 2)),
    [false, false, false, false],
  );
  assert.equal(isChange(pushed("", entry("c", { call, failed: true })), 1), false, "what failed changed nothing");
});

test("the oldest goes, and its place with it", () => {
  let ring = "";
  for (let n = 0; n < RING_STEPS + 5; n += 1) ring = pushed(ring, entry(`call ${n}`));
  assert.equal(lengthOf(ring), RING_STEPS);
  assert.equal(lastCall(ring, digestOf("call 4")), 0);
  assert.equal(lastCall(ring, digestOf("call 5")), RING_STEPS);
});

test("two steps are the same by call and result", () => {
  const ring = ["a", "b", "a"].reduce((all, name) => pushed(all, entry(name)), "");
  assert.deepEqual([isSame(ring, 1, 3), isSame(ring, 1, 2)], [true, false]);
  assert.equal(isSame(pushed(ring, entry("a", { result: digestOf("other") })), 1, 4), false);
});

test("a digest is found at its place alone, not across two", () => {
  const outcomes = withOutcome(withOutcome("", "abcdefghijkl"), "mnopqrstuvwx");
  assert.equal(hasOutcome(outcomes, "ghijklmnopqr"), false);
  assert.equal(hasOutcome(outcomes, "mnopqrstuvwx"), true);
  const ring = pushed("", entry("x", { call: judgedCall("abcdefghijkl"), result: "mnopqrstuvwx" }));
  assert.equal(lastCall(ring, "ghijklmnopqr"), 0);
});

test("distinct outcomes are kept, so many of them", () => {
  let outcomes = "";
  for (let n = 0; n < OUTCOMES + 1; n += 1) outcomes = withOutcome(outcomes, digestOf(`outcome ${n}`));
  assert.deepEqual(
    [hasOutcome(outcomes, digestOf("outcome 0")), hasOutcome(outcomes, digestOf("outcome 1"))],
    [false, true],
  );
});
