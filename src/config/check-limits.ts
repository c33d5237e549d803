// What single values cannot show: a pair of limits must agree with itself, with the seed's keys beside it and with the
// limits it leaves as they are.

import { DIMENSIONS_MAX } from "./dimensions.ts";
import { addFault } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { formatDecimal } from "./decimal.ts";
import { keyAt, KERNEL_DEPTH_MAX, OWN_NAMES_SECTION } from "./keys.ts";
import { DAY_ONE_LIMITS, SEED_DEPTHS, seedHardLimits } from "./limits.ts";

/** Adds what is wrong between values to the findings. */
export function checkLimits(findings: Findings): void {
  checkCount(findings);
  for (const path of findings.values.limits.keys()) checkPair(path, findings);
  for (const path of SEED_DEPTHS) checkDepth(path, findings);
}

function checkCount(findings: Findings): void {
  const dimensions = [...findings.values.limits.keys()].filter((path) => path.startsWith(`${OWN_NAMES_SECTION}.`));
  const place = findings.places.get(dimensions[DIMENSIONS_MAX] ?? "");
  if (place === undefined) return;
  addFault(
    findings,
    place,
    `${OWN_NAMES_SECTION}: expected at most ${DIMENSIONS_MAX} dimensions, found ${dimensions.length}`,
  );
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
