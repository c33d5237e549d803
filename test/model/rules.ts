// The model's rules in the order of checks, with their first modes: the first enforced finding refuses, observed ones
// are only noted, and a human's waiver lets one very request past one code.

import type { Policy } from "../../src/core/index.ts";
import type { Case, Finding } from "./case.ts";
import { asleep, capability, deadline, editor, escalation, halted, lease, run, stranger } from "./rules-of-actors.ts";
import { budget } from "./rules-of-budgets.ts";
import { children, creations, cycle, depth, descendants, liveAgents, reprocess, waits } from "./rules-of-lineage.ts";
import {
  admission,
  causeHops,
  duplicate,
  flapping,
  identity,
  pingPong,
  pingPongChain,
  provenance,
  signature,
  template,
} from "./rules-of-loops.ts";
import { circling, ladder, monologue, repetition, stall, variation } from "./rules-of-steps.ts";
import { blockers, evidence, lifecycle, openChildren, reason, review } from "./rules-of-states.ts";

type ModelRule = { readonly name: string; readonly check: (it: Case) => Finding };

const RULES: readonly ModelRule[] = [
  { name: "asleep", check: asleep },
  { name: "halted", check: halted },
  { name: "ladder", check: ladder },
  { name: "run", check: run },
  { name: "cycle", check: cycle },
  { name: "reprocess", check: reprocess },
  { name: "lease", check: lease },
  { name: "editor", check: editor },
  { name: "escalation", check: escalation },
  { name: "capability", check: capability },
  { name: "lifecycle", check: lifecycle },
  { name: "stranger", check: stranger },
  { name: "reason", check: reason },
  { name: "blockers", check: blockers },
  { name: "open-children", check: openChildren },
  { name: "evidence", check: evidence },
  { name: "review", check: review },
  { name: "deadline", check: deadline },
  { name: "waits", check: waits },
  { name: "depth", check: depth },
  { name: "identity", check: identity },
  { name: "children", check: children },
  { name: "descendants", check: descendants },
  { name: "creations", check: creations },
  { name: "cause-hops", check: causeHops },
  { name: "ping-pong", check: pingPong },
  { name: "ping-pong-chain", check: pingPongChain },
  { name: "flapping", check: flapping },
  { name: "signature", check: signature },
  { name: "live-agents", check: liveAgents },
  { name: "duplicate", check: duplicate },
  { name: "template", check: template },
  { name: "provenance", check: provenance },
  { name: "admission", check: admission },
  { name: "repetition", check: repetition },
  { name: "circling", check: circling },
  { name: "variation", check: variation },
  { name: "stall", check: stall },
  { name: "monologue", check: monologue },
  { name: "budget", check: budget },
];

const FIRST_OBSERVED = [
  "template",
  "provenance",
  "admission",
  "ping-pong-chain",
  "flapping",
  "signature",
  "evidence",
  "variation",
  "stall",
];

function isObserved(policy: Policy, name: string): boolean {
  return (policy.modes[name] ?? (FIRST_OBSERVED.includes(name) ? "observe" : "enforce")) === "observe";
}

export type Judgement = {
  readonly refused: string | null;
  readonly wouldHave: readonly string[];
  readonly waived: readonly string[];
};

/** Judges a case; `asked` names the very request, for waivers. */
export function judged(it: Case, asked: string): Judgement {
  const { world, name } = it;
  const wouldHave: string[] = [];
  const waived: string[] = [];
  for (const rule of RULES) {
    const code = rule.check(it);
    if (code === null) continue;
    const waiver = world.waivers.some(
      (one) => one.actor === name && one.asked === asked && one.code === code && world.at < one.until,
    );
    if (waiver) waived.push(code);
    else if (isObserved(world.policy, rule.name)) wouldHave.push(code);
    else return { refused: code, wouldHave, waived };
  }
  return { refused: null, wouldHave, waived };
}
