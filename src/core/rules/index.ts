// The rules in their one order of checks: who acts, whose task it is, the task's own life, its lineage, its budget.
// Findings of observed rules are collected; the first enforced one refuses. A new rule: its file, its line here, its
// row in the reason table, its page and its test.

import type { EventType } from "../event.ts";
import { asleep } from "./asleep.ts";
import { budget } from "./budget.ts";
import { children, descendants } from "./children.ts";
import { continuity } from "./continuity.ts";
import { cycle } from "./cycle.ts";
import { depth } from "./depth.ts";
import { duplicate } from "./duplicate.ts";
import { identity } from "./identity.ts";
import { lease } from "./lease.ts";
import { lifecycle } from "./lifecycle.ts";
import { provenance } from "./provenance.ts";
import { reprocess } from "./reprocess.ts";
import type { Rule } from "./rule.ts";
import { template } from "./template.ts";

export const RULES: readonly Rule[] = [
  asleep,
  cycle,
  reprocess,
  lease,
  lifecycle,
  continuity,
  depth,
  identity,
  children,
  descendants,
  duplicate,
  template,
  provenance,
  budget,
];

const NO_RULES: readonly Rule[] = [];

const BY_EVENT: ReadonlyMap<EventType, readonly Rule[]> = index();

function index(): ReadonlyMap<EventType, readonly Rule[]> {
  const out = new Map<EventType, Rule[]>();
  for (const rule of RULES) {
    for (const type of rule.on) out.set(type, [...(out.get(type) ?? []), rule]);
  }
  return out;
}

/** The rules that judge this type of event, in order. */
export function rulesFor(type: EventType): readonly Rule[] {
  return BY_EVENT.get(type) ?? NO_RULES;
}
