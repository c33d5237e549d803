// The model's rules against loops among steps.

import type { Case, Finding } from "./case.ts";
import { viewOf } from "./steps.ts";
import type { ModelCall, SeenStep, View } from "./steps.ts";

type Watched = { readonly view: View; readonly call: ModelCall; readonly it: Case };

function watched(it: Case): Watched | null {
  if (it.task === null || it.calls === null || it.actor.kind === "human" || it.spends?.handBack === true) return null;
  return { view: viewOf(it.task.happened), call: it.calls, it };
}

function judged(it: Case, judge: (watched: Watched) => Finding): Finding {
  const found = watched(it);
  return found === null || found.call.polled ? null : judge(found);
}

/** The steps that may belong to one loop, latest first: the barren ones, and the one that they go back to. */
const recent = ({ steps, barren }: View): readonly SeenStep[] => steps.slice(-(barren + 1)).reverse();

/** Of the recent steps that fit: how many came, without a break, to one result. */
function inARow(
  view: View,
  fits: (step: SeenStep) => boolean,
  breaks: (step: SeenStep, first: SeenStep) => boolean,
): number {
  const found: SeenStep[] = [];
  for (const step of recent(view)) {
    if (fits(step) && !step.call.polled) {
      if (breaks(step, found[0] ?? step)) break;
      found.push(step);
    }
    if (step.fresh) break;
  }
  return found.length;
}

const otherResult = (step: SeenStep, first: SeenStep): boolean => step.result !== first.result;

export const repetition = (it: Case): Finding =>
  judged(it, ({ view, call }) => {
    const { repeats, errors } = it.world.policy.steps;
    const isSame = (step: SeenStep): boolean => step.call.text === call.text;
    if (inARow(view, isSame, (step) => !step.failed) >= errors.hard) return "step.error_repeated";
    return inARow(view, isSame, otherResult) >= repeats.hard ? "step.repeated" : null;
  });

/** How many whole rounds of so many calls end the list. */
function roundsOf(steps: readonly SeenStep[], period: number): number {
  const words = steps.map(({ call, result }) => `${call.text} ${result}`);
  const end = words.slice(-period);
  if (end.length < period) return 0;
  let same = period;
  while (same < words.length) {
    const at = words.length - 1 - same;
    if (words[at] !== words[at + period] || steps[at + period]?.call.polled === true) break;
    same += 1;
  }
  return Math.floor(same / period);
}

export const circling = (it: Case): Finding =>
  judged(it, ({ view, call }) => {
    const { rounds, shortRounds } = it.world.policy.steps;
    if (view.steps.at(-1)?.call.text === call.text) return null;
    for (let period = 2; period <= 8; period += 1) {
      if (period > view.barren || view.steps.at(-period)?.call.text !== call.text) continue;
      const most = period <= 3 ? shortRounds.hard : rounds.hard;
      const walked = roundsOf(view.steps, period);
      if (walked > 1 && walked >= most) return "step.circling";
    }
    return null;
  });

export const variation = (it: Case): Finding =>
  judged(it, ({ view, call }) => {
    const fits = (step: SeenStep): boolean =>
      step.call.shape === call.shape && (step.failed || step.call.kind !== "mutate");
    return inARow(view, fits, otherResult) >= it.world.policy.steps.variations.hard ? "step.varied" : null;
  });

export const stall = (it: Case): Finding =>
  judged(it, ({ view, call }) => {
    const { stale, failing } = it.world.policy.steps;
    if (call.kind === "message") return null;
    const times = view.failing.at(-1)?.times ?? 0;
    const mayTry = view.informed && times < failing.hard + 3;
    if (call.kind !== "observe" && times >= failing.hard && !mayTry) return "step.check_failing";
    const looksAnew = call.kind === "observe" && !view.steps.some((one) => one.call.text === call.text);
    return view.stale >= stale.hard + (looksAnew ? 8 : 0) ? "step.stalled" : null;
  });

export const monologue = (it: Case): Finding =>
  judged(it, ({ view, call }) =>
    call.kind === "message" && view.messages >= it.world.policy.steps.messages.hard ? "step.monologue" : null,
  );

/** A run that was ended for its refused steps; only of the task's own holder is anything known. */
export function ladder(it: Case): Finding {
  const { task, actor } = it;
  if (task === null || it.spends === null || it.claims || it.spends.handBack || actor.kind === "human") return null;
  if (task.holder === null || (actor.kind === "agent" && task.holder !== it.name)) return null;
  if (it.fence !== null && it.fence !== task.fence) return null;
  const { ended } = viewOf(task.happened);
  return ended?.fence === task.fence ? "step.run_ended" : null;
}

export const CLIMBS = [
  "step.run_ended",
  "step.repeated",
  "step.error_repeated",
  "step.circling",
  "step.varied",
  "step.stalled",
  "step.check_failing",
  "step.monologue",
];
