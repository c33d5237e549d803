// The keys of budgets: for each scope its limits for ever, right under it, and sections for an hour, a day, a month.

import { AMOUNT_MAX, SCOPE_KINDS, WINDOWS } from "../core/index.ts";
import type { ScopeKind, Window } from "../core/index.ts";
import { DIMENSIONS } from "./dimensions.ts";
import { count, removableLimit, seconds } from "./value-spec.ts";
import type { KeySpec, ValueSpec } from "./value-spec.ts";

/** The section of a scope's limits in one window. */
export function limitsSection(scope: ScopeKind, window: Window): string {
  return window === "lifetime" ? `budget.${scope}` : `budget.${scope}.${window}`;
}

/** A section whose keys may be names of the writer's own. */
export type LimitsSection = { readonly path: string; readonly scope: ScopeKind; readonly window: Window };

export const LIMITS_SECTIONS: readonly LimitsSection[] = SCOPE_KINDS.flatMap((scope) =>
  WINDOWS.map((window) => ({ path: limitsSection(scope, window), scope, window })),
);

const SCOPE_WORDS: { readonly [S in ScopeKind]: string } = {
  task: "one task",
  lineage: "one root and all below it",
  agent: "one agent",
  workspace: "all work",
};

const WINDOW_WORDS: { readonly [W in Window]: string } = {
  lifetime: "",
  hour: ", an hour",
  day: ", a day",
  month: ", a month",
};

const DIMENSION_WORDS: ReadonlyMap<string, string> = new Map([
  ["steps", "steps of"],
  ["duration_seconds", "working time of"],
  ["cost_usd", "dollars of"],
  ["tokens", "tokens of"],
]);

/** What stands at a name of the writer's own. */
export const OWN_NAME_VALUE: ValueSpec = removableLimit(AMOUNT_MAX);

function keysOf({ path, scope, window }: LimitsSection): readonly KeySpec[] {
  const whose = `${SCOPE_WORDS[scope]}${WINDOW_WORDS[window]}`;
  const known = DIMENSIONS.map(({ file, places }) => ({
    path: `${path}.${file}`,
    value: removableLimit(AMOUNT_MAX, places),
    about: `${DIMENSION_WORDS.get(file) ?? file} ${whose}`,
  }));
  const about = `any other amount of ${whose} that steps report under this name`;
  return [...known, { path: `${path}.NAME`, value: OWN_NAME_VALUE, own: true, about }];
}

const MONTH_SECONDS = 31 * 86_400;

export const BUDGET_KEYS: readonly KeySpec[] = [
  ...LIMITS_SECTIONS.flatMap(keysOf),
  {
    path: "budget.hand_back_steps",
    value: count(AMOUNT_MAX),
    about: "steps granted beside the limit, to write the hand-back note",
  },
  {
    path: "budget.reservation_seconds",
    value: seconds(MONTH_SECONDS, 1),
    about: "how long a reservation stands before it counts as spent",
  },
];
