// The model edits, gives and places tasks.

import type { RequestBodies } from "../../../src/kernel/index.ts";
import { blockersProblem } from "./create.ts";
import { isDead, relent } from "../escalation.ts";
import { progress } from "../leases.ts";
import { below, rootOf } from "../lineage.ts";
import { caseOf, refuse, withTask } from "../plan.ts";
import type { Asked, Plan } from "../plan.ts";
import { isEnded, nameOf } from "../state.ts";
import type { ModelTask } from "../state.ts";
import { wake } from "../waking.ts";
import { HANDS } from "../rules-of-loops.ts";

const MOVED_MAX = 64;

/** True where one of its own limits, or its deadline, would be looser than it is. */
function loosens(task: ModelTask, { limits, deadlineAt }: RequestBodies["edit_task"]): boolean {
  if (deadlineAt !== undefined && task.deadlineAt !== null && (deadlineAt === 0 || deadlineAt > task.deadlineAt))
    return true;
  if (limits === undefined) return false;
  return Object.entries(task.limits).some(([name, limit]) => (limits[name] ?? Infinity) > limit);
}

export function edit(asked: Asked<"edit_task">): Plan {
  const { world, request } = asked;
  const { body } = request;
  return withTask(world, body.task, (task) => {
    if (isEnded(world, task)) return refuse("task.ended");
    const problem = blockersProblem(world, task.id, body.blockedBy ?? []);
    if (problem !== null) return refuse(problem);
    return {
      cases: [caseOf(asked, { task, waitsFor: body.blockedBy ?? null, loosens: loosens(task, body) })],
      apply: () => {
        task.priority = body.priority ?? task.priority;
        task.needs = body.needs ?? task.needs;
        task.blockedBy = [...(body.blockedBy ?? task.blockedBy)].sort();
        task.limits = body.limits ?? task.limits;
        if (body.deadlineAt !== undefined) task.deadlineAt = body.deadlineAt === 0 ? null : body.deadlineAt;
      },
    };
  });
}

export function assign(asked: Asked<"assign_task">): Plan {
  const { world, actor, request } = asked;
  const { body } = request;
  return withTask(world, body.task, (task) => {
    const gives = body.assignee === undefined ? null : `agent:${body.assignee}`;
    if (isEnded(world, task)) return refuse("task.ended");
    return {
      cases: [caseOf(asked, { task, gives })],
      apply: () => {
        task.assignee = gives;
        if (actor.kind === "human" && !isDead(world, task)) {
          progress(task);
          relent(world, task);
        }
        if (gives !== null) task.assignments = [...task.assignments, gives].slice(-HANDS);
        if (gives !== null && gives !== nameOf(actor)) wake(world, gives, task.id);
      },
    };
  });
}

export function place(asked: Asked<"place_task">): Plan {
  const { world, request } = asked;
  const { body } = request;
  return withTask(world, body.task, (task) => {
    if (isEnded(world, task)) return refuse("task.ended");
    if (!world.tasks.has(body.parent)) return refuse("task.parent_unknown");
    if (rootOf(world, body.parent) !== rootOf(world, task.id)) return refuse("lineage.other_root");
    if (task.parent === body.parent) return refuse("task.placed_there");
    if (below(world, task.id).length > MOVED_MAX) return refuse("lineage.move_too_large");
    return {
      cases: [caseOf(asked, { task, places: body.parent })],
      apply: () => {
        task.parent = body.parent;
        task.parents.push(body.parent);
      },
    };
  });
}
