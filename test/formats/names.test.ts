import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutName, keptName, NAMES_CUT } from "../../src/formats/names.ts";
import { readRecords } from "../support/transcripts/read-all.ts";

const LONG = "x".repeat(1_000);

test("a name of up to 200 characters is kept as it is; longer ones stay short and different", () => {
  assert.equal(keptName("x".repeat(200)), "x".repeat(200));
  const [one, other] = [keptName(`${LONG}1`), keptName(`${LONG}2`)];
  assert.notEqual(one, other);
  assert.match(one, /^x{200}~[0-9a-f]{16}$/);
  assert.ok(isCutName(one) && !isCutName("x".repeat(217)) && !isCutName("a~0123456789abcdef"));
});

test("long names are told once a file, and their steps are read as others are", async () => {
  const rows = [1, 2].map((id) => ({ history: LONG, agent: LONG, tool: LONG, id: `${LONG}${id}`, call: "ls" }));
  const { steps, problems, counts } = await readRecords(rows, "steps");
  assert.deepEqual(
    steps.map(({ history, agent, tool }) => [history, agent, tool].every(isCutName)),
    [true, true],
  );
  assert.notEqual(steps[0]?.id, steps[1]?.id);
  assert.deepEqual(
    problems.map(({ line, why }) => [line, why]),
    [[0, NAMES_CUT]],
  );
  assert.deepEqual([counts.understood, counts.broken], [2, 0]);
});

test("a result finds its call by an id that was cut", async () => {
  const call = { type: "tool_use", id: LONG, name: "Bash", input: { command: "ls" } };
  const result = { type: "tool_result", tool_use_id: LONG, content: "files" };
  const claude = await readRecords(
    [
      { type: "assistant", sessionId: "s", message: { content: [call] } },
      { type: "user", sessionId: "s", message: { content: [result] } },
    ],
    "claude",
  );
  assert.equal(claude.steps[0]?.result, "files");
  const item = (payload: object): object => ({ timestamp: "2026-01-01T00:00:00Z", type: "response_item", payload });
  const codex = await readRecords(
    [
      item({ type: "function_call", call_id: LONG, name: "shell", arguments: "{}" }),
      item({ type: "function_call_output", call_id: LONG, output: "files" }),
    ],
    "codex",
  );
  assert.equal(codex.steps[0]?.result, "files");
});

test("a task's name that is long is cut, its trial counted in", async () => {
  const runs = [1, 2].map((trial) => ({ task: LONG, trial, steps: [{ kind: "tool", tool: "Bash", args: "ls" }] }));
  const { steps } = await readRecords(runs, "runs");
  assert.ok(steps.every(({ history }) => isCutName(history)));
  assert.notEqual(steps[0]?.history, steps[1]?.history);
});
