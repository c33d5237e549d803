// The model makes a task.

import { fingerprint, template } from "../../../src/text/index.ts";
import type { RequestBodies } from "../../../src/kernel/index.ts";
import type { Making } from "../case.ts";
import { rootOf } from "../lineage.ts";
import { caseOf, refuse } from "../plan.ts";
import type { Asked, Plan } from "../plan.ts";
import { actorOf, nameOf } from "../state.ts";
import type { Link, ModelTask, World } from "../state.ts";
import { wake } from "../waking.ts";

const LINKS_MAX = 16;
const DEPENDENTS_MAX = 64;
const LINE_MAX = 16;

function nextId(world: World): string {
  const numbers = [...world.tasks.keys()].map((id) => Number(/^T-(\d{1,12})$/.exec(id)?.[1] ?? 0));
  return `T-${Math.max(0, ...numbers) + 1}`;
}

/** What made its author make it: the parent, the task it names, and, of an agent, the task it works or worked on. */
function causesOf({ world, actor, request }: Asked<"create_task">): readonly (ModelTask | undefined)[] {
  const { parent, createdBy } = request.body;
  const work = actor.kind === "agent" ? (world.actors.get(nameOf(actor))?.cause ?? undefined) : undefined;
  return [parent, createdBy, work].map((id) => world.tasks.get(id ?? ""));
}

/** Work below what its author holds is caused by that alone. */
function hopsAbove(causes: readonly (ModelTask | undefined)[], author: string): number {
  const [parent] = causes;
  if (parent?.holder === author) return parent.causeHops;
  return Math.max(...causes.map((cause) => cause?.causeHops ?? 0));
}

function lineBelow(cause: ModelTask | undefined): readonly Link[] {
  if (cause === undefined) return [];
  const agent = cause.worker ?? cause.assignee ?? cause.author;
  return [...cause.line, { agent, kind: cause.kind }].slice(-LINE_MAX);
}

function making(asked: Asked<"create_task">): Making {
  const { world, actor, request } = asked;
  const { body } = request;
  const id = body.task ?? nextId(world);
  const kind = body.kind ?? "task";
  const causes = causesOf(asked);
  const [parent, origin, work] = causes;
  const byAgent = actor.kind === "agent";
  const root = body.parent === undefined ? id : rootOf(world, body.parent);
  return {
    id,
    body,
    kind,
    state: body.state ?? world.policy.lifecycle.initial[0] ?? "",
    line: lineBelow(causes.find((cause) => cause !== undefined)),
    originRoot: (byAgent ? (work ?? parent ?? origin) : parent)?.originRoot ?? root,
    causeHops: byAgent ? 1 + hopsAbove(causes, nameOf(actor)) : 0,
    fingerprint: fingerprint({ kind, title: body.title, text: body.text ?? "", scope: body.scope ?? "" }),
    template: template(body.title),
  };
}

function senseless(world: World, body: RequestBodies["create_task"]): string | null {
  const { parent, createdBy, blockedBy = [] } = body;
  const problem = blockersProblem(
    world,
    null,
    blockedBy.filter((one) => one !== body.task),
  );
  if (problem !== null) return problem;
  const above = [parent, createdBy].filter((one) => one !== undefined && one !== body.task);
  if (above.some((one) => !world.tasks.has(one ?? ""))) return "task.parent_unknown";
  return null;
}

/** What is wrong with these blockers of a task; null for nothing. */
export function blockersProblem(world: World, task: string | null, blockedBy: readonly string[]): string | null {
  if (blockedBy.length > LINKS_MAX) return "task.too_many_links";
  if (blockedBy.some((one) => !world.tasks.has(one))) return "task.unknown";
  const full = blockedBy.some((one) => {
    const waiting = [...world.tasks.values()].filter((other) => other.id !== task && other.blockedBy.includes(one));
    return waiting.length >= DEPENDENTS_MAX;
  });
  return full ? "task.too_many_links" : null;
}

function newTask(world: World, author: string, made: Making): ModelTask {
  const { body } = made;
  const assignee = body.assignee === undefined ? null : `agent:${body.assignee}`;
  const parent = body.parent ?? null;
  return {
    id: made.id,
    kind: made.kind,
    author,
    createdBy: body.createdBy ?? null,
    originRoot: made.originRoot,
    fingerprint: made.fingerprint,
    template: made.template,
    createdAt: world.at,
    causeHops: made.causeHops,
    line: made.line,
    state: made.state,
    endedAt: null,
    parent,
    parents: parent === null ? [] : [parent],
    assignee,
    holder: null,
    worker: null,
    fence: 0,
    attempt: 1,
    lease: null,
    tier: "anybody",
    failures: 0,
    parks: 0,
    failed: [],
    notBefore: 0,
    priority: body.priority ?? 2,
    needs: body.needs ?? [],
    blockedBy: [...(body.blockedBy ?? [])].sort(),
    limits: body.limits ?? {},
    deadlineAt: body.deadlineAt ?? null,
    assignments: assignee === null ? [] : [assignee],
    entries: [made.state],
    happened: [],
    evidence: [],
  };
}

export function create(asked: Asked<"create_task">): Plan {
  const { world, actor, request } = asked;
  const made = making(asked);
  const problem = senseless(world, request.body);
  if (problem !== null) return refuse(problem);
  const { assignee, blockedBy } = request.body;
  const gives = assignee === undefined ? null : `agent:${assignee}`;
  const author = nameOf(actor);
  return {
    cases: [caseOf(asked, { makes: made, gives, waitsFor: blockedBy ?? null })],
    apply: () => {
      world.tasks.set(made.id, newTask(world, author, made));
      actorOf(world, author);
      if (gives !== null && gives !== author) wake(world, gives, made.id);
    },
    result: () => ({ task: made.id, state: made.state }),
  };
}
