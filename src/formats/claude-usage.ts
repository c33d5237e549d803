// Usage in Claude Code's rows: a message is written as several rows, one for each block, each repeating the message's
// usage as it stood then. Only growth is given out, so that the maximum of one id is its usage.

import { countOrZero } from "./loose-values.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";
import type { Usage } from "./step-items.ts";

/** The usage of one row, zero where it has none. */
export function claudeUsage(value: unknown): Usage {
  const usage: JsonObject = isJsonObject(value) ? value : {};
  const writes: JsonObject = isJsonObject(usage["cache_creation"]) ? usage["cache_creation"] : {};
  const hour = countOrZero(writes["ephemeral_1h_input_tokens"]);
  const fiveMinutes = countOrZero(writes["ephemeral_5m_input_tokens"]);
  return {
    inputTokens: countOrZero(usage["input_tokens"]),
    outputTokens: countOrZero(usage["output_tokens"]),
    cacheReadTokens: countOrZero(usage["cache_read_input_tokens"]),
    // Older versions write the sum alone.
    cacheWriteTokens: Math.max(fiveMinutes, countOrZero(usage["cache_creation_input_tokens"]) - hour),
    cacheWriteHourTokens: hour,
  };
}

/** The larger of each count. */
function maximum(one: Usage, other: Usage): Usage {
  return {
    inputTokens: Math.max(one.inputTokens, other.inputTokens),
    outputTokens: Math.max(one.outputTokens, other.outputTokens),
    cacheReadTokens: Math.max(one.cacheReadTokens, other.cacheReadTokens),
    cacheWriteTokens: Math.max(one.cacheWriteTokens, other.cacheWriteTokens),
    cacheWriteHourTokens: Math.max(one.cacheWriteHourTokens, other.cacheWriteHourTokens),
  };
}

/** Whether two usages are the same. */
function sameUsage(one: Usage, other: Usage): boolean {
  return (
    one.inputTokens === other.inputTokens &&
    one.outputTokens === other.outputTokens &&
    one.cacheReadTokens === other.cacheReadTokens &&
    one.cacheWriteTokens === other.cacheWriteTokens &&
    one.cacheWriteHourTokens === other.cacheWriteHourTokens
  );
}

const IDS_MAX = 256;

/** Tells the usage of a message when it is first seen or has grown, else null. Remembers the last few hundred ids. */
export function usageGrowth(): (id: string, usage: Usage) => Usage | null {
  const seen = new Map<string, Usage>();
  return (id, usage) => {
    const before = seen.get(id);
    const now = before === undefined ? usage : maximum(before, usage);
    if (before !== undefined && sameUsage(before, now)) return null;
    seen.set(id, now);
    for (const oldest of seen.keys()) {
      if (seen.size <= IDS_MAX) break;
      seen.delete(oldest);
    }
    return now;
  };
}
