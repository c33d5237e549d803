// what-if: the stored past judged under another policy. Each decision is judged by itself on the rows as they were; the
// past goes on as it went. A granted command's events are the very proposal that rules judge; a refused one is asked anew.

import { compilePolicy, decide, judgeAgain, Defect } from "../core/index.ts";
import type { Command, CompiledPolicy, Envelope, Event, Policy, ReasonCode } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { decodeEvent } from "./codec.ts";
import { Folded, foldInto } from "./folded.ts";
import type { WhatIfChange, WhatIfReport } from "./kernel.ts";

const PAGE = 1_000;
const FIRST_MAX = 5;

type Outcome = "granted" | ReasonCode;

class Tally {
  readonly changes: Map<string, { was: Outcome; becomes: Outcome; count: number; first: string[] }> = new Map();
  judged = 0;
  notJudged = 0;

  add(was: Outcome, becomes: Outcome, sequence: number): void {
    this.judged += 1;
    if (was === becomes) return;
    const key = `${was} ${becomes}`;
    const change = this.changes.get(key) ?? { was, becomes, count: 0, first: [] };
    change.count += 1;
    if (change.first.length < FIRST_MAX) change.first.push(`d-${sequence}`);
    this.changes.set(key, change);
  }
}

function envelopeOf({ workspace, commandId, actor, kind, proven, run, fence, digest }: Event): Envelope {
  return { v: 1, workspace, commandId, actor, kind, proven, run, fence, digest: digest ?? "" };
}

/** What a refusal's event kept of its command; the chain hash vouches that it is what intake had checked. */
function isCommand(value: object): value is Command {
  return "type" in value && "body" in value && value.type !== "adopt_policy";
}

function refusedAgain(event: Extract<Event, { readonly type: "command_refused" }>): Command | null {
  const command = { ...envelopeOf(event), type: event.body.command, body: event.body.asked };
  return isCommand(command) ? command : null;
}

function judgeGroup(group: readonly Event[], folded: Folded, policy: CompiledPolicy, tally: Tally): void {
  const [first] = group;
  if (first?.decision == null || first.type === "fact_recorded" || first.type === "policy_adopted") return;
  const was = first.decision.verdict === "granted" ? "granted" : first.decision.code;
  if (first.type !== "command_refused") {
    const found = judgeAgain(folded, envelopeOf(first), group, policy, first.at);
    return tally.add(was, found?.code ?? "granted", first.sequence);
  }
  const command = refusedAgain(first);
  if (command === null) {
    tally.notJudged += 1;
    return;
  }
  const { decision } = decide(folded, command, policy, first.at);
  tally.add(was, decision.verdict === "granted" ? "granted" : decision.code, first.sequence);
}

/** Bodies that an older kernel wrote may lack what a newer rule reads: those are counted, not guessed. */
function judgeSafely(group: readonly Event[], folded: Folded, policy: CompiledPolicy, tally: Tally): void {
  try {
    judgeGroup(group, folded, policy, tally);
  } catch (error) {
    if (!(error instanceof Defect || error instanceof TypeError)) throw error;
    tally.notJudged += 1;
  }
}

/** A command's own events follow each other; the first carries the decision. */
function startsGroup(event: Event): boolean {
  return event.decision !== null || (event.kind === "system" && event.actor === "kernel");
}

export async function whatIfIn(view: View, policy: Policy): Promise<WhatIfReport> {
  const compiled = compilePolicy(policy, "what-if");
  const folded = new Folded();
  const tally = new Tally();
  let group: Event[] = [];
  const close = (): void => {
    judgeSafely(group, folded, compiled, tally);
    for (const event of group) foldInto(folded, event);
    group = [];
  };
  for (let after = 0; ;) {
    const page = await view.events(after, PAGE);
    for (const { bytes, sequence } of page) {
      after = sequence;
      const event = decodeEvent(bytes, sequence);
      if (startsGroup(event)) close();
      group.push(event);
    }
    if (page.length < PAGE) break;
  }
  close();
  const changed: WhatIfChange[] = [...tally.changes.values()].toSorted((a, b) => b.count - a.count);
  const moved = changed.reduce((sum, { count }) => sum + count, 0);
  return { judged: tally.judged, same: tally.judged - moved, changed, notJudged: tally.notJudged };
}
