// The ladder of failed attempts: anybody after a pause, a peer, the lead, a human. Each rung is an assignment of the
// same task, never a second copy of the work.

import type { CompiledPolicy, Policy } from "./policy.ts";
import { actorName } from "./actor.ts";
import { FAILED_MAX } from "./remembered.ts";
import type { Escalation, Ladder, TaskRow, Tier } from "./rows/task-row.ts";

/** Parked, for failed attempts or for steps that went round in circles: nobody but a human takes it up again. */
export function isForHumans({ tier }: Escalation): boolean {
  return tier === "human" || tier === "stuck";
}

/** Parked as often as attempts are granted: only a human who moves it revives it. */
export function isDeadLetter({ escalation }: TaskRow, { attemptsMax }: Policy["escalation"]): boolean {
  return isForHumans(escalation) && escalation.parks >= attemptsMax;
}

/** A human's hand begins the ladder anew. How often it was parked is kept, but where a dead letter is revived. */
export function afterHuman(row: TaskRow, policy: Policy["escalation"]): Escalation {
  return { ...NO_ESCALATION, parks: isDeadLetter(row, policy) ? 0 : row.escalation.parks };
}

/** Who is waited for at some time, and since when. */
export type Rung = { readonly tier: Tier; readonly since: number };

/**
 * The rung that a task nobody holds stands on at `at`. One that waits for a peer or the lead is bounded by time, as a pause
 * is: after as long as a lease lives the next one begins. It is a function of the failure's time, so whoever looks, and
 * whenever, sees the same.
 */
export function rungAt({ escalation }: TaskRow, { escalation: { lead }, lease }: Policy, at: number): Rung {
  const { tier, notBefore: since } = escalation;
  if (tier !== "peer" && tier !== "lead") return { tier, since };
  if (tier === "lead" && lead === null) return { tier: "anybody", since };
  const rungs: readonly Tier[] = tier === "peer" && lead !== null ? ["peer", "lead"] : [tier];
  const over = Math.max(0, Math.floor((at - since) / lease.ttlMs));
  const n = Math.min(over, rungs.length);
  return { tier: rungs[n] ?? "human", since: since + n * lease.ttlMs };
}

export const NO_ESCALATION: Escalation = { tier: "anybody", failures: 0, parks: 0, failed: [], notBefore: 0 };

/** FNV-1a over UTF-16 code units: spreads ids, proves nothing. */
function spread(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return sum;
}

/**
 * The pause after the n-th failure in a row, in milliseconds: exponential and bounded, then 50 to 100 percent of that by
 * a number drawn from the task's id, so that tasks that failed together do not come back together.
 */
export function backoffMs(task: string, failures: number, policy: Policy["escalation"]): number {
  const { backoffFirstMs, backoffFactor, backoffMaxMs } = policy;
  const whole = Math.min(backoffMaxMs, backoffFirstMs * backoffFactor ** Math.max(0, failures - 1));
  return Math.floor(whole / 2 + (whole / 2) * (spread(`${task}/${failures}`) / 0x1_0000_0000));
}

function tierAfter(failures: number, { attemptsMax, retriesMax, lead }: Policy["escalation"]): Tier {
  if (failures >= attemptsMax) return "human";
  if (failures <= retriesMax) return "anybody";
  return failures === attemptsMax - 1 && lead !== null ? "lead" : "peer";
}

/** The ladder of this policy. */
export function ladderOf({ policy }: CompiledPolicy): Ladder {
  const { released, parked } = policy.lifecycle;
  const { attemptsMax, retriesMax, backoffFirstMs, backoffFactor, backoffMaxMs, lead } = policy.escalation;
  return { attemptsMax, retriesMax, backoffFirstMs, backoffFactor, backoffMaxMs, lead, released, parked };
}

/** What becomes of a task when an attempt at it fails. */
export type Failure = {
  readonly to: string;
  readonly attempt: number;
  readonly assignee: string | null;
  readonly escalation: Escalation;
};

function assigneeAfter(tier: Tier, row: TaskRow, { lead }: Ladder): string | null {
  if (tier === "lead" && lead !== null) return actorName("agent", lead);
  return tier === "peer" ? null : row.assignee;
}

/** The next rung after the attempt of this holder failed at `at`. */
export function afterFailure(row: TaskRow, holder: string, ladder: Ladder, at: number): Failure {
  const failures = row.escalation.failures + 1;
  const tier = tierAfter(failures, ladder);
  const parked = tier === "human";
  const failed = [...row.escalation.failed.filter((agent) => agent !== holder), holder].slice(-FAILED_MAX);
  const pauseMs = tier === "anybody" ? backoffMs(row.id, failures, ladder) : 0;
  return {
    to: parked ? ladder.parked : ladder.released,
    attempt: row.attempt + 1,
    assignee: assigneeAfter(tier, row, ladder),
    escalation: {
      tier,
      failures: parked ? 0 : failures,
      parks: row.escalation.parks + (parked ? 1 : 0),
      failed,
      notBefore: at + pauseMs,
    },
  };
}
