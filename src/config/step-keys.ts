// The keys of steps: from where on they are a loop, and what the tools and commands of one's own are.

import { RING_STEPS } from "../core/index.ts";
import { limit, seconds } from "./value-spec.ts";
import type { KeySpec } from "./value-spec.ts";

/** Steps of the longest circle that is found, and of the longest that counts as a short one. */
const CIRCLE_MAX = 8;
const SHORT_CIRCLE_MAX = 3;
/** A larger number is not a limit any longer. */
const COUNT_MAX = 1_000;
const DAY_SECONDS = 86_400;

/** Of what was forgotten nothing is counted: a higher limit would never be reached. 0 would refuse the first step. */
const remembered = limit(RING_STEPS, 1);
const counted = limit(COUNT_MAX, 1);

const rounds = (steps: number): KeySpec["value"] => limit(Math.floor(RING_STEPS / steps), 1);

function namesKey(name: string, about: string): KeySpec {
  return { path: `steps.${name}`, value: { type: "names", what: "tools or commands" }, about };
}

export const STEP_KEYS: readonly KeySpec[] = [
  {
    path: "steps.repeats",
    value: remembered,
    about: "times that one call has one result, since anything new came",
  },
  { path: "steps.errors", value: remembered, about: "times that one call fails, since anything new came" },
  { path: "steps.rounds", value: rounds(CIRCLE_MAX), about: "rounds of a circle of 4 to 8 steps" },
  { path: "steps.short_rounds", value: rounds(SHORT_CIRCLE_MAX), about: "rounds of a circle of 2 or 3 steps" },
  {
    path: "steps.variations",
    value: remembered,
    about: "calls of one shape with one failure, sight or check, since anything new came",
  },
  { path: "steps.stale", value: counted, about: "steps without a new outcome" },
  {
    path: "steps.failing",
    value: counted,
    about: "times that a check fails in one and the same way, whatever was changed between",
  },
  { path: "steps.messages", value: counted, about: "messages without any call, in a row" },
  {
    path: "steps.poll_seconds",
    value: seconds(DAY_SECONDS),
    about: "pause that makes a call polling, and no loop: of what changes by itself",
  },
  {
    path: "steps.slow_poll_seconds",
    value: seconds(DAY_SECONDS),
    about: "pause that makes any other call polling",
  },
  namesKey("polls", "tools and commands that are always polling"),
  namesKey("mutate", "tools and commands that change something, whatever else they pass for"),
  namesKey("observe", "tools and commands that look at something, whatever else they pass for"),
  namesKey("verify", "tools and commands that check what was done, whatever else they pass for"),
];
