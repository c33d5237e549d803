// Sums of amounts in one line: money first, then what else was counted.

import type { Sums } from "../../kernel/index.ts";
import { amountOf, dimensionName } from "./text.ts";

const FIRST = ["costMicros", "steps", "tokens", "durationMs"];

function saidOf(dimension: string, value: number): string {
  if (value === 1 && dimension === "steps") return "1 step";
  const amount = value < 0 ? `-${amountOf(dimension, -value)}` : amountOf(dimension, value);
  return dimension === "costMicros" || dimension === "durationMs" ? amount : `${amount} ${dimensionName(dimension)}`;
}

/** Such as `$4.20, 31 steps, 2 h 5 min`; nothing where there is none. */
export function sumsLine(sums: Sums): string {
  const others = Object.keys(sums).filter((name) => !FIRST.includes(name));
  return [...FIRST, ...others.toSorted()]
    .flatMap((name) => {
      const value = sums[name] ?? 0;
      return value === 0 ? [] : [saidOf(name, value)];
    })
    .join(", ");
}
