// What rules found, how often humans called them wrong, and which refusals wait for a human.

import { answerKey, canBeWaived, RULES, wrongKey } from "../core/index.ts";
import type { CompiledPolicy, Event, Rule } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { decodeEvent } from "./codec.ts";
import type { LoggedEvent, RuleView } from "./kernel.ts";
import { headIn } from "./reads.ts";
import { readRow } from "./row-reads.ts";
import { OBSERVED_COUNTER, REFUSED_COUNTER } from "./counters.ts";

/** A rule is proposed for observe once more than this share of at least so many findings was marked wrong. */
const WRONG_SHARE = 0.005;
const FINDINGS_LEAST = 200;

/** How far back unanswered refusals are looked for. */
const PENDING_EVENTS = 100_000;
const PAGE = 1_000;

async function wrongOf(view: View, rule: Rule): Promise<number> {
  let sum = 0;
  for (const code of rule.codes) {
    const row = await readRow(view, wrongKey(code));
    if (row?.kind === "wrong") sum += row.count;
  }
  return sum;
}

export async function rulesIn(view: View, { policy }: CompiledPolicy): Promise<readonly RuleView[]> {
  const counters = await view.counters();
  const sum = (rule: Rule, prefix: string): number =>
    rule.codes.reduce((total, code) => total + (counters.get(prefix + code) ?? 0), 0);
  const out: RuleView[] = [];
  for (const rule of RULES) {
    const fixed = rule.fixed === true;
    const mode = fixed ? "enforce" : (policy.modes[rule.name] ?? rule.mode);
    const [refused, observed] = [sum(rule, REFUSED_COUNTER), sum(rule, OBSERVED_COUNTER)];
    const wrong = await wrongOf(view, rule);
    const found = refused + observed;
    const proposeObserve = !fixed && mode === "enforce" && found >= FINDINGS_LEAST && wrong / found > WRONG_SHARE;
    out.push({ rule: rule.name, mode, fixed, refused, observed, wrong, proposeObserve });
  }
  return out;
}

async function isAnswered(view: View, sequence: number): Promise<boolean> {
  return (await readRow(view, answerKey(sequence))) !== null;
}

/** What was asked, by whom, and why it was refused: one answer is an answer to all of its kind before it. */
const questionOf = ({ kind, actor, digest, decision }: Event): string =>
  JSON.stringify([kind, actor, digest, decision?.code]);

/** A refusal whose time is over by `now` passed by itself: whoever asks again is granted, or told something else. */
function hasPassed({ at, decision }: Event, now: number): boolean {
  return decision?.retryAfterMs !== undefined && at + decision.retryAfterMs <= now;
}

/** Whether a refusal would still be one if it were asked again. */
type Stands = (event: Event) => Promise<boolean>;

/** Questions that are judged again, the latest of all: so many are enough for a human, and bound the work. */
const JUDGED_MAX = 500;

/** The questions without those that would be answered otherwise now. */
async function standing(
  questions: readonly (readonly LoggedEvent[])[],
  stands: Stands,
): Promise<readonly LoggedEvent[]> {
  const out: LoggedEvent[] = [...questions.slice(0, -JUDGED_MAX).flat()];
  for (const asked of questions.slice(-JUDGED_MAX)) {
    const last = asked.at(-1);
    if (last !== undefined && (await stands(last.event))) out.push(...asked);
  }
  return out;
}

/** True for a refusal that nobody answered and that is over. */
export async function isOverIn(view: View, refused: LoggedEvent | null, stands: Stands): Promise<boolean> {
  if (refused === null || refused.event.type !== "command_refused") return false;
  return !(await isAnswered(view, refused.event.sequence)) && !(await stands(refused.event));
}

/**
 * Refused decisions that a human may override, that nobody answered, that did not pass by themselves by `now` and that
 * still stand in the way: oldest first, the latest of them if there are more.
 */
export async function pendingIn(
  view: View,
  limit: number,
  now: number,
  stands: Stands,
): Promise<readonly LoggedEvent[]> {
  const { sequence } = await headIn(view);
  const found = new Map<string, LoggedEvent[]>();
  for (let after = Math.max(0, sequence - PENDING_EVENTS); ;) {
    const page = await view.events(after, PAGE);
    for (const { bytes, sequence: at, hash, type } of page) {
      after = at;
      if (type !== "command_refused") continue;
      const event = decodeEvent(bytes, at);
      if (event.decision === null || !canBeWaived(event.decision.code) || hasPassed(event, now)) continue;
      const question = questionOf(event);
      if (await isAnswered(view, at)) found.delete(question);
      else found.set(question, [...(found.get(question) ?? []), { event, hash }]);
    }
    if (page.length < PAGE) break;
  }
  const all = await standing([...found.values()], stands);
  return all.toSorted((a, b) => a.event.sequence - b.event.sequence).slice(-limit);
}
