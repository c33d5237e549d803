// Reasons about steps that go round in circles: what repeats, how often, and how far the ladder has been climbed.

import { counted } from "../wording.ts";
import { numberOf, refused } from "./row.ts";
import type { Numbers, Reason } from "./row.ts";

const times = (n: Numbers): string => `${counted(numberOf(n, "count"), "time")}, limit ${n["limit"]}`;

/** What this refusal leads to: the third in a row ends the run, the next one parks the task. */
function rung(n: Numbers): readonly string[] {
  const { strikes, left, task } = n;
  if (strikes === undefined) return [];
  const end = left === 1 ? "1 more refusal ends the run" : `${left} more refusals end the run`;
  if (numberOf(n, "left") > 0) return [`do not retry it, also not through another tool: ${end}`];
  return strikes === 3 ? ["this run is over: take no further step"] : [`${task} is parked for a human`];
}

const END = "end your turn and say what blocks you";

function loop(means: string, says: Reason["says"], instead: string): Reason {
  return refused(409, 1, "changed", "human", means, says, (n) => [END, instead, ...rung(n)]);
}

export const STEPS = {
  "step.repeated": loop(
    "One call gave one result again and again.",
    (n) => `this call gave one result ${times(n)}`,
    "use the result that you have",
  ),
  "step.error_repeated": loop(
    "One call failed again and again.",
    (n) => `this call failed ${times(n)}`,
    "read why it fails, and call something else",
  ),
  "step.circling": loop(
    "A few calls went round in a circle, each with the result it had before.",
    (n) => `the last ${n["period"]} calls went round ${times(n)}`,
    "do something that is not in the circle",
  ),
  "step.varied": loop(
    "Calls of one shape, with other numbers, paths or ids, came to one and the same result.",
    (n) => `calls of this shape came to one result ${times(n)}`,
    "look elsewhere",
  ),
  "step.stalled": loop(
    "Many steps brought nothing new.",
    (n) => `${counted(numberOf(n, "count"), "step")} without a new result, limit ${n["limit"]}`,
    "read a source that was not read yet",
  ),
  "step.check_failing": loop(
    "A check failed in one and the same way, whatever was changed between.",
    (n) => `a check failed in the same way ${times(n)}`,
    "read a source that was not read yet",
  ),
  "step.monologue": loop(
    "Messages in a row called nothing, and nobody answered.",
    (n) => `${counted(numberOf(n, "count"), "message")} in a row without a call, limit ${n["limit"]}`,
    "call a tool",
  ),
  "step.run_ended": refused(
    409,
    5,
    "never",
    "human",
    "The run was ended because too many of its steps in a row were refused.",
    (n) => `this run ended after ${counted(Math.max(0, numberOf(n, "strikes") - 1), "refused step")} in a row`,
    (n) => ["end your turn: a human sets the task going again", ...rung(n)],
  ),
} as const;
