// Reasons of budgets.

import { usedOf } from "../wording.ts";
import { numberOf, refused } from "./row.ts";

export const BUDGET = {
  "budget.soft_limit": refused(
    429,
    1,
    "never",
    null,
    "A warning: the soft limit is passed, the hard one is not.",
    (n) =>
      `${n["scope"]} used ${usedOf(String(n["dimension"]), numberOf(n, "used"), numberOf(n, "limit"))}, a soft limit`,
    () => ["begin to finish"],
  ),
  "budget.hard_limit": refused(
    429,
    5,
    "never",
    "human",
    "The meter is full: the next step is refused. As a warning: this step passed the limit and was booked.",
    (n) => `${n["scope"]} used ${usedOf(String(n["dimension"]), numberOf(n, "used"), numberOf(n, "limit"))}`,
    (n) => [
      "write the hand-back note and stop",
      ...(numberOf(n, "handBackLeft") > 0 ? [`${n["handBackLeft"]} hand-back steps are left`] : []),
      "a human raises the limit with `exec-kernel policy adopt FILE`",
    ],
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
    "An amount or meter would pass the largest number that is counted.",
    (n) => `${n["dimension"]} ${n["amount"]} would pass ${n["limit"]}`,
    () => ["send the amount of one step"],
  ),
  "budget.too_many_dimensions": refused(
    400,
    2,
    "changed",
    null,
    "The task's meter holds as many dimensions as it may.",
    (n) => `${n["dimension"]} would be one dimension too many for ${n["task"]}, limit ${n["limit"]}`,
    () => ["use the dimensions that the policy names"],
  ),
} as const;
