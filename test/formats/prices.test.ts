// The price table: what it says, and of which names it says nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { costMicrosOf, priceOf, PRICES } from "../../src/formats/prices.ts";

const NOTHING = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, cacheWriteHourTokens: 0 };

test("each price is whole micro-dollars, dated, and its model is there once", () => {
  assert.equal(new Set(PRICES.map(({ model }) => model)).size, PRICES.length);
  for (const { model, asOf, input, output, cacheRead, cacheWrite5m, cacheWrite1h } of PRICES) {
    assert.match(asOf, /^2026-\d\d-\d\d$/, model);
    for (const price of [input, output, cacheRead, cacheWrite5m, cacheWrite1h])
      assert.ok(Number.isSafeInteger(price) && price > 0, model);
    assert.ok(cacheRead <= input && input <= cacheWrite5m && cacheWrite5m <= cacheWrite1h && input < output, model);
  }
});

const SPELLINGS: readonly (readonly [spelling: string, model: string | null])[] = [
  ["claude-opus-4-6", "claude-opus-4-6"],
  ["claude-opus-4-20250514", "claude-opus-4"],
  ["claude-opus-4-1-20250805", "claude-opus-4-1"],
  ["claude-sonnet-4-5-20250929", "claude-sonnet-4-5"],
  ["claude-sonnet-4-5-20250929[1m]", "claude-sonnet-4-5"],
  ["claude-3-5-haiku-latest", "claude-3-5-haiku"],
  ["us.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4"],
  ["claude-sonnet-4@20250514", "claude-sonnet-4"],
  ["anthropic/claude-opus-4-5", "claude-opus-4-5"],
  ["gpt-5.1-codex-max", "gpt-5.1-codex-max"],
  ["gpt-5-codex", "gpt-5-codex"],
  ["GPT-5-2025-08-07", "gpt-5"],
  ["openai/o3", "o3"],
  ["codex-mini-latest", "codex-mini"],
  ["claude-opus-4-99", null],
  ["gpt-5.3-codex-spark", null],
  ["gpt-5-audio", null],
  ["<synthetic>", null],
  ["my-claude-opus-4-6", null],
  ["", null],
];

for (const [spelling, model] of SPELLINGS) {
  test(`"${spelling}" ${model === null ? "has no price" : `is ${model}`}`, () => {
    assert.equal(priceOf(spelling)?.model ?? null, model);
  });
}

test("a message's cost is rounded once, after everything is added", () => {
  const usage = {
    inputTokens: 3,
    outputTokens: 299,
    cacheReadTokens: 11_442,
    cacheWriteTokens: 15_005,
    cacheWriteHourTokens: 10,
  };
  const exact = 3 * 5 + 299 * 25 + 11_442 * 0.5 + 15_005 * 6.25 + 10 * 10;
  assert.equal(costMicrosOf("claude-opus-4-6", usage), Math.round(exact));
  assert.equal(costMicrosOf("gpt-5-nano", { ...NOTHING, inputTokens: 9 }), 0);
  assert.equal(costMicrosOf("gpt-5-nano", { ...NOTHING, inputTokens: 10 }), 1);
});

test("a model without a price costs null, not nothing", () => {
  assert.equal(costMicrosOf("homemade", { ...NOTHING, inputTokens: 9 }), null);
  assert.equal(costMicrosOf("claude-opus-4-6", NOTHING), 0);
});

test("a long prompt is priced as such, as a whole", () => {
  const prompt = { ...NOTHING, inputTokens: 60_000, cacheReadTokens: 40_000, outputTokens: 1_000 };
  assert.equal(costMicrosOf("claude-haiku-5-5", prompt), 6_000 + 400 + 500);
  assert.equal(costMicrosOf("claude-haiku-5-5", { ...prompt, cacheWriteTokens: 8 }), 5 * (6_000 + 400 + 1 + 500));
  assert.equal(costMicrosOf("gpt-6-sol", { ...NOTHING, inputTokens: 272_001, outputTokens: 100 }), 1_088_004 + 1_500);
});
