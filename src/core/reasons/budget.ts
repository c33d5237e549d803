// Reasons of budgets.

import { amount, counted, usedOf } from "../wording.ts";
import type { Numbers } from "./row.ts";
import { numberOf, refused } from "./row.ts";

/** Which budget, such as `lineage T-1` or `agent a-2 this hour`. */
function whose(n: Numbers): string {
  const window = n["window"] ?? "lifetime";
  return `${String(n["scope"]).replace("/", " ")}${window === "lifetime" ? "" : ` this ${window}`}`;
}

/** Used and reserved against the limit, and what is asked beside. */
function standing(n: Numbers): string {
  const dimension = String(n["dimension"]);
  const held = numberOf(n, "held");
  const used = usedOf(dimension, numberOf(n, "used"), numberOf(n, "limit"));
  return `${whose(n)} used ${used}${held === 0 ? "" : `, ${amount(dimension, held)} more reserved`}`;
}

/** What an agent may do: ask for less where something is left, else hand the work back. */
function whatFits(n: Numbers): readonly string[] {
  const left = numberOf(n, "limit") - numberOf(n, "used") - numberOf(n, "held");
  if (left > 0 && numberOf(n, "asks") > left) return [`ask for at most ${amount(String(n["dimension"]), left)}`];
  const steps = numberOf(n, "handBackLeft");
  const note = steps > 0 ? ` (${counted(steps, "step")} left for it: \`exec-kernel step record --hand-back\`)` : "";
  return [`say in a note how far it came${note}, move the task to blocked and end your turn`];
}

export const BUDGET = {
  "budget.soft_limit": refused(
    429,
    1,
    "never",
    null,
    "A warning: the soft limit is passed, the hard one is not.",
    (n) => `${standing(n)}, a soft limit`,
    () => ["begin to finish"],
  ),
  "budget.hard_limit": refused(
    429,
    5,
    "never",
    "human",
    "The budget is full, or what is asked does not fit. As a warning: this step passed the limit and was booked.",
    (n) => {
      const asks = numberOf(n, "asks");
      const dimension = String(n["dimension"]);
      return asks === 0 ? standing(n) : `${standing(n)}; this asks for ${amount(dimension, asks)}`;
    },
    (n) => [...whatFits(n), "a human finds it in `exec-kernel pending`; work goes on where it stopped"],
  ),
  "budget.hand_back_spent": refused(
    429,
    5,
    "never",
    "human",
    "The hand-back steps are spent too.",
    (n) => `${n["task"]} used ${n["used"]} of ${n["limit"]} hand-back steps`,
    (n) => [`move ${n["task"]} to blocked; end your turn`],
  ),
  "budget.amount_too_large": refused(
    400,
    2,
    "changed",
    null,
    "An amount, or what is reserved in all, would pass the largest number that is counted.",
    (n) => `${n["dimension"]} ${n["amount"]} would pass ${n["limit"]}`,
    () => ["send the amount of one step"],
  ),
  "budget.dimension_unknown": refused(
    400,
    2,
    "changed",
    null,
    "Nothing limits this dimension: what is spent in it would be counted for nobody.",
    (n) => `neither the policy nor ${n["task"]} limits ${n["dimension"]}`,
    () => ["use tokens, costMicros, or a name that the policy limits"],
  ),
} as const;
