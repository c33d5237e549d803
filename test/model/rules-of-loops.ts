// The model's rules against work that begets itself: identity, causes, ping-pong, copies, templates, provenance.

import { isAgent } from "./case.ts";
import type { Case, Finding, Making } from "./case.ts";
import { heldBy } from "./leases.ts";
import { isEnded } from "./state.ts";
import type { Link, ModelTask } from "./state.ts";

const DAY_MS = 86_400_000;
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** It makes for itself, below a task it holds, the kind of that task. */
function isOwnKind(it: Case, above: readonly (string | null | undefined)[], kind: string): boolean {
  return above.some((id) => {
    const task = it.world.tasks.get(id ?? "");
    return task?.holder === it.name && same(task.kind, kind);
  });
}

/** Both are held by whoever asks, or are about to be: the upper one, and the lower one that it made of the same kind. */
function isOwnPair(it: Case, above: ModelTask, below: ModelTask): boolean {
  const isBelow = below.parent === above.id || below.createdBy === above.id;
  return isBelow && below.author === it.name && same(above.kind, below.kind);
}

function holdsPair(it: Case, task: ModelTask): boolean {
  return heldBy(it.world, it.name).some((held) => isOwnPair(it, held, task) || isOwnPair(it, task, held));
}

export function identity(it: Case): Finding {
  if (!isAgent(it)) return null;
  const { makes, task, world } = it;
  if (makes !== null) {
    if (makes.body.assignee !== it.actor.id) return null;
    return isOwnKind(it, [makes.body.parent, makes.body.createdBy], makes.kind) ? "lineage.identity_loop" : null;
  }
  if (task === null) return null;
  const above = world.tasks.get(it.places ?? "");
  const pairs = it.claims
    ? holdsPair(it, task)
    : above !== undefined &&
      [task, above].every((one) => one.holder === it.name) &&
      isOwnPair(it, above, { ...task, parent: above.id });
  return pairs ? "lineage.identity_loop" : null;
}

export function causeHops(it: Case): Finding {
  const hops = it.makes?.causeHops ?? 0;
  return hops > it.world.policy.lineage.causeHopsMax ? "lineage.cause_hops_exceeded" : null;
}

const timesIn = (line: readonly Link[], agent: string): number => line.filter((link) => link.agent === agent).length;

/** Hand-offs without progress that a task bears in all, and that are remembered. */
export const HANDS = 16;

/** How often the agent had this very task, as far back as its last progress; null where nothing is given away. */
function timesHad({ gives, makes, task, actor }: Case): number | null {
  if (gives === null || actor.kind === "human") return null;
  if (makes !== null) return 0;
  return task?.assignee === gives ? null : (task?.assignments ?? []).filter((one) => one === gives).length;
}

/** A third time to one agent, or a seventeenth hand at all. */
export function pingPong(it: Case): Finding {
  const had = timesHad(it);
  if (had === null) return null;
  const hands = it.makes === null ? (it.task?.assignments.length ?? 0) : 0;
  return had >= it.world.policy.lineage.assignmentsMax || hands >= HANDS ? "lineage.ping_pong" : null;
}

/** The agents above count too; what the task's own turns refuse is not told again. */
export function pingPongChain(it: Case): Finding {
  const [had, max] = [timesHad(it), it.world.policy.lineage.assignmentsMax];
  if (had === null || had >= max) return null;
  const line = it.makes?.line ?? it.task?.line ?? [];
  return had + timesIn(line, it.gives ?? "") >= max ? "lineage.ping_pong_chain" : null;
}

export function flapping(it: Case): Finding {
  if (it.task === null || it.to === null) return null;
  const entered = it.task.entries.filter((state) => state === it.to).length;
  // A human's move is progress: it begins the count anew.
  if (it.actor.kind === "human") return null;
  // A claim after a failed attempt is a rung of the ladder.
  if (it.claims && it.task.failures > 0) return null;
  return entered + 1 > it.world.policy.lineage.entriesMax ? "lineage.flapping" : null;
}

const standsIn = (line: readonly Link[], agent: string, kind: string): number =>
  line.filter((link) => link.agent === agent && same(link.kind, kind)).length;

export function signature(it: Case): Finding {
  const max = it.world.policy.lineage.signaturesMax;
  if (it.makes !== null && it.gives !== null)
    return standsIn(it.makes.line, it.gives, it.makes.kind) >= max ? "lineage.signature_repeated" : null;
  if (!it.claims || it.task === null || !isAgent(it)) return null;
  return standsIn(it.task.line, it.name, it.task.kind) >= max ? "lineage.signature_repeated" : null;
}

/** Ended work that would be open again. */
function opensAgain({ world, task, to, type }: Case): boolean {
  if (task === null || !isEnded(world, task)) return false;
  return type === "reopen_task" || (to !== null && !world.policy.lifecycle.terminal.includes(to));
}

export function duplicate(it: Case): Finding {
  const { world, makes, task } = it;
  const fingerprint = makes?.fingerprint ?? (opensAgain(it) ? task?.fingerprint : undefined);
  if (fingerprint === undefined) return null;
  const alike = [...world.tasks.values()].filter((one) => one !== task && one.fingerprint === fingerprint);
  if (alike.some((one) => !isEnded(world, one))) return "lineage.duplicate_open";
  if (makes === null) return null;
  const since = world.at - world.policy.lineage.duplicateWindowMs;
  return alike.some((one) => (one.endedAt ?? 0) > since) ? "lineage.duplicate_recent" : null;
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS);

export function template(it: Case): Finding {
  const { world, makes, name } = it;
  if (makes === null || it.actor.kind === "human") return null;
  const today = [...world.tasks.values()].filter(
    (task) => task.author === name && task.template === makes.template && dayOf(task.createdAt) === dayOf(world.at),
  );
  return today.length + 1 > world.policy.lineage.templatesPerDay ? "lineage.template_repeated" : null;
}

export function provenance(it: Case): Finding {
  if (it.makes === null || !isAgent(it)) return null;
  const { parent } = it.makes.body;
  if (parent !== undefined) return it.world.tasks.get(parent)?.holder === it.name ? null : "lineage.parent_not_held";
  return it.world.policy.lineage.rootAgents.includes(it.actor.id) ? null : "lineage.root_not_allowed";
}

const PLACEHOLDERS = ["n/a", "tbd", "todo", "none", "-"];

function isComplete({ body }: Making): boolean {
  if (body.admission === undefined) return false;
  const { consumer, painPoint, expectedValue, validationPath } = body.admission;
  const texts = [consumer, painPoint, expectedValue, validationPath].map((text) => text.trim().toLowerCase());
  if (texts.some((text) => text === "" || PLACEHOLDERS.includes(text))) return false;
  return new Set(texts).size > 1;
}

export function admission(it: Case): Finding {
  if (it.makes === null || !it.world.policy.admission.includes(it.actor.kind)) return null;
  return isComplete(it.makes) ? null : "lineage.admission_incomplete";
}
