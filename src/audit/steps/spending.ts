// What messages cost: each counted once over all files, at the largest that any row told of it. What has no price is
// counted in tokens and shown apart.

import { costMicrosOf } from "../../formats/index.ts";
import type { StepFormat, UsageItem } from "../../formats/index.ts";
import { idKey, IdTable } from "./id-table.ts";

/** What a row adds to what is known: micro-dollars, or tokens without a price. */
export type Growth = { readonly costMicros: number; readonly unpricedTokens: number };

/** Ids of these formats mean the same in every file; those that people write themselves hold for one history. */
function isIdGlobal(format: StepFormat): boolean {
  return format === "claude" || format === "codex";
}

/** The key of an id as its format means it. */
export function keyOf(
  { id, history, agent }: { readonly id: string; readonly history: string; readonly agent: string },
  format: StepFormat,
): number {
  return idKey(isIdGlobal(format) ? id : `${history}\n${agent}\n${id}`);
}

function tokensOf({ usage }: UsageItem): number {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens } = usage;
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens + cacheWriteHourTokens;
}

export class Spending {
  readonly #messages: IdTable = new IdTable();

  get isFull(): boolean {
    return this.#messages.isFull;
  }

  /** A message may come with a price and without one: micro-dollars and tokens are no two sizes of one amount. */
  #growthOf(
    { id, history, agent }: UsageItem,
    { amount, isPriced }: { readonly amount: number; readonly isPriced: boolean },
    format: StepFormat,
  ): number {
    if (id === null) return amount;
    const told = isPriced ? id : `${id}\nunpriced`;
    return this.#messages.raise(keyOf({ id: told, history, agent }, format), amount);
  }

  add(item: UsageItem, format: StepFormat): Growth {
    const costMicros = item.costMicros ?? costMicrosOf(item.model, item.usage);
    const amount = costMicros ?? tokensOf(item);
    const growth = this.#growthOf(item, { amount, isPriced: costMicros !== null }, format);
    return costMicros === null ? { costMicros: 0, unpricedTokens: growth } : { costMicros: growth, unpricedTokens: 0 };
  }
}
