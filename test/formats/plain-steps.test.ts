// Plain JSON lines, one step a line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readRecords, readText } from "../support/transcripts/read-all.ts";
import { plainStepsText, runsOf } from "../support/transcripts/runs.ts";

test("a full line becomes a step and its usage", async () => {
  const line = {
    history: "h",
    tool: "Bash",
    call: { cmd: "ls" },
    result: "x",
    failed: true,
    at: "2026-09-01T10:00:00Z",
    endedAt: "2026-09-01T10:00:01Z",
    agent: "a",
    id: "c1",
    model: "gpt-5.4",
    usage: { inputTokens: 5, outputTokens: 6, cacheReadTokens: 7, cacheWriteTokens: 8, cacheWriteHourTokens: 9 },
    costMicros: 120,
  };
  const { steps, usages } = await readRecords([line], "steps");
  const atMs = Date.parse(line.at);
  const facts = { line: 1, history: "h", agent: "a", id: "c1", atMs };
  const call = { kind: "tool", tool: "Bash", call: '{"cmd":"ls"}', result: "x", failed: true } as const;
  assert.deepEqual(steps, [{ form: "step", ...facts, endedAtMs: atMs + 1_000, ...call }]);
  assert.deepEqual(usages, [{ form: "usage", ...facts, model: "gpt-5.4", usage: line.usage, costMicros: 120 }]);
});

test("a history goes by three names, or by its file's; arguments by two; failures by two", async () => {
  const { steps } = await readRecords(
    [
      { session: "s", tool: "a", args: "{}" },
      { task: 7, tool: "b", error: "it broke" },
      { tool: "c", result: { n: 1 } },
      { kind: "user", text: "go on" },
      { kind: "message", call: "done", tokens: 5 },
    ],
    "steps",
    "night.jsonl",
  );
  assert.deepEqual(
    steps.map(({ history, kind, call, result, failed }) => [history, kind, call, result, failed]),
    [
      ["s", "tool", "{}", null, false],
      ["7", "tool", "{}", "it broke", true],
      ["night", "tool", "{}", '{"n":1}', false],
      ["night", "user", "go on", null, false],
      ["night", "message", "done", null, false],
    ],
  );
});

test("tokens as one number count as input; a line without any has no usage", async () => {
  const { usages } = await readRecords(
    [
      { tool: "a", call: {}, tokens: 12 },
      { tool: "a", call: {}, tokens: -1 },
    ],
    "steps",
  );
  assert.deepEqual(
    usages.map(({ usage, costMicros }) => [usage.inputTokens, costMicros]),
    [[12, undefined]],
  );
});

test("a time is a text with an offset or a number of milliseconds, and never one of seconds", async () => {
  const step = { history: "h", tool: "a", call: {} };
  const { steps, problems } = await readRecords(
    [
      { ...step, at: 1_788_256_800_000, endedAt: 1_788_256_801_000.7 },
      { ...step, at: "2026-09-01T10:00:00Z" },
      { ...step, at: 1_788_256_800 },
      { ...step, endedAt: -1 },
      { ...step, at: 9e15 },
    ],
    "steps",
  );
  assert.deepEqual(
    steps.map(({ atMs, endedAtMs }) => [atMs, endedAtMs]),
    [
      [Date.UTC(2026, 8, 1, 10), Date.UTC(2026, 8, 1, 10, 0, 1)],
      [Date.UTC(2026, 8, 1, 10), null],
    ],
  );
  assert.deepEqual(
    problems.map(({ why }) => why),
    ["at", "endedAt", "at"].map((name) => `${name} is a number, and none of milliseconds since 1970`),
  );
});

test("a line that is no step is named", async () => {
  const { problems, counts } = await readRecords(
    [
      { history: "h" },
      { kind: "dance", history: "h" },
      { kind: "tool", history: "h" },
      { tool: "a", call: {}, at: "noon" },
    ],
    "steps",
  );
  assert.deepEqual(
    problems.map(({ why }) => why),
    [
      "no tool is named, and kind is not tool, message or user",
      "no tool is named, and kind is not tool, message or user",
      "tool is missing",
      "at is not a date and time with an offset",
    ],
  );
  assert.equal(counts.broken, 4);
});

test("every generated step is found", async () => {
  const runs = runsOf(6, 20);
  const { steps } = await readText(plainStepsText(runs), "steps");
  assert.equal(
    steps.length,
    runs.reduce((sum, run) => sum + run.steps.length, 0),
  );
});
