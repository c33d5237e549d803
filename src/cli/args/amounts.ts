// Amounts by dimension as one flag: cost=5,steps=400,time=6h. Cost is dollars, time a length, everything else a whole
// number; the kernel judges names and bounds.

import type { AmountsRequest } from "../../kernel/index.ts";
import { lengthMs } from "./lengths.ts";
import { UsageError } from "./usage.ts";
import { microsOf, whole } from "./values.ts";
import { quoted } from "./words.ts";

type Named = { readonly dimension: string; readonly read: (flag: string, text: string) => number };

/** What people call the two dimensions that have a unit. */
const BY_NAME: ReadonlyMap<string, Named> = new Map([
  ["cost", { dimension: "costMicros", read: microsOf }],
  ["time", { dimension: "durationMs", read: lengthMs }],
]);

/** Their names inside would take a number in another unit: a slip of a million. */
const WRITE_INSTEAD: ReadonlyMap<string, string> = new Map([
  ["costMicros", "cost=5 (dollars)"],
  ["durationMs", "time=6h"],
]);

function amountIn(flag: string, part: string): readonly [string, number] {
  const [, name = "", text = ""] = /^\s*([^=\s]+)=(.*?)\s*$/s.exec(part) ?? [];
  if (name === "" || text === "")
    throw new UsageError(`${flag} ${quoted(part)} is no amount: write NAME=N, such as cost=5,steps=400`);
  const instead = WRITE_INSTEAD.get(name);
  if (instead !== undefined) throw new UsageError(`${flag} ${quoted(part)}: write ${instead}`);
  const { dimension, read } = BY_NAME.get(name) ?? { dimension: name, read: whole };
  return [dimension, read(`${flag} ${quoted(name).slice(1, -1)}`, text)];
}

/** Amounts by dimension; throws UsageError for what is none, or is named twice. */
export function amountsOf(flag: string, text: string): AmountsRequest {
  const amounts = new Map<string, number>();
  for (const part of text.split(",")) {
    const [dimension, amount] = amountIn(flag, part);
    if (amounts.has(dimension)) throw new UsageError(`${flag} names ${quoted(part.split("=", 1)[0] ?? "")} twice`);
    amounts.set(dimension, amount);
  }
  return Object.fromEntries(amounts);
}
