// What tokens cost, as data: list prices of two providers, for an estimate that says "at list price" and no more. Batch,
// priority and regional prices are not here, nor what a subscription includes. A model without a row has no price: a
// guess would be worse than saying so.
//
// Claude: platform.claude.com/docs/en/about-claude/pricing, as it stood on 2026-10-24 (Claude 3, 3.5 and 3.7: as last
// listed there before they were retired).
// OpenAI: developers.openai.com/api/docs/pricing and the models' own pages, as they stood on 2026-10-27 for GPT-5.6 and
// later; on 2026-06-30 for GPT-5.4 and 5.5; on 2026-04-13 for what is older. None was looked up again since.
// Prices have changed within a model's life: tokens of last year are counted at the price of the row's day.

import type { Usage } from "./step-items.ts";

/**
 * Micro-dollars for a million tokens. `model`: the name without its version or date. `asOf`: the day the price is of.
 * `long`: a prompt (what was read and written from caches too) of more tokens has all its input, and its output, at so
 * many times the price.
 */
export type ModelPrice = {
  readonly model: string;
  readonly asOf: string;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly long?: LongPrompt;
};

type LongPrompt = { readonly overTokens: number; readonly inputFactor: number; readonly outputFactor: number };

const DOLLAR = 1_000_000;

/** Dollars to whole micro-dollars: 0.1 is no binary fraction. */
function micros(dollars: number): number {
  return Math.round(dollars * DOLLAR);
}

/** Claude's caches cost 1.25 times the input to write for five minutes and twice for an hour; reading differs by model. */
function claude(model: string, input: number, output: number, cacheRead: number, long?: LongPrompt): ModelPrice {
  const writes = { cacheWrite5m: micros(input * 1.25), cacheWrite1h: micros(input * 2) };
  const prices = { input: micros(input), output: micros(output), cacheRead: micros(cacheRead), ...writes };
  return { model, asOf: "2026-10-24", ...prices, ...(long === undefined ? {} : { long }) };
}

/** OpenAI: writing to a cache costs 1.25 times the input from GPT-5.6 on, before it was plain input. */
function openai(asOf: string, model: string, input: number, output: number, cacheRead: number): ModelPrice {
  const isNew = asOf === OPENAI_NEW;
  const write = micros(isNew ? input * 1.25 : input);
  const prices = { input: micros(input), output: micros(output), cacheRead: micros(cacheRead) };
  const long = isNew ? { long: { overTokens: 272_000, inputFactor: 2, outputFactor: 1.5 } } : {};
  return { model, asOf, ...prices, cacheWrite5m: write, cacheWrite1h: write, ...long };
}

const OPENAI_NEW = "2026-10-27";
const OPENAI_MID = "2026-06-30";
const OPENAI_OLD = "2026-04-13";

const SONNET_4_LONG: LongPrompt = { overTokens: 200_000, inputFactor: 2, outputFactor: 1.5 };
const HAIKU_5_5_LONG: LongPrompt = { overTokens: 100_000, inputFactor: 5, outputFactor: 5 };

