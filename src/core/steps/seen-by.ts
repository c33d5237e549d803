// A call as the policy in force sees it: which class it has, and whether it is polling.

import type { StepLimits } from "../policy.ts";
import type { Call, JudgedCall, StepClass } from "./call.ts";
import { sinceLastMs, sinceStepMs } from "./loops.ts";
import type { StepMemory } from "./memory.ts";

/** One call that is about to be made. */
export type Asked = { readonly tool: string | null; readonly call: Call; readonly at: number };

const PARTS = "; ";

/** Programs are known by their names alone, wherever they lie. */
const WHERE = /^\S*\//;

/** `npm test` names `npm test` and `npm test unit`; `./wait.sh` names `wait.sh`. */
const isNamed = (names: readonly string[], part: string): boolean =>
  names.some((name) => {
    const bare = name.replace(WHERE, "");
    return part === bare || part.startsWith(bare + " ");
  });

/** What a policy may know the call by: its tool, or each program that a shell runs. */
function partsOf({ tool, call }: Asked): readonly string[] {
  return call.command === null ? [tool ?? ""] : call.command.split(PARTS);
}

/** Whether all of the call is on this list: one that also does something else is not meant. */
function isListed(names: readonly string[], asked: Asked): boolean {
  if (names.length === 0) return false;
  return names.includes(asked.tool ?? "") || partsOf(asked).every((part) => isNamed(names, part));
}

function classOf(asked: Asked, { mutate, observe, verify }: StepLimits): StepClass {
  const { call } = asked;
  if (call.class === "message") return call.class;
  if (mutate.length > 0 && (isListed(mutate, asked) || partsOf(asked).some((part) => isNamed(mutate, part))))
    return "mutate";
  if (isListed(observe, asked)) return "observe";
  return isListed(verify, asked) ? "verify" : call.class;
}

/**
 * Looking again after a while is waiting, and no loop. What changes by itself may be looked at again soon. What only the
 * agent itself changes is waited for by nobody, unless nothing at all was done for so long that a loop of such steps
 * costs next to nothing.
 */
function isPolling(kind: StepClass, asked: Asked, limits: StepLimits, memory: StepMemory): boolean {
  const { call, at } = asked;
  if (isListed(limits.polls, asked)) return true;
  const sinceMs = kind === "observe" ? sinceLastMs(memory, call.digest, at) : null;
  if (sinceMs === null) return false;
  return call.watches ? sinceMs >= limits.pollMs : sinceStepMs(memory, at) >= limits.slowPollMs;
}

/** The call with the class that the policy gives it. */
export function seenBy(limits: StepLimits, asked: Asked, memory: StepMemory): JudgedCall {
  const { digest, shape } = asked.call;
  const kind = classOf(asked, limits);
  return { digest, shape, class: kind, polled: isPolling(kind, asked, limits, memory) };
}
