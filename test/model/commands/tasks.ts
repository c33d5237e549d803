// The model edits, gives and places tasks.

import { blockersProblem } from "./create.ts";
import { progress, relent } from "../leases.ts";
import { caseOf, refuse, withTask } from "../plan.ts";
import type { Asked, Plan } from "../plan.ts";
import { notTheirs } from "../rules-of-actors.ts";
import { nameOf } from "../state.ts";
import { wake } from "../waking.ts";

export function edit(asked: Asked<"edit_task">): Plan {
  const { world, request } = asked;
  const { body } = request;
  return withTask(world, body.task, (task) => {
    const it = caseOf(asked, { task, waitsFor: body.blockedBy ?? null });
    const problem = notTheirs(it, task) ?? blockersProblem(world, task.id, body.blockedBy ?? []);
    if (problem !== null) return refuse(problem);
    return {
      cases: [it],
      apply: () => {
        task.priority = body.priority ?? task.priority;
        task.needs = body.needs ?? task.needs;
        task.blockedBy = body.blockedBy ?? task.blockedBy;
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
    const it = caseOf(asked, { task, gives });
    const problem = notTheirs(it, task);
    if (problem !== null) return refuse(problem);
    return {
      cases: [it],
      apply: () => {
        task.assignee = gives;
        if (actor.kind === "human") {
          progress(task);
          relent(task);
        }
        if (gives !== null) task.assignments.push(gives);
        if (gives !== null && gives !== nameOf(actor)) wake(world, gives, task.id);
      },
    };
  });
}

export function place(asked: Asked<"place_task">): Plan {
  const { world, request } = asked;
  const { body } = request;
  return withTask(world, body.task, (task) => {
    if (!world.tasks.has(body.parent)) return refuse("task.parent_unknown");
    const it = caseOf(asked, { task, places: body.parent });
    const problem = notTheirs(it, task);
    if (problem !== null) return refuse(problem);
    return {
      cases: [it],
      apply: () => {
        task.parent = body.parent;
        task.parents.push(body.parent);
      },
    };
  });
}
