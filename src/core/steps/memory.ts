// What a task remembers of the steps that were taken on it, whoever took them: in a row of its own, so that it survives
// a restart, a new session, another agent. Pure functions from one memory to the next.

import type { SettledCall } from "./call.ts";
import { hasOutcome, lastCall, pushed, withOutcome } from "./ring.ts";

/** A check that fails, and how often it has failed in this same way. */
export type Failing = { readonly call: string; readonly result: string; readonly count: number };

export type StepMemory = {
  /** The last steps, latest last: see ring.ts. */
  readonly ring: string;
  /** Digests of the last distinct outcomes. */
  readonly outcomes: string;
  /** Steps since the last one that brought something new or changed something. */
  readonly barren: number;
  /** Steps, changes aside, since the last outcome that was new. */
  readonly stale: number;
  readonly failing: readonly Failing[];
  /** Something new was looked at since a check last failed. */
  readonly informed: boolean;
  /** Something was changed since the last check. */
  readonly unchecked: boolean;
  /** Messages without any call, in a row. */
  readonly messages: number;
  /** Refused steps in a row. */
  readonly strikes: number;
  /** The code of the last of them. */
  readonly struckBy: string | null;
  /** The run, and the fence it worked under, that the ladder ended. */
  readonly ended: { readonly run: string | null; readonly fence: number } | null;
};

export const NO_STEPS: StepMemory = {
  ring: "",
  outcomes: "",
  barren: 0,
  stale: 0,
  failing: [],
  informed: false,
  unchecked: false,
  messages: 0,
  strikes: 0,
  struckBy: null,
  ended: null,
};

/** Checks whose failing is counted at once. */
const FAILING_MAX = 4;

/** A settled step with what it means: `news` is an outcome not seen among the last, `changes` what was not done before. */
type Facts = Omit<SettledCall, "result"> & {
  readonly result: string;
  readonly news: boolean;
  readonly changes: boolean;
  /** A check that passes after something was changed: it says of the new state what it said of the old. */
  readonly confirms: boolean;
};

function factsOf(memory: StepMemory, step: SettledCall, result: string): Facts {
  const { call, failed } = step;
  const news = !hasOutcome(memory.outcomes, result);
  // A change that was made before in these very words is none.
  const changes = call.class === "mutate" && !failed && lastCall(memory.ring, call.digest) === 0;
  return { ...step, result, news, changes, confirms: call.class === "verify" && !failed && memory.unchecked };
}

function failingAfter(memory: StepMemory, { call, result, failed }: Facts): readonly Failing[] {
  const { failing } = memory;
  if (call.class !== "verify") return failing;
  if (!failed) return failing.filter((one) => one.call !== call.digest);
  const same = failing.find((one) => one.result === result);
  const others = failing.filter((one) => one !== same && one.call !== call.digest);
  return [...others, { call: call.digest, result, count: (same?.count ?? 0) + 1 }].slice(-FAILING_MAX);
}

function staleAfter(memory: StepMemory, { call, failed, news, changes, confirms }: Facts): number {
  if (confirms) return 0;
  if (call.class === "mutate" && !failed) return changes ? memory.stale : memory.stale + 1;
  if (news) return 0;
  return call.polled ? memory.stale : memory.stale + 1;
}

function informedAfter({ informed }: StepMemory, { call, failed, news }: Facts): boolean {
  if (call.class === "verify") return informed && !failed;
  return informed || (news && !failed && call.class === "observe");
}

type Ladder = Pick<StepMemory, "strikes" | "struckBy" | "ended">;

/** Refusals in a row end with something new; but a check that keeps failing is not made good by looking elsewhere. */
function ladderAfter({ strikes, struckBy, ended }: StepMemory, { call, news, confirms }: Facts): Ladder {
  const isWayOut = (news || confirms) && (struckBy !== "step.check_failing" || call.class === "verify");
  return isWayOut ? { strikes: 0, struckBy: null, ended } : { strikes, struckBy, ended };
}

function after(memory: StepMemory, facts: Facts): StepMemory {
  const { call, result, failed, news, changes, confirms } = facts;
  const fresh = (news && !failed) || changes || confirms;
  return {
    ring: pushed(memory.ring, { ...facts, fresh }),
    outcomes: news ? withOutcome(memory.outcomes, result) : memory.outcomes,
    barren: fresh ? 0 : memory.barren + 1,
    stale: staleAfter(memory, facts),
    failing: failingAfter(memory, facts),
    informed: informedAfter(memory, facts),
    unchecked: call.class === "verify" ? memory.unchecked && failed : memory.unchecked || changes,
    messages: 0,
    ...ladderAfter(memory, facts),
  };
}

/** The memory after a step was settled. A step whose result nobody told says nothing, but that it was no message. */
export function remembered(memory: StepMemory, step: SettledCall): StepMemory {
  const { call, result } = step;
  if (call.class === "message") return { ...memory, messages: memory.messages + 1 };
  if (result === null) return memory.messages === 0 ? memory : { ...memory, messages: 0 };
  return after(memory, factsOf(memory, step, result));
}

/**
 * Something happened that no step of the agent's own could bring about: a human spoke, somebody else moved the task on,
 * work was proven. What is counted "without anything new" begins anew.
 */
export function movedOn(memory: StepMemory): StepMemory {
  return { ...memory, barren: 0, stale: 0, failing: [], messages: 0, strikes: 0, struckBy: null };
}

/** A step was refused. */
export function struck(memory: StepMemory, code: string, ended: StepMemory["ended"]): StepMemory {
  return { ...memory, strikes: memory.strikes + 1, struckBy: code, ended: ended ?? memory.ended };
}
