// The ladder of failed attempts: anybody after a pause, a peer, the lead, a human. Each rung is an assignment of the
// same task, never a second copy of the work.

import type { CompiledPolicy, Policy } from "./policy.ts";
import { actorName } from "./actor.ts";
import { FAILED_MAX } from "./remembered.ts";
import type { Escalation, Ladder, TaskRow, Tier } from "./rows/task-row.ts";

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
