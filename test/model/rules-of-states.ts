// The model's rules about states: the table's edges and what each state demands.

import { isAgent } from "./case.ts";
import type { Case, Finding } from "./case.ts";
import { openBlockersOf, openChildrenOf } from "./lineage.ts";
import { isEnded } from "./state.ts";
import type { ModelTask } from "./state.ts";

function initial(it: Case, state: string): Finding {
  const { states, initial: allowed } = it.world.policy.lifecycle;
  if (!states.includes(state)) return "lifecycle.state_unknown";
  return allowed.includes(state) ? null : "lifecycle.not_initial";
}

export function lifecycle(it: Case): Finding {
  if (it.makes !== null) return initial(it, it.makes.state);
  const { task, to } = it;
  if (it.type === "reopen_task" && task !== null && !isEnded(it.world, task)) return "lifecycle.not_ended";
  if (task === null || to === null) return null;
  const { states, edges, terminal } = it.world.policy.lifecycle;
  if (!states.includes(to)) return "lifecycle.state_unknown";
  if (task.state === to) return "lifecycle.same_state";
  const edge = edges.find((one) => one.from === task.state && one.to === to);
  if (edge?.by.includes(it.actor.kind) === true) return null;
  if (terminal.includes(task.state)) return "lifecycle.terminal";
  return edge === undefined ? "lifecycle.transition_skipped" : "lifecycle.not_yours";
}

function demands(it: Case, guard: string): boolean {
  const guards: readonly string[] = it.world.policy.lifecycle.guards[it.to ?? ""] ?? [];
  return guards.includes(guard);
}

export function reason(it: Case): Finding {
  return isAgent(it) && demands(it, "reason") && it.reason === null ? "lifecycle.reason_missing" : null;
}

export function blockers(it: Case): Finding {
  if (it.task === null || !demands(it, "no_open_blockers")) return null;
  return openBlockersOf(it.world, it.task).length > 0 ? "lifecycle.blockers_open" : null;
}

export function openChildren(it: Case): Finding {
  if (it.task === null || !demands(it, "no_open_children")) return null;
  return openChildrenOf(it.world, it.task.id).length > 0 ? "lifecycle.children_open" : null;
}

/** Of each source the latest word counts; whoever did the work does not review it. */
function isProven(task: ModelTask, wanted: string): boolean {
  const fits = task.evidence.filter((one) => (one.what === "command" ? one.name === wanted : one.what === wanted));
  const others = fits.filter((one) => one.what !== "review" || `agent:${one.name}` !== task.worker);
  return [...Map.groupBy(others, (one) => one.name).values()].some((words) => words.at(-1)?.passed === true);
}

export function evidence(it: Case): Finding {
  const { task } = it;
  if (task === null || !isAgent(it) || !demands(it, "evidence")) return null;
  return it.world.policy.evidence.every((wanted) => isProven(task, wanted)) ? null : "done.evidence_missing";
}

export function review(it: Case): Finding {
  if (it.task === null || !isAgent(it) || !demands(it, "other_actor")) return null;
  return it.task.worker === it.name ? "review.same_actor" : null;
}
