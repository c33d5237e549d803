import assert from "node:assert/strict";
import { test } from "node:test";
import { Spending } from "../../../src/audit/steps/spending.ts";
import { rowsFile, stepsIn } from "./audited-steps.ts";

const NOTHING = { outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, cacheWriteHourTokens: 0 };
const told = (model: string, inputTokens: number) =>
  ({
    form: "usage",
    line: 1,
    history: "h",
    agent: "",
    id: "m",
    model,
    atMs: null,
    usage: { ...NOTHING, inputTokens },
  }) as const;

test("a message that is told with a price and without one counts each at its largest, in either order", () => {
  const priced = told("claude-opus-4-1", 100);
  const unpriced = told("", 1_000_000);
  for (const order of [
    [priced, unpriced, priced],
    [unpriced, priced, unpriced],
  ]) {
    const spending = new Spending();
    const grown = order.map((item) => spending.add(item, "claude"));
    const sum = (dimension: "costMicros" | "unpricedTokens"): number =>
      grown.reduce((all, one) => all + one[dimension], 0);
    assert.deepEqual([sum("costMicros"), sum("unpricedTokens")], [1_500, 1_000_000]);
  }
});

test("rows of Claude Code without ids of message and request are told apart by their own, and count once", async () => {
  const row = (uuid: string): object => ({
    type: "assistant",
    sessionId: "s",
    uuid,
    message: { model: "claude-opus-4-1", usage: { input_tokens: 100 }, content: [{ type: "text", text: "well" }] },
  });
  const one = await stepsIn([rowsFile("noid-1.jsonl", [row("a"), row("b")])]);
  assert.deepEqual([one.total.costMicros, one.total.steps], [3_000, 2]);
  const both = await stepsIn([rowsFile("noid-1.jsonl", [row("a"), row("b")]), rowsFile("noid-2.jsonl", [row("a")])]);
  assert.deepEqual([both.total, both.copied.steps], [one.total, 1]);
});
