// The model's rules about the shape of work: circles, ended ids, waiting, moving, depth, numbers of children.

import { isAgent } from "./case.ts";
import type { Case, Finding } from "./case.ts";
import {
  below,
  byOrigin,
  byParent,
  childrenEver,
  depthOf,
  descendantsEver,
  reaches,
  rootOf,
  upFrom,
  waitsOf,
} from "./lineage.ts";
import { isEnded } from "./state.ts";
import type { Limit } from "../../src/core/index.ts";

const over = (count: number, limit: Limit): boolean => count > limit.hard;

export function cycle(it: Case): Finding {
  const { world } = it;
  if (it.makes !== null) {
    const { id, body } = it.makes;
    const above = [...upFrom(world, body.parent ?? null, byParent), ...upFrom(world, body.createdBy ?? null, byOrigin)];
    return above.includes(id) ? "lineage.cycle" : null;
  }
  if (it.places === null || it.task === null) return null;
  return upFrom(world, it.places, byParent).includes(it.task.id) ? "lineage.cycle" : null;
}

export function reprocess(it: Case): Finding {
  const found = it.makes === null ? it.task : (it.world.tasks.get(it.makes.id) ?? null);
  if (found === null || !(it.makes !== null || it.claims)) return null;
  if (isEnded(it.world, found)) return "lineage.reprocessed";
  return it.makes === null ? null : "task.exists";
}

export function waits(it: Case): Finding {
  const { world } = it;
  const graph = waitsOf(world);
  if (it.makes !== null) {
    const parents = it.makes.body.parent === undefined ? [] : [it.makes.body.parent];
    const asked = it.waitsFor ?? [];
    const closes = asked.some((one) => one === it.makes?.id || parents.some((parent) => reaches(graph, one, parent)));
    return closes ? "lineage.wait_cycle" : null;
  }
  const { task } = it;
  if (task === null) return null;
  const next = it.waitsFor ?? (it.places === null ? [] : null);
  if (next === null) return reaches(graph, task.id, it.places ?? "") ? "lineage.wait_cycle" : null;
  return next.some((one) => reaches(graph, one, task.id)) ? "lineage.wait_cycle" : null;
}

function heightOf(it: Case, id: string): number {
  return below(it.world, id).reduce((most, one) => Math.max(most, depthOf(it.world, one.id)), depthOf(it.world, id));
}

export function depth(it: Case): Finding {
  const { world, task, places } = it;
  const limit = world.policy.lineage.depth;
  if (it.makes !== null)
    return over(depthOf(world, it.makes.body.parent ?? null), limit) ? "lineage.depth_exceeded" : null;
  if (task === null || places === null) return null;
  const deepest = heightOf(it, task.id) - depthOf(world, task.id) + depthOf(world, places) + 1;
  return over(deepest - 1, limit) ? "lineage.depth_exceeded" : null;
}

export function children(it: Case): Finding {
  const parent = it.makes === null ? it.places : (it.makes.body.parent ?? null);
  if (parent === null) return null;
  return over(childrenEver(it.world, parent) + 1, it.world.policy.lineage.children)
    ? "lineage.children_exceeded"
    : null;
}

export function descendants(it: Case): Finding {
  const { world, makes } = it;
  if (makes === null) return null;
  const parent = makes.body.parent ?? null;
  const own = parent === null ? [] : [rootOf(world, parent)];
  const roots = new Set(makes.originRoot === makes.id ? own : [...own, makes.originRoot]);
  const full = [...roots].some((root) => over(descendantsEver(world, root) + 1, world.policy.lineage.descendants));
  return full ? "lineage.descendants_exceeded" : null;
}

export function creations(it: Case): Finding {
  const { world, makes, name } = it;
  if (makes === null || !isAgent(it)) return null;
  const since = world.at - world.policy.lineage.creationsWindowMs;
  const made = [...world.tasks.values()].filter((task) => task.author === name && task.createdAt > since);
  return over(made.length + 1, world.policy.lineage.creations) ? "lineage.creations_exceeded" : null;
}

/** Agents at work below a root, below fresh roots that were made from inside it too, and the one who asks. */
function liveBelow(it: Case, root: string): number {
  const { world, name } = it;
  const under = [...world.tasks.values()].filter((one) => rootOf(world, one.id) === root || one.originRoot === root);
  const holders = under.map((one) => one.holder);
  const others = new Set(holders.filter((one) => one?.startsWith("agent:") === true));
  return others.has(name) ? 0 : others.size + 1;
}

export function liveAgents(it: Case): Finding {
  const { world, task } = it;
  if (task === null || !it.claims || !isAgent(it)) return null;
  const roots = [rootOf(world, task.id), task.originRoot];
  const isOver = roots.some((root) => over(liveBelow(it, root), world.policy.lineage.liveAgents));
  return isOver ? "lineage.live_agents_exceeded" : null;
}
