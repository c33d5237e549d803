// The model claims, renews, moves, releases and reopens.

import type { Case } from "../case.ts";
import { relent, takeUp } from "../escalation.ts";
import { claim, enter, giveBack, leave, progress, renew } from "../leases.ts";
import { openBlockersOf } from "../lineage.ts";
import { caseOf, refuse, withTask } from "../plan.ts";
import type { Asked, Plan } from "../plan.ts";
import { isEnded, nameOf } from "../state.ts";
import type { ModelTask, World } from "../state.ts";

/** A human's own hand begins all counts anew. */
function touched(it: Case, task: ModelTask): void {
  if (it.actor.kind !== "human") return takeUp(it.world, task, it.claims);
  progress(task);
  relent(it.world, task);
  task.happened = [];
}

function take(it: Case): void {
  if (it.task === null) return;
  claim(it.world, it.task, it.name);
  touched(it, it.task);
}

const claimed = ({ task }: Case): { task: string; state: string; fence: number; attempt: number } => ({
  task: task?.id ?? "",
  state: task?.state ?? "",
  fence: task?.fence ?? 0,
  attempt: task?.attempt ?? 0,
});

/** Tasks that may be claimed, the most urgent and oldest first. */
function ready(world: World): readonly ModelTask[] {
  const waiting = [...world.tasks.values()].filter(
    (task) =>
      task.state === world.policy.lifecycle.released &&
      openBlockersOf(world, task).length === 0 &&
      task.notBefore <= world.at,
  );
  return waiting.sort(
    (a, b) =>
      a.priority - b.priority || a.createdAt - b.createdAt || a.id.length - b.id.length || (a.id < b.id ? -1 : 1),
  );
}

function claimNext(asked: Asked<"claim_task">): Plan {
  const { world, actor } = asked;
  const name = nameOf(actor);
  const to = world.policy.lifecycle.working;
  const cases = ready(world)
    .filter((task) => task.assignee === null || task.assignee === name)
    .map((task) => caseOf(asked, { task, claims: true, to }));
  return { cases, none: "claim.nothing_ready", apply: take, result: claimed };
}

export function claimTask(asked: Asked<"claim_task">): Plan {
  const { world, request } = asked;
  if (request.body.task === undefined) return claimNext(asked);
  return withTask(world, request.body.task, (task) => ({
    cases: [caseOf(asked, { task, claims: true, to: world.policy.lifecycle.working })],
    apply: take,
    result: claimed,
  }));
}

export function renewLease(asked: Asked<"renew_lease">): Plan {
  return withTask(asked.world, asked.request.body.task, (task) => {
    if (task.lease?.expiresAt === null) return refuse("lease.endless");
    return {
      cases: [caseOf(asked, { task, renews: true })],
      apply: () => renew(asked.world, task),
    };
  });
}

export function moveTask(asked: Asked<"move_task">): Plan {
  const { world, request } = asked;
  const { task: id, to, reason = null } = request.body;
  return withTask(world, id, (task) => {
    const claims = to === world.policy.lifecycle.working;
    return {
      cases: [caseOf(asked, { task, to, reason, claims })],
      apply: (it) => {
        if (claims) return take(it);
        const isOthers = task.worker !== null && task.worker !== it.name;
        leave(world, task);
        enter(world, task, to);
        touched(it, task);
        if (isEnded(world, task)) task.happened = [];
        else if (isOthers && it.actor.kind !== "human") task.happened.push({ what: "moved" });
      },
      result: () => ({ task: task.id }),
    };
  });
}

export function releaseTask(asked: Asked<"release_task">): Plan {
  const { world, request } = asked;
  const { task: id, cause = "given_back" } = request.body;
  return withTask(world, id, (task) => ({
    cases: [caseOf(asked, { task })],
    apply: (it) => {
      const failed = (cause === "failed" || cause === "crashed") && task.holder?.startsWith("agent:") === true;
      giveBack(world, task, failed || cause === "rate_limited" ? cause : "given_back");
      if (failed) return;
      // A pause that is asked for is kept, whoever asks.
      const { notBefore } = task;
      touched(it, task);
      if (cause === "rate_limited") task.notBefore = notBefore;
    },
    result: () => ({ task: task.id }),
  }));
}

export function reopenTask(asked: Asked<"reopen_task">): Plan {
  const { world, request } = asked;
  return withTask(world, request.body.task, (task) => ({
    cases: [caseOf(asked, { task, waitsFor: isEnded(world, task) ? task.blockedBy : null })],
    apply: (it) => {
      task.attempt += 1;
      task.evidence = [];
      enter(world, task, world.policy.lifecycle.released);
      touched(it, task);
    },
    result: () => ({ task: task.id, attempt: task.attempt }),
  }));
}
