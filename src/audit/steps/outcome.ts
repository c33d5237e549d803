// What came of a step, as the detectors took it: something new, something that was seen before, a failure, a poll.

import type { StepItem } from "../../formats/index.ts";
import type { JudgedStep } from "../../steps/index.ts";

/** `silent`: no result was ever written. */
export type Came = "new" | "seen" | "failed" | "polled" | "silent" | "message" | "user";

/** Steps since the last new outcome, before this step and after it. */
export type Stale = { readonly before: number; readonly after: number };

export function cameOf(item: StepItem, { call }: JudgedStep, { before, after }: Stale): Came {
  if (item.kind !== "tool" || call === null) return item.kind === "user" ? "user" : "message";
  if (call.polled) return "polled";
  if (item.result === null) return "silent";
  if (item.failed) return "failed";
  // A change that was not made before leaves the count as it is; every other outcome raises it or sets it to 0.
  return after === 0 || (call.class === "mutate" && after === before) ? "new" : "seen";
}

/** Whether a look or a check brought something that the history had not seen: what a loop never does. */
export function isNewResult(came: Came, { call }: JudgedStep, { before, after }: Stale): boolean {
  if (call === null || call.class === "mutate") return false;
  return came === "new" || (came === "polled" && before > 0 && after === 0);
}
