// What the model makes of the steps that were taken on a task: a plain list of what happened, read anew from its
// beginning whenever somebody asks.

import type { Policy, StepClass } from "../../src/core/index.ts";

export type ModelCall = {
  readonly text: string;
  readonly shape: string;
  readonly kind: StepClass;
  /** It looks at something that changes by itself. */
  readonly watches: boolean;
  readonly polled: boolean;
};

export type Ended = { readonly run: string | null; readonly fence: number };

export type Happening =
  | {
      readonly what: "step";
      readonly call: ModelCall;
      readonly at: number;
      readonly result: string | null;
      readonly failed: boolean;
    }
  | { readonly what: "moved" }
  | { readonly what: "refused"; readonly code: string; readonly ended: Ended | null };

export type SeenStep = {
  readonly call: ModelCall;
  readonly at: number;
  readonly result: string;
  readonly failed: boolean;
  readonly fresh: boolean;
};

type FailingCheck = { readonly call: string; readonly result: string; readonly times: number };

export type View = {
  /** The last 32. */
  steps: SeenStep[];
  outcomes: string[];
  /** How many of the last steps were barren; what is older than they and the one before them is no part of a loop. */
  barren: number;
  stale: number;
  failing: FailingCheck[];
  informed: boolean;
  unchecked: boolean;
  messages: number;
  strikes: number;
  struckBy: string | null;
  ended: Ended | null;
};

const STEPS_KEPT = 32;
const OUTCOMES_KEPT = 64;
const CHECKS_KEPT = 4;

const nothing = (): View => ({
  steps: [],
  outcomes: [],
  barren: 0,
  stale: 0,
  failing: [],
  informed: false,
  unchecked: false,
  messages: 0,
  strikes: 0,
  struckBy: null,
  ended: null,
});

type Told = Extract<Happening, { readonly what: "step" }>;

function checked(view: View, call: ModelCall, result: string, failed: boolean): void {
  const before = view.failing.find((one) => one.result === result);
  view.failing = view.failing.filter((one) => one.call !== call.text && !(failed && one === before));
  if (failed) view.failing.push({ call: call.text, result, times: (before?.times ?? 0) + 1 });
  view.failing = view.failing.slice(-CHECKS_KEPT);
}

/** What a step with a result was: news, a change, the confirmation of one. */
type Kind = {
  readonly isNew: boolean;
  readonly isChange: boolean;
  readonly confirms: boolean;
  readonly changed: boolean;
};

function kindOf(view: View, { call, failed }: Told, result: string): Kind {
  const changed = call.kind === "mutate" && !failed;
  return {
    isNew: !view.outcomes.includes(result),
    changed,
    isChange: changed && !view.steps.some((one) => one.call.text === call.text),
    confirms: call.kind === "verify" && !failed && view.unchecked,
  };
}

function count(view: View, { call }: Told, { isNew, isChange, confirms, changed }: Kind): void {
  if ((isNew || confirms) && (view.struckBy !== "step.check_failing" || call.kind === "verify")) unstrike(view);
  if (confirms || (isNew && !changed)) view.stale = 0;
  else if (!(changed ? isChange : call.polled)) view.stale += 1;
}

function check(view: View, { call, failed }: Told, result: string): void {
  checked(view, call, result, failed);
  if (failed) view.informed = false;
  else view.unchecked = false;
}

function lookedAt(view: View, told: Told, result: string): void {
  const { call, failed, at } = told;
  const kind = kindOf(view, told, result);
  const fresh = (kind.isNew && !failed) || kind.isChange || kind.confirms;
  count(view, told, kind);
  if (call.kind === "verify") check(view, told, result);
  if (call.kind === "observe" && kind.isNew && !failed) view.informed = true;
  if (kind.isChange) view.unchecked = true;
  view.barren = fresh ? 0 : view.barren + 1;
  view.steps = [...view.steps, { call, at, result, failed, fresh }].slice(-STEPS_KEPT);
  if (kind.isNew) view.outcomes = [...view.outcomes, result].slice(-OUTCOMES_KEPT);
}

function unstrike(view: View): void {
  view.strikes = 0;
  view.struckBy = null;
}

function add(view: View, one: Happening): void {
  switch (one.what) {
    case "step":
      if (one.call.kind === "message") {
        view.messages += 1;
        return;
      }
      view.messages = 0;
      if (one.result !== null) lookedAt(view, one, one.result);
      return;
    case "moved":
      Object.assign(view, { barren: 0, stale: 0, failing: [], messages: 0 });
      return unstrike(view);
    case "refused":
      view.strikes += 1;
      view.struckBy = one.code;
      view.ended = one.ended ?? view.ended;
  }
}

export function viewOf(happened: readonly Happening[]): View {
  const view = nothing();
  for (const one of happened) add(view, one);
  return view;
}

/** Whether making this call again now is waiting. */
export function isPolling(policy: Policy, view: View, call: Omit<ModelCall, "polled">, at: number): boolean {
  const last = view.steps.findLast((one) => one.call.text === call.text);
  if (call.kind !== "observe" || last === undefined) return false;
  const { pollMs, slowPollMs } = policy.steps;
  return call.watches ? at - last.at >= pollMs : at - (view.steps.at(-1)?.at ?? at) >= slowPollMs;
}
