// The StuckDetector of OpenHands by its published thresholds: after each step it looks at the last few actions and
// observations. Of a command only its line and whether it failed are compared, of anything else the whole text.

import type { Take } from "../../test/support/loops/act.ts";
import type { Detector } from "../../test/support/loops/play.ts";

const SAME = 4;
const SAME_ERROR = 3;
const MESSAGES = 3;
const PAIRS = 6;
/** Events it looks back over: an action and its observation are two. */
const LAST = 20;

type Seen = { readonly action: string; readonly observation: string | null; readonly failed: boolean };

function seen({ step, outcome }: Take): Seen {
  const { kind, tool, call } = step;
  if (kind === "message") return { action: `message ${call}`, observation: null, failed: false };
  const said = tool === "Bash" ? String(outcome.failed) : (outcome.result ?? "");
  return { action: `${tool} ${call}`, observation: said, failed: outcome.failed };
}

function areSame(steps: readonly Seen[]): boolean {
  const [first] = steps;
  return steps.every(({ action, observation }) => action === first?.action && observation === first.observation);
}

type Look = (steps: readonly Seen[], calls: readonly Seen[]) => boolean;

const isRepeating: Look = (_, calls) => calls.length >= SAME && areSame(calls.slice(-SAME));

const isFailing: Look = (_, calls) => {
  const last = calls.slice(-SAME_ERROR);
  return calls.length >= SAME && last.every(({ action, failed }) => failed && action === last[0]?.action);
};

const isMonologue: Look = (steps) => {
  const last = steps.slice(-MESSAGES);
  return last.length === MESSAGES && last.every(({ observation }) => observation === null) && areSame(last);
};

const isAlternating: Look = (_, calls) => {
  const last = calls.slice(-PAIRS);
  const every = (rest: number): readonly Seen[] => last.filter((__, at) => at % 2 === rest);
  return last.length === PAIRS && areSame(every(0)) && areSame(every(1));
};

const LOOKS: readonly (readonly [name: string, look: Look])[] = [
  ["same action, same observation", isRepeating],
  ["same action, error", isFailing],
  ["monologue", isMonologue],
  ["alternating pair", isAlternating],
];

function stuckBy(steps: readonly Seen[]): string | null {
  const calls = steps.filter(({ observation }) => observation !== null);
  return LOOKS.find(([, look]) => look(steps, calls))?.[0] ?? null;
}

export function openHands(): Detector {
  let steps: readonly Seen[] = [];
  return {
    before: () => null,
    after: (take) => {
      // A user's words are left out, and end nothing.
      if (take.step.kind === "user") return null;
      steps = [...steps, seen(take)].slice(-LAST / 2);
      return stuckBy(steps);
    },
  };
}
