// The model's budget rule: every limit of every scope and window, by summing everything ever charged.

import type { Case, Finding } from "./case.ts";
import { roomToRenew, ttlFor } from "./leases.ts";
import { handBackStepsOf, limitLines, scopesFor, sumOf } from "./meters.ts";
import type { LimitLine } from "./meters.ts";
import type { ModelTask, World } from "./state.ts";

function isOver(world: World, line: LimitLine, asked: number): boolean {
  const { used, held } = sumOf(world, line.scope, line.dimension, line.window);
  return used + held >= line.hard || used + held + asked > line.hard;
}

/** Whoever the work is charged to: on a held task, its holder. */
export function chargedTo(it: Case, task: ModelTask): string {
  return it.claims ? it.name : (task.holder ?? it.name);
}

/** Limits that are full, or would be passed by what is asked. Time is the lease's and judged where it is claimed. */
function fullLines(it: Case, task: ModelTask): readonly LimitLine[] {
  const lines = limitLines(it.world, task, scopesFor(it.world, task, chargedTo(it, task)));
  return lines.filter((line) => {
    if (line.dimension === "durationMs") return false;
    return isOver(it.world, line, it.spends?.asked[line.dimension] ?? 0);
  });
}

/** Limits that what a hand-back step reserves would pass: it stands beside the limit of steps, not beside that of money. */
function unfit(it: Case, task: ModelTask): readonly LimitLine[] {
  const lines = limitLines(it.world, task, scopesFor(it.world, task, chargedTo(it, task)));
  return lines.filter(({ scope, dimension, window, hard }) => {
    const asked = it.spends?.asked[dimension] ?? 0;
    if (asked === 0 || dimension === "steps" || dimension === "durationMs") return false;
    const { used, held } = sumOf(it.world, scope, dimension, window);
    return used + held + asked > hard;
  });
}

function timeIsUp(it: Case, task: ModelTask): boolean {
  return it.claims && ttlFor(it.world, task, it.name) <= 0;
}

export function budget(it: Case): Finding {
  const { task, spends, world } = it;
  if (task === null || it.makes !== null) return null;
  if (spends?.handBack === true) {
    if (handBackStepsOf(world, task.id) >= world.policy.budget.handBackSteps) return "budget.hand_back_spent";
    return unfit(it, task).length > 0 ? "budget.hard_limit" : null;
  }
  if (it.renews) return roomToRenew(world, task) <= 0 ? "budget.hard_limit" : null;
  if (!it.claims && spends === null) return null;
  return timeIsUp(it, task) || fullLines(it, task).length > 0 ? "budget.hard_limit" : null;
}
