// What single values cannot show: a pair of limits must agree with itself, with the seed's keys beside it and with the
// limits it leaves as they are.

import { LIMITS_SECTIONS } from "./budget-keys.ts";
import { DIMENSIONS_MAX } from "./dimensions.ts";
import { checkOrders } from "./check-orders.ts";
import { SCOPE_KINDS } from "../core/index.ts";
import type { ScopeKind } from "../core/index.ts";
import { addFault } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { formatDecimal } from "./decimal.ts";
import { KERNEL_DEPTH_MAX } from "./key-table.ts";
import { keyAt } from "./keys.ts";
import { DAY_ONE_LIMITS, SEED_DEPTHS, seedHardLimits } from "./limits.ts";

/** Adds what is wrong between values to the findings. */
export function checkLimits(findings: Findings): void {
  for (const scope of SCOPE_KINDS) checkCount(scope, findings);
  for (const path of findings.values.limits.keys()) checkPair(path, findings);
  for (const path of SEED_DEPTHS) checkDepth(path, findings);
  checkOrders(findings);
}

/** One meter holds the amounts of a scope in all of its windows, those of day one included. */
function checkCount(scope: ScopeKind, findings: Findings): void {
  const sections = LIMITS_SECTIONS.filter((section) => section.scope === scope).map(({ path }) => path);
  const { limits } = findings.values;
  const removed = new Set([...limits].filter(([, limit]) => limit === "none").map(([path]) => path));
  const paths = [...DAY_ONE_LIMITS.keys(), ...limits.keys()].filter((path) => !removed.has(path));
  const placeOfDimension = new Map<string, string>();
  for (const path of paths) {
    const cut = path.lastIndexOf(".");
    const dimension = path.slice(cut + 1);
    if (sections.includes(path.slice(0, cut)) && !placeOfDimension.has(dimension))
      placeOfDimension.set(dimension, path);
  }
  const found = placeOfDimension.size;
  const place = findings.places.get([...placeOfDimension.values()][DIMENSIONS_MAX] ?? "");
  if (place !== undefined)
    addFault(findings, place, `budget.${scope}: expected at most ${DIMENSIONS_MAX} dimensions, found ${found}`);
}

function checkPair(path: string, findings: Findings): void {
  const pair = findings.values.limits.get(path);
  const place = findings.places.get(`${path}.soft`);
  if (pair === undefined || pair === "none" || place === undefined) return;
  const isHardNamed = findings.places.has(`${path}.hard`);
  if (isHardNamed && pair.hard === null) return;
  const hard = pair.hard ?? hardLeft(path, findings);
  if (hard === undefined) return addFault(findings, place, `${path}: soft needs a hard limit beside it`);
  if (typeof pair.soft !== "number" || pair.soft <= hard) return;
  const shown = `soft ${inFileUnit(path, pair.soft)} is above hard ${inFileUnit(path, hard)}`;
  addFault(findings, place, `${path}: ${shown}${isHardNamed ? "" : ", which is not named here; name it too"}`);
}

/** The hard limit in force where the pair does not name one. */
function hardLeft(path: string, findings: Findings): number | undefined {
  return seedHardLimits(findings.values.numbers).get(path) ?? DAY_ONE_LIMITS.get(path)?.hard;
}

function inFileUnit(path: string, units: number): string {
  const spec = keyAt(path)?.value;
  return formatDecimal(units, spec?.type === "limit" ? spec.places : 0);
}

function checkDepth(path: string, findings: Findings): void {
  const depth = findings.values.numbers.get(path);
  const place = findings.places.get(path);
  if (depth === undefined || place === undefined || depth <= KERNEL_DEPTH_MAX) return;
  addFault(
    findings,
    place,
    `${path}: ${depth} holds for a LoopDetector; a kernel's policy allows at most ${KERNEL_DEPTH_MAX}`,
    "warning",
  );
}