/** Every price, in dollars for a million tokens: input, output, read from a cache. */
export const PRICES: readonly ModelPrice[] = [
  claude("claude-fable-5-1", 10, 50, 0.25),
  claude("claude-mythos-5-1", 10, 50, 0.25),
  claude("claude-fable-5", 10, 50, 1),
  claude("claude-mythos-5", 10, 50, 1),
  claude("claude-opus-5-5", 4, 20, 0.2),
  claude("claude-opus-5", 5, 25, 0.5),
  claude("claude-opus-4-8", 5, 25, 0.5),
  claude("claude-opus-4-7", 5, 25, 0.5),
  claude("claude-opus-4-6", 5, 25, 0.5),
  claude("claude-opus-4-5", 5, 25, 0.5),
  claude("claude-opus-4-1", 15, 75, 1.5),
  claude("claude-opus-4-0", 15, 75, 1.5),
  claude("claude-opus-4", 15, 75, 1.5),
  claude("claude-sonnet-5-5", 2, 10, 0.1),
  claude("claude-sonnet-5", 2, 10, 0.2),
  claude("claude-sonnet-4-6", 3, 15, 0.3),
  claude("claude-sonnet-4-5", 3, 15, 0.3, SONNET_4_LONG),
  claude("claude-sonnet-4-0", 3, 15, 0.3, SONNET_4_LONG),
  claude("claude-sonnet-4", 3, 15, 0.3, SONNET_4_LONG),
  claude("claude-haiku-5-5", 0.1, 0.5, 0.01, HAIKU_5_5_LONG),
  claude("claude-haiku-4-5", 1, 5, 0.1),
  claude("claude-3-7-sonnet", 3, 15, 0.3),
  claude("claude-3-5-sonnet", 3, 15, 0.3),
  claude("claude-3-5-haiku", 0.8, 4, 0.08),
  claude("claude-3-opus", 15, 75, 1.5),
  // Listed with rounded prices of its own.
  { ...claude("claude-3-haiku", 0.25, 1.25, 0.03), cacheWrite5m: 300_000 },
  openai(OPENAI_NEW, "gpt-6.1-sol", 2, 10, 0.1),
  openai(OPENAI_NEW, "gpt-6.1-terra", 1, 5, 0.05),
  openai(OPENAI_NEW, "gpt-6-astra", 10, 50, 1),
  openai(OPENAI_NEW, "gpt-6-sol", 2, 10, 0.2),
  openai(OPENAI_NEW, "gpt-6-luna", 0.1, 0.5, 0.01),
  openai(OPENAI_NEW, "gpt-5.6-sol", 4, 20, 0.4),
  openai(OPENAI_NEW, "gpt-5.6", 4, 20, 0.4),
  openai(OPENAI_NEW, "gpt-5.6-terra", 2, 12, 0.2),
  openai(OPENAI_NEW, "gpt-5.6-luna", 0.2, 1.2, 0.02),
  openai(OPENAI_MID, "gpt-5.5", 5, 30, 0.5),
  openai(OPENAI_MID, "gpt-5.5-pro", 30, 180, 30),
  openai(OPENAI_MID, "gpt-5.4", 2.5, 15, 0.25),
  openai(OPENAI_MID, "gpt-5.4-mini", 0.75, 4.5, 0.075),
  openai(OPENAI_MID, "gpt-5.4-nano", 0.2, 1.25, 0.02),
  openai(OPENAI_MID, "gpt-5.4-pro", 30, 180, 30),
  openai(OPENAI_OLD, "gpt-5.3-codex", 1.75, 14, 0.175),
  openai(OPENAI_OLD, "gpt-5.2-codex", 1.75, 14, 0.175),
  openai(OPENAI_OLD, "gpt-5.2", 1.75, 14, 0.175),
  openai(OPENAI_OLD, "gpt-5.2-pro", 21, 168, 21),
  openai(OPENAI_OLD, "gpt-5.1-codex-max", 1.25, 10, 0.125),
  openai(OPENAI_OLD, "gpt-5.1-codex-mini", 0.25, 2, 0.025),
  openai(OPENAI_OLD, "gpt-5.1-codex", 1.25, 10, 0.125),
  openai(OPENAI_OLD, "gpt-5.1", 1.25, 10, 0.125),
  openai(OPENAI_OLD, "gpt-5-codex", 1.25, 10, 0.125),
  openai(OPENAI_OLD, "gpt-5-mini", 0.25, 2, 0.025),
  openai(OPENAI_OLD, "gpt-5-nano", 0.05, 0.4, 0.005),
  openai(OPENAI_OLD, "gpt-5-pro", 15, 120, 15),
  openai(OPENAI_OLD, "gpt-5", 1.25, 10, 0.125),
  openai(OPENAI_OLD, "codex-mini", 1.5, 6, 0.375),
  openai(OPENAI_OLD, "gpt-4.1", 2, 8, 0.5),
  openai(OPENAI_OLD, "gpt-4.1-mini", 0.4, 1.6, 0.1),
  openai(OPENAI_OLD, "gpt-4.1-nano", 0.1, 0.4, 0.025),
  openai(OPENAI_OLD, "o4-mini", 1.1, 4.4, 0.275),
  openai(OPENAI_OLD, "o3", 2, 8, 0.5),
  openai(OPENAI_OLD, "o3-mini", 1.1, 4.4, 0.55),
  openai(OPENAI_OLD, "o3-pro", 20, 80, 20),
  openai(OPENAI_OLD, "o1", 15, 60, 7.5),
];

const BY_MODEL: ReadonlyMap<string, ModelPrice> = new Map(PRICES.map((price) => [price.model, price]));

/** What may stand before a model's name (a provider, a region) and after it (a date, a version, a context size). */
const BEFORE_NAME = /^(?:[a-z0-9-]+[./])+(?=claude-|gpt-|codex-|o\d)/;
const AFTER_NAME = /(?:[-@:](?:\d{8}|\d{4}-\d\d-\d\d|latest|v\d+(?::\d+)?)|\[1m\])+$/;

/** The price of a model by its name in any of the providers' spellings, null where it is not listed. */
export function priceOf(model: string): ModelPrice | null {
  const name = model.toLowerCase().replace(BEFORE_NAME, "").replace(AFTER_NAME, "");
  return BY_MODEL.get(name) ?? null;
}

/** What one message cost at list price, in whole micro-dollars, rounded once; null for a model without a price. */
export function costMicrosOf(model: string, usage: Usage): number | null {
  const price = priceOf(model);
  if (price === null) return null;
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens } = usage;
  const prompt = inputTokens + cacheReadTokens + cacheWriteTokens + cacheWriteHourTokens;
  const isLong = price.long !== undefined && prompt > price.long.overTokens;
  const { inputFactor, outputFactor } = isLong ? price.long : { inputFactor: 1, outputFactor: 1 };
  const inputs =
    inputTokens * price.input +
    cacheReadTokens * price.cacheRead +
    cacheWriteTokens * price.cacheWrite5m +
    cacheWriteHourTokens * price.cacheWrite1h;
  return Math.round((inputs * inputFactor + outputTokens * price.output * outputFactor) / DOLLAR);
}
