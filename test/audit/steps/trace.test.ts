// A second look at a history: the steps around the one that was refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findHistory, traceHistories } from "../../../src/audit/index.ts";
import type { Trace, Wanted } from "../../../src/audit/index.ts";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { findInputs, isStepInput } from "../../../src/formats/index.ts";
import { honest, idOf, repeated } from "../../support/looping-transcripts.ts";
import { wordsOf } from "../../support/transcripts/words.ts";
import { nightOf, stepsIn } from "./audited-steps.ts";

const words = wordsOf(5);
const NIGHT = nightOf([
  {
    id: idOf(1),
    acts: [{ user: "look" }, ...honest(words, 8), ...repeated(12), { user: "stop" }, ...honest(words, 4)],
  },
  { id: idOf(2), acts: honest(words, 20) },
]);
const { inputs } = await findInputs([NIGHT]);
const STEP_INPUTS = inputs.filter(isStepInput);

async function traced(id: string, more: Partial<Wanted> = {}, before = 3, from = 2): Promise<Trace> {
  const [located] = await findHistory(id, STEP_INPUTS);
  assert.ok(located !== undefined);
  const wanted = { ...located, files: located.files.map(({ path }) => path), at: null, ...more };
  const options = { policy: DAY_ONE_POLICY, rows: { before, from }, cells: { before: 5, from: 4 } };
  const [trace] = await traceHistories([wanted], STEP_INPUTS, options);
  assert.ok(trace !== undefined && trace !== null);
  return trace;
}

test("the steps around the first refusal are those that the report names", async () => {
  const { worst } = await stepsIn([NIGHT]);
  const trace = await traced("4e1c0001");
  assert.equal(trace.target, worst[0]?.step);
  assert.deepEqual(
    trace.rows.map(({ place, came, tag, refused }) => [place, came, tag, refused?.code ?? ""]),
    [
      [12, "seen", "A1", ""],
      [13, "seen", "A1", ""],
      [14, "seen", "A1", ""],
      [15, "seen", "A1", "step.repeated"],
      [16, "seen", "A1", "step.repeated"],
    ],
  );
  assert.deepEqual([trace.cellsFrom, trace.cells.length], [10, 9]);
});

test("any step can be looked at, the first and the last too", async () => {
  assert.deepEqual(
    (await traced("4e1c0001", { at: 1 })).rows.map(({ place, came, call }) => [
      place,
      came,
      came === "user" ? call : "",
    ]),
    [
      [0, "user", "look"],
      [1, "new", ""],
      [2, "new", ""],
    ],
  );
  const last = await traced("4e1c0001", { at: 24 });
  assert.deepEqual([last.target, last.rows.at(-1)?.place, last.history.places], [24, 24, 24]);
  assert.equal((await traced("4e1c0001", { at: 25 })).target, null);
});

test("of a history without a refusal its last steps are shown", async () => {
  const trace = await traced("4e1c0002");
  assert.deepEqual([trace.target, trace.rows.map(({ place }) => place)], [null, [16, 17, 18, 19, 20]]);
});

test("many histories are traced in one reading, and one that is gone is null", async () => {
  const files = STEP_INPUTS.map(({ path }) => path);
  const wanted = [idOf(2), "gone", idOf(1)].map((session) => ({ session, agent: "", files, at: null }));
  const options = { policy: DAY_ONE_POLICY, rows: { before: 1, from: 1 }, cells: { before: 1, from: 1 } };
  const traces = await traceHistories(wanted, STEP_INPUTS, options);
  assert.deepEqual(
    traces.map((trace) => trace?.history.session ?? null),
    [idOf(2), null, idOf(1)],
  );
});
