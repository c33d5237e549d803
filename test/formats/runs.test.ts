// Runs of agents, one a line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readRecords, readText } from "../support/transcripts/read-all.ts";
import { runsOf, runsText } from "../support/transcripts/runs.ts";

test("a run's steps carry its task and trial, and its outcome follows them", async () => {
  const steps = [
    { kind: "user" },
    { kind: "message", text: "Which order?" },
    { kind: "tool", tool: "find", args: '{ "id": 1 }', result: "none", error: true },
    { kind: "tool", tool: "find", args: { id: 2 } },
  ];
  const found = await readRecords(
    [
      { task: 12, trial: 3, success: false, steps },
      { task: "t", steps: [] },
    ],
    "runs",
  );
  assert.deepEqual(
    found.steps.map(({ line, history, kind, tool, call, result, failed }) => [
      line,
      history,
      kind,
      tool,
      call,
      result,
      failed,
    ]),
    [
      [1, "12-3", "user", "", "", null, false],
      [1, "12-3", "message", "", "Which order?", null, false],
      [1, "12-3", "tool", "find", '{"id":1}', "none", true],
      [1, "12-3", "tool", "find", '{"id":2}', null, false],
    ],
  );
  assert.deepEqual(found.outcomes, [{ form: "outcome", history: "12-3", success: false }]);
});

test("a run that cannot be read is named, and gives no steps at all", async () => {
  const { steps, problems } = await readRecords(
    [
      { trial: 1, steps: [] },
      { task: 1, steps: "none" },
      { task: 1, steps: [{ kind: "user" }, { kind: "tool" }] },
      { task: 1, steps: [{ kind: "user" }, 5] },
    ],
    "runs",
  );
  assert.deepEqual(steps, []);
  assert.deepEqual(
    problems.map(({ why }) => why),
    ["task is missing", "steps is not a list", "steps[1] is no step", "steps[1] is no step"],
  );
});

test("every step of generated runs is found", async () => {
  const runs = runsOf(5, 40);
  const { steps, outcomes, counts } = await readText(runsText(runs), "runs");
  assert.equal(
    steps.length,
    runs.reduce((sum, run) => sum + run.steps.length, 0),
  );
  assert.deepEqual(
    outcomes.map(({ history, success }) => [history, success]),
    runs.map(({ task, trial, success }) => [`${task}-${trial}`, success]),
  );
  assert.equal(counts.understood, runs.length);
});
