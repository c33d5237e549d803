// Nesting that no stack can walk: one broken line, and the rest is read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NESTING_LIMIT, parseJson } from "../../src/formats/json-depth.ts";
import type { StepFormat } from "../../src/formats/sniff.ts";
import { readText } from "../support/transcripts/read-all.ts";

/** So many lists within each other. */
function lists(depth: number): string {
  return "[".repeat(depth) + "]".repeat(depth);
}

const CLAUDE = { type: "assistant", sessionId: "s" };

const LINES: Readonly<Record<string, readonly [StepFormat, (nested: string) => string]>> = {
  "Claude Code's call": [
    "claude",
    (nested) =>
      JSON.stringify({ ...CLAUDE, message: { content: [{ type: "tool_use", name: "Bash", input: "X" }] } }).replace(
        '"X"',
        nested,
      ),
  ],
  "Claude Code's result": [
    "claude",
    (nested) => `{"type":"user","sessionId":"s","message":{"content":[{"tool_use_id":"1","content":${nested}}]}}`,
  ],
  "a plain step's call": ["steps", (nested) => `{"history":"h","tool":"Bash","args":${nested}}`],
  "a plain step's result": ["steps", (nested) => `{"history":"h","tool":"Bash","args":"ls","result":${nested}}`],
  "a run's call": ["runs", (nested) => `{"task":"t","steps":[{"kind":"tool","tool":"Bash","args":${nested}}]}`],
  "Codex's call": [
    "codex",
    (nested) =>
      `{"timestamp":"2026-01-01T00:00:00Z","type":"response_item","payload":{"type":"local_shell_call","action":${nested}}}`,
  ],
};

for (const [name, [format, lineOf]] of Object.entries(LINES))
  test(`${name} that nests too deep is one broken line, whatever its length`, async () => {
    for (const depth of [NESTING_LIMIT, 8_000, 70_000]) {
      const { problems, counts } = await readText(`${lineOf(lists(depth))}\n${lineOf("[]")}\n`, format);
      assert.deepEqual(
        problems.map(({ line, why }) => [line, why]),
        [[1, `nested more than ${NESTING_LIMIT} deep`]],
        String(depth),
      );
      assert.equal(counts.understood, 1);
    }
    const { problems } = await readText(`${lineOf(lists(NESTING_LIMIT - 10))}\n`, format);
    assert.deepEqual(problems, [], "what fits is read");
  });

test("arguments that are JSON in a text, and nest too deep, stay a text", async () => {
  const line = JSON.stringify({ history: "h", tool: "Bash", call: lists(8_000) });
  const { steps, problems } = await readText(line, "steps");
  assert.deepEqual([steps[0]?.call, problems], [JSON.stringify(lists(8_000)), []]);
});

test("the limit is met exactly, by lists and objects, in short texts and long ones", () => {
  for (const padding of ["", " ".repeat(70_000)]) {
    assert.equal(parseJson(lists(NESTING_LIMIT) + padding).isDeep, false);
    assert.equal(parseJson(lists(NESTING_LIMIT + 1) + padding).isDeep, true);
    assert.equal(parseJson(`${'{"a":'.repeat(600)}1${"}".repeat(600)}${padding}`).isDeep, true);
  }
});
