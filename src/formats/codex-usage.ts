// Tokens in Codex's rollouts: each token_count carries a running total, which a fork inherits from its parent, and what
// the last response used. The difference of two totals is what was used between them, however often an event repeats.

import { countOrZero } from "./loose-values.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";
import type { Usage } from "./step-items.ts";

type Total = { readonly input: number; readonly cached: number; readonly written: number; readonly output: number };

const ZERO: Total = { input: 0, cached: 0, written: 0, output: 0 };

/** What was used since the last event, and a name for this place of the counter; null where nothing was. */
export type Used = { readonly usage: Usage; readonly place: string } | null;

/** `inherit`: an event that was copied from the parent; `use`: one of the session's own. */
export type TokenCounter = {
  readonly inherit: (payload: JsonObject) => void;
  readonly use: (payload: JsonObject) => Used;
};

function totalOf(value: unknown): Total | null {
  if (!isJsonObject(value)) return null;
  return {
    input: countOrZero(value["input_tokens"]),
    cached: countOrZero(value["cached_input_tokens"]),
    written: countOrZero(value["cache_write_input_tokens"]),
    output: countOrZero(value["output_tokens"]),
  };
}

function difference(after: Total, before: Total): Total {
  return {
    input: after.input - before.input,
    cached: after.cached - before.cached,
    written: after.written - before.written,
    output: after.output - before.output,
  };
}

/** Codex counts what was read from a cache, and written to one, as input too; reasoning is in the output. */
function toUsage({ input, cached, written, output }: Total): Usage {
  return {
    inputTokens: Math.max(0, input - Math.max(0, cached) - Math.max(0, written)),
    outputTokens: Math.max(0, output),
    cacheReadTokens: Math.max(0, cached),
    cacheWriteTokens: Math.max(0, written),
    cacheWriteHourTokens: 0,
  };
}

function isNothing({ input, output }: Total): boolean {
  return input <= 0 && output <= 0;
}

function isBack(after: Total, before: Total): boolean {
  return after.input < before.input || after.output < before.output;
}

/** Makes a counter at zero; a fork's starts at the first total that it sees, less what its own first response used. */
export function tokenCounter(isFork: boolean): TokenCounter {
  let before: Total | null = isFork ? null : ZERO;

  const used = (after: Total, last: Total | null): Total => {
    // A counter that starts anew, or one of a fork whose start is not known: only the last response is sure.
    if (before === null) return last ?? ZERO;
    if (isBack(after, before)) return last ?? after;
    return difference(after, before);
  };
  const read = (payload: JsonObject): { total: Total | null; last: Total | null } => {
    const info: JsonObject = isJsonObject(payload["info"]) ? payload["info"] : {};
    return { total: totalOf(info["total_token_usage"]), last: totalOf(info["last_token_usage"]) };
  };
  const inherit = (payload: JsonObject): void => {
    before = read(payload).total ?? before;
  };
  const use = (payload: JsonObject): Used => {
    const { total, last } = read(payload);
    const now = total === null ? (last ?? ZERO) : used(total, last);
    before = total ?? before;
    if (isNothing(now)) return null;
    return { usage: toUsage(now), place: total === null ? "" : `${total.input}-${total.output}` };
  };
  return { inherit, use };
}
