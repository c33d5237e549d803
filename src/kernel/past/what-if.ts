// what-if: the stored past judged under another policy. Each decision is judged by itself on the rows as they were; the
// past goes on as it went. What was granted and what was refused is asked anew, as the log tells it.

import { compilePolicy, decide, Defect, readTask, rowsAfter } from "../../core/index.ts";
import type { Command, CompiledPolicy, Policy, RecordedDecision, Rows } from "../../core/index.ts";
import type { View } from "../../store/index.ts";
import type { WhatIfCase, WhatIfChange, WhatIfReport } from "../kernel.ts";
import { commandsOf } from "./command.ts";
import { walkPast } from "./walk.ts";
import type { DecidedEvent, PastCommand } from "./walk.ts";
import { addTo, askedOf, Spending } from "./what-if-spending.ts";
import type { Bill, Summed } from "./what-if-spending.ts";

const FIRST_MAX = 5;

type Outcome = WhatIfChange["was"];

type Change = Bill & {
  readonly was: Outcome;
  readonly becomes: Outcome;
  count: number;
  readonly first: WhatIfCase[];
};

/** A settlement always stands; what may be refused of it is the next step. */
function outcomeOf({ verdict, code, nextRefused }: RecordedDecision): Outcome {
  return verdict === "refused" ? code : (nextRefused?.code ?? "granted");
}

function taskIn(command: Command): string | null {
  if (command.type === "settle_step") return command.body.next?.task ?? null;
  return "task" in command.body ? command.body.task : null;
}

function caseOf({ sequence, at, kind, actor }: DecidedEvent, command: Command, rows: Rows): WhatIfCase {
  const task = taskIn(command);
  const told = command.type === "create_task" ? command.body.title : null;
  const title = told ?? (task === null ? null : (readTask(rows, task)?.title ?? null));
  return { id: `d-${sequence}`, sequence, at, actor: `${kind}:${actor}`, task, title };
}

class Tally {
  readonly changes: Map<string, Change> = new Map();
  judged = 0;
  notJudged = 0;
  events = 0;

  /** The change that this decision belongs to; null where it would stay as it is. */
  add(event: DecidedEvent, becomes: Outcome, command: Command, rows: Rows): Change | null {
    this.judged += 1;
    const was = outcomeOf(event.decision);
    if (was === becomes) return null;
    const key = `${was} ${becomes}`;
    const change = this.changes.get(key) ?? { was, becomes, count: 0, first: [], notSpent: {}, asked: {} };
    change.count += 1;
    if (change.first.length < FIRST_MAX) change.first.push(caseOf(event, command, rows));
    this.changes.set(key, change);
    return change;
  }
}

/** What no policy decides: how the workspace was set up, facts, ids that were used again, rows that were too many. */
const NOT_THE_POLICYS: ReadonlySet<string> = new Set(["command.id_reused", "command.read_set_too_large"]);

function isPolicys({ type, decision }: DecidedEvent): boolean {
  return type !== "fact_recorded" && type !== "policy_adopted" && !NOT_THE_POLICYS.has(decision.code);
}

/** The change that this command belongs to, and what it asked for. */
function judgeAgain(past: PastCommand, decided: DecidedEvent, policy: CompiledPolicy, tally: Tally): Bill | null {
  const [command] = commandsOf(past);
  // A step that was refused with a settlement is not kept.
  if (command === undefined || command.type === "adopt_policy" || decided.decision.nextRefused !== undefined) {
    tally.notJudged += 1;
    return null;
  }
  const rows = rowsAfter(past.rows, past.lead);
  const becomes = outcomeOf(decide(rows, command, policy, decided.at).decision);
  const change = tally.add(decided, becomes, command, rows);
  if (change === null) return null;
  if (change.becomes === "granted") addTo(change.asked, askedOf(command));
  return change.was === "granted" ? change : null;
}

/** Bodies that an older kernel wrote may lack what a newer rule reads: those are counted, not guessed. */
function judgeSafely(past: PastCommand, policy: CompiledPolicy, tally: Tally): Bill | null {
  const { decided } = past;
  if (decided === null || !isPolicys(decided)) return null;
  try {
    return judgeAgain(past, decided, policy, tally);
  } catch (error) {
    if (!(error instanceof Defect || error instanceof TypeError)) throw error;
    tally.notJudged += 1;
    return null;
  }
}

function reportOf({ changes, judged, notJudged, events }: Tally): Omit<WhatIfReport, "brokenAt"> {
  const changed = [...changes.values()].toSorted((a, b) => b.count - a.count);
  const moved = changed.reduce((sum, { count }) => sum + count, 0);
  const [notSpent, asked]: [Summed, Summed] = [{}, {}];
  for (const change of changed) {
    addTo(notSpent, change.notSpent);
    addTo(asked, change.asked);
  }
  return { judged, same: judged - moved, changed, notSpent, asked, notJudged, events };
}

export async function whatIfIn(
  view: View,
  policy: Policy,
  onProgress: (done: number, total: number) => void,
): Promise<WhatIfReport> {
  const compiled = compilePolicy(policy, "what-if");
  const tally = new Tally();
  const spending = new Spending();
  const brokenAt = await walkPast(view, { onProgress }, (past) => {
    tally.events += past.events.length;
    spending.follow(past, judgeSafely(past, compiled, tally));
  });
  return { ...reportOf(tally), brokenAt };
}
