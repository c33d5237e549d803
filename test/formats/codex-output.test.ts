// How a Codex tool's output is read, and when it means a failure.

import assert from "node:assert/strict";
import { test } from "node:test";
import { codexOutput, tellsFailure } from "../../src/formats/codex-output.ts";

const OUTPUTS: readonly (readonly [output: unknown, result: string, failed: boolean])[] = [
  ["plain", "plain", false],
  ["", "", false],
  [null, "", false],
  ['{"output":"a\\n","metadata":{"exit_code":0,"duration_seconds":1.2}}', "Exit code: 0\na\n", false],
  ['{"output":"a\\n","metadata":{"exit_code":1,"duration_seconds":0.4}}', "Exit code: 1\na\n", true],
  ['{"output":"cut', '{"output":"cut', false],
  ['{"output":"no metadata"}', '{"output":"no metadata"}', false],
  ["Exit code: 0\nWall time: 1 seconds\nOutput:\nok", "Exit code: 0\nOutput:\nok", false],
  ["Exit code: 127\nWall time: 1 seconds\nTotal output lines: 3\nOutput:\n?", "Exit code: 127\nOutput:\n?", true],
  [
    "Wall time: 1.0 seconds\nProcess running with session ID 4\nOutput:\n",
    "Process running with session ID 4\nOutput:\n",
    false,
  ],
  ["Wall time: 0.2 seconds\nOutput:\nok", "Output:\nok", false],
  ["Output:\nProcess exited with code 1", "Output:\nProcess exited with code 1", false],
  ["apply_patch verification failed: no such file", "apply_patch verification failed: no such file", true],
  ["execution error: Io", "execution error: Io", true],
  [
    [
      { type: "input_text", text: "a" },
      { type: "input_text", text: "b" },
    ],
    "a\nb",
    false,
  ],
  [{ content: "refused", success: false }, "refused", true],
  [{ content: "fine", success: true }, "fine", false],
];

for (const [output, result, failed] of OUTPUTS) {
  test(`${JSON.stringify(output).slice(0, 60)} is ${failed ? "a failure" : "no failure"}`, () => {
    assert.deepEqual(codexOutput(output), { result, failed });
  });
}

test("the same output twice is the same result, whatever its stamps say", () => {
  const stamped = (chunk: string, time: string): string =>
    `Chunk ID: ${chunk}\nWall time: ${time} seconds\nProcess exited with code 0\nOutput:\nsame`;
  assert.deepEqual(codexOutput(stamped("a1", "0.1")), codexOutput(stamped("b2", "9.7")));
});

test("an event tells of a failure by an exit code, a refused patch or a tool server's error", () => {
  assert.equal(tellsFailure({ exit_code: 1 }), true);
  assert.equal(tellsFailure({ exit_code: 0 }), false);
  assert.equal(tellsFailure({ success: false }), true);
  assert.equal(tellsFailure({ result: { Err: "gone" } }), true);
  assert.equal(tellsFailure({ result: { Ok: { isError: true } } }), true);
  assert.equal(tellsFailure({ result: { Ok: { content: [] } } }), false);
  assert.equal(tellsFailure({}), false);
});
