// Numbers that must not pass one another: more retries than attempts would never be tried, a first pause above the
// longest would never be made, a slow poll is no quicker than a quick one.

import { DAY_ONE_POLICY } from "../core/index.ts";
import { formatDecimal } from "./decimal.ts";
import { addFault } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { keyAt } from "./keys.ts";

const { escalation, steps } = DAY_ONE_POLICY;

/** A number by its key, with what holds where it is not named. */
type Named = { readonly path: string; readonly dayOne: number };

const ORDERS: readonly { readonly low: Named; readonly high: Named }[] = [
  {
    low: { path: "escalation.retries_max", dayOne: escalation.retriesMax },
    high: { path: "escalation.attempts_max", dayOne: escalation.attemptsMax },
  },
  {
    low: { path: "escalation.backoff_first_seconds", dayOne: escalation.backoffFirstMs },
    high: { path: "escalation.backoff_max_seconds", dayOne: escalation.backoffMaxMs },
  },
  {
    low: { path: "steps.poll_seconds", dayOne: steps.pollMs },
    high: { path: "steps.slow_poll_seconds", dayOne: steps.slowPollMs },
  },
];

/** Adds a fault for each pair of numbers that is out of order, where at least one of the two is named. */
export function checkOrders(findings: Findings): void {
  const { places } = findings;
  const { numbers } = findings.values;
  for (const { low, high } of ORDERS) {
    const named = numbers.has(low.path) ? low.path : high.path;
    const place = places.get(named);
    const isOrdered = (numbers.get(low.path) ?? low.dayOne) <= (numbers.get(high.path) ?? high.dayOne);
    if (isOrdered || place === undefined) continue;
    const shown = [low, high].map((one) => shownNumber(one, numbers)).join(" is above ");
    const silent = [low, high].find(({ path }) => !numbers.has(path));
    const hint = silent === undefined ? "" : `; ${lastName(silent.path)} is not named here: name it too`;
    addFault(findings, place, `${named}: ${shown}${hint}`);
  }
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function shownNumber({ path, dayOne }: Named, numbers: ReadonlyMap<string, number>): string {
  const spec = keyAt(path)?.value;
  const places = spec?.type === "number" ? spec.places : 0;
  return `${lastName(path)} ${formatDecimal(numbers.get(path) ?? dayOne, places)}`;
}
