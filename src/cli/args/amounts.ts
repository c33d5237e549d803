// Amounts by dimension as one flag: cost=5,steps=400,time=6h. Cost is dollars, time a length, everything else a whole
// number; the kernel judges names and bounds.

import type { AmountsRequest } from "../../kernel/index.ts";
import { lengthMs } from "./lengths.ts";
import { UsageError } from "./usage.ts";
import { microsOf, whole } from "./values.ts";
import { nearest, quoted } from "./words.ts";

type Named = { readonly dimension: string; readonly read: (flag: string, text: string) => number };

/** What people call the two dimensions that have a unit. */
const BY_NAME: ReadonlyMap<string, Named> = new Map([
  ["cost", { dimension: "costMicros", read: microsOf }],
  ["time", { dimension: "durationMs", read: lengthMs }],
]);

const [COST, TIME] = ["cost=5 (dollars)", "time=6h"];

/**
 * Names that would be taken as dimensions which nothing meters. Those inside, and those of a file, would also take a
 * number in another unit: a slip of a million.
 */
const MEANT: ReadonlyMap<string, string> = new Map([
  ...["costMicros", "cost_usd", "cost_micros", "usd", "dollars", "money", "max_cost"].map(meansTo(COST)),
  ...["durationMs", "duration_seconds", "duration_ms", "duration", "seconds", "minutes", "hours"].map(meansTo(TIME)),
  ...["step", "max_steps"].map(meansTo("steps=400")),
  ...["token", "max_tokens"].map(meansTo("tokens=9000")),
]);

const KNOWN: readonly string[] = ["cost", "time", "steps", "tokens"];

function meansTo(meant: string): (name: string) => [string, string] {
  return (name) => [name, meant];
}

/** What a name that nothing meters was meant for; null where it is known, or a name of its own. */
function meantBy(name: string): string | null {
  if (KNOWN.includes(name)) return null;
  // A slip of one letter, and seldom in the first: farther names may be the policy's own.
  return (
    MEANT.get(name) ??
    nearest(
      name,
      KNOWN.filter((known) => known[0] === name[0]?.toLowerCase()),
      1,
    )
  );
}

function amountIn(flag: string, part: string): readonly [string, number] {
  const [, name = "", text = ""] = /^\s*([^=\s]+)=(.*?)\s*$/s.exec(part) ?? [];
  if (name === "" || text === "")
    throw new UsageError(`${flag} ${quoted(part)} is no amount: write NAME=N, such as cost=5,steps=400`);
  const meant = meantBy(name);
  if (meant !== null) throw new UsageError(`${flag} ${quoted(part)}: did you mean ${meant}?`);
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
