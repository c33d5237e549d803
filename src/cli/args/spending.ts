// What a step costs, as flags: the same for a step that is reserved, settled or recorded, and for the next one that a
// settlement reserves.

import type { RequestBodies } from "../../kernel/index.ts";
import { amountsOf } from "./amounts.ts";
import type { Flags, FlagSpecs } from "./spec.ts";
import { UsageError } from "./usage.ts";
import { microsOf, wholeOr } from "./values.ts";

type Spending = Pick<RequestBodies["record_step"], "tokens" | "costMicros" | "costBasis" | "amounts">;

export const SPENDING_FLAGS: FlagSpecs = {
  cost: { value: "USD", about: "dollars, such as 0.30; at most 6 decimals" },
  tokens: { value: "N", about: "tokens" },
  amount: { value: "NAME=N,...", about: "other dimensions that the policy limits" },
  estimated: { about: "the cost is a guess, not the provider's count times a price" },
  unpriced: { about: "the cost is not known: tokens and steps count" },
};

function basisOf({ on, text }: Flags): Spending["costBasis"] {
  const [estimated, unpriced] = [on("estimated"), on("unpriced")];
  if (estimated && unpriced) throw new UsageError("--estimated and --unpriced are two things: give one");
  if (unpriced && text("cost") !== undefined) throw new UsageError("--unpriced and --cost are two things: give one");
  if (estimated) return "estimated";
  return unpriced ? "unpriced" : undefined;
}

/** Cost, tokens and other amounts of a step; a flag's name may begin otherwise, as in --next-cost. */
export function amountsIn(flags: Flags, prefix = ""): Spending {
  const given = (name: string): string | undefined => flags.text(prefix + name);
  const [cost, amount] = [given("cost"), given("amount")];
  return {
    tokens: wholeOr(`--${prefix}tokens`, given("tokens")),
    costMicros: cost === undefined ? undefined : microsOf(`--${prefix}cost`, cost),
    amounts: amount === undefined ? undefined : amountsOf(`--${prefix}amount`, amount),
  };
}

/** All that the flags of one step say of what it costs. */
export function spendingOf(flags: Flags): Spending {
  return { ...amountsIn(flags), costBasis: basisOf(flags) };
}
