// The rules in their one order of checks: who acts, whose task it is, the task's own life, its lineage, its budget.
// Findings of observed rules are collected; the first enforced one refuses. A new rule: its file, its line here, its
// row in the reason table, its page and its test.

import type { EventType } from "../event.ts";
import { reason } from "../reasons/index.ts";
import type { ReasonCode } from "../reasons/index.ts";
import { admission } from "./admission.ts";
import { asleep } from "./asleep.ts";
import { bounds } from "./bounds.ts";
import { budget } from "./budget.ts";
import { capability } from "./capability.ts";
import { causeHops } from "./cause-hops.ts";
import { children, descendants } from "./children.ts";
import { circling } from "./circling.ts";
import { continuity } from "./continuity.ts";
import { creations } from "./creations.ts";
import { cycle } from "./cycle.ts";
import { deadline } from "./deadline.ts";
import { depth } from "./depth.ts";
import { duplicate } from "./duplicate.ts";
import { editor } from "./editor.ts";
import { escalation } from "./escalation.ts";
import { evidence } from "./evidence.ts";
import { flapping } from "./flapping.ts";
import { blockers, openChildren, reasonGiven, review } from "./guards.ts";
import { halted } from "./halted.ts";
import { identity } from "./identity.ts";
import { ladder } from "./ladder.ts";
import { lease } from "./lease.ts";
import { lifecycle } from "./lifecycle.ts";
import { liveAgents } from "./live-agents.ts";
import { monologue } from "./monologue.ts";
import { pingPongChain } from "./ping-pong-chain.ts";
import { pingPong } from "./ping-pong.ts";
import { provenance } from "./provenance.ts";
import { repetition } from "./repetition.ts";
import { reprocess } from "./reprocess.ts";
import type { Rule } from "./rule.ts";
import { run } from "./run.ts";
import { signature } from "./signature.ts";
import { stall } from "./stall.ts";
import type { StepRule } from "./step-rule.ts";
import { stranger } from "./stranger.ts";
import { template } from "./template.ts";
import { variation } from "./variation.ts";
import { waits } from "./waits.ts";

/** The detectors of loops among steps, which need no rows to judge a list of steps. */
export const STEP_RULES: readonly StepRule[] = [repetition, circling, variation, stall, monologue];

export const RULES: readonly Rule[] = [
  asleep,
  halted,
  ladder,
  run,
  cycle,
  reprocess,
  lease,
  editor,
  escalation,
  capability,
  lifecycle,
  continuity,
  stranger,
  reasonGiven,
  blockers,
  openChildren,
  evidence,
  review,
  deadline,
  waits,
  depth,
  identity,
  children,
  descendants,
  creations,
  causeHops,
  pingPong,
  pingPongChain,
  flapping,
  signature,
  liveAgents,
  duplicate,
  template,
  provenance,
  admission,
  bounds,
  ...STEP_RULES,
  budget,
];

/** True for a refusal that counts on the ladder of refused steps. */
export function climbsLadder(code: ReasonCode): boolean {
  return RUNGS.has(code);
}

const RUNGS: ReadonlySet<ReasonCode> = new Set([ladder, ...STEP_RULES].flatMap(({ codes }) => codes));

/** True for a code that a human's approval lets a request past: not where what it refuses would break the rows. */
export function canBeWaived(code: ReasonCode): boolean {
  return WAIVABLE.has(code);
}

const WAIVABLE: ReadonlySet<ReasonCode> = new Set(
  RULES.filter((rule) => rule.fixed !== true)
    .flatMap((rule) => rule.codes)
    .filter((code) => reason(code).override === "human"),
);

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
