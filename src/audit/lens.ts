// How each rule's findings are looked at: what they are in plain words, which of them belong together, and what makes
// one worse than another. A rule without a line here is looked at by task and by count.

import { reason, said } from "../core/index.ts";
import type { Finding, Policy, ReasonCode } from "../core/index.ts";
import { masked } from "../text/index.ts";
import type { Sight } from "./sight.ts";

/** What a group of findings is about: `id` is a task, `by` the agent that made it; null where that says nothing. */
export type Subject = { readonly key: string; readonly id: string; readonly title: string; readonly by: string | null };

/** What makes a group worse than another: how many findings it has, its depth, or a time in milliseconds. */
export type Measure = "count" | "depth" | "lifeMs";

export type Lens = {
  /** At most 31 characters: it closes a line of 80. */
  readonly says: string;
  readonly measure: Measure;
  /** The policy's number that was passed, in words; none for a rule without one. */
  readonly limit?: (policy: Policy) => string;
  readonly sizeOf?: (finding: Finding, sight: Sight) => number;
  readonly subject: (finding: Finding, sight: Sight) => Subject;
  /** The refusal would have kept the task from being made. */
  readonly unmade?: true;
  /** Judged by kind and title alone, where the kernel compares the body too: shown, and not counted with the rest. */
  readonly weak?: true;
};

/** The author's name in the rows of tasks whose file names none. */
const NOBODY = "system:unknown";

function numberOf({ numbers }: Finding, name: string): number {
  return Number(numbers[name] ?? 0);
}

function named({ numbers }: Finding, name: string): string {
  return String(numbers[name] ?? "");
}

/** Who made a task does not say who moved it. */
function byTask(_: Finding, { task, title }: Sight): Subject {
  return { key: task, id: task, title, by: null };
}

function byMaker(_: Finding, { task, title, author }: Sight): Subject {
  return { key: task, id: task, title, by: author };
}

/** Findings that point at another task: the first of them lends its title. */
function byOther(name: string): Lens["subject"] {
  return (finding, { title, author }) => {
    const id = named(finding, name);
    return { key: id, id, title, by: author };
  };
}

function byTemplate(finding: Finding, { task, title }: Sight): Subject {
  const agent = named(finding, "agent");
  const template = masked(title);
  return { key: `${agent}\n${template}`, id: task, title: template, by: agent === NOBODY ? null : said(agent) };
}

function bySameWork(_: Finding, { task, title, kind, author }: Sight): Subject {
  return { key: `${kind}\n${title}`, id: task, title, by: author };
}

const COUNT = { measure: "count", subject: byTask } as const;

const LENSES: { readonly [C in ReasonCode]?: Lens } = {
  "lifecycle.transition_skipped": { ...COUNT, says: "a state was skipped" },
  "lifecycle.terminal": { ...COUNT, says: "ended work was opened again" },
  "lifecycle.first_sight_ended": {
    says: "closed when first seen",
    measure: "lifeMs",
    sizeOf: (_, { lifeMs }) => lifeMs ?? 0,
    subject: byTask,
  },
  "fact.discontinuous": { ...COUNT, says: "left a state it was not in" },
  "lineage.template_repeated": {
    says: "busywork: one title repeated",
    measure: "count",
    subject: byTemplate,
    limit: ({ lineage }) => `${lineage.templatesPerDay} an agent a day`,
    unmade: true,
  },
  "lineage.identity_loop": {
    says: "made for itself, the same kind",
    measure: "count",
    subject: byOther("parent"),
    unmade: true,
  },
  "lineage.depth_exceeded": {
    says: "too deep below its root",
    measure: "depth",
    sizeOf: (finding) => numberOf(finding, "depth"),
    subject: byMaker,
    limit: ({ lineage }) => String(lineage.depth.hard),
    unmade: true,
  },
  "lineage.cycle": { says: "its own ancestor", measure: "count", subject: byMaker, unmade: true },
  "lineage.children_exceeded": {
    says: "too many below one task",
    measure: "count",
    subject: byOther("parent"),
    limit: ({ lineage }) => String(lineage.children.hard),
    unmade: true,
  },
  "lineage.descendants_exceeded": {
    says: "too many below one root",
    measure: "count",
    subject: byOther("root"),
    limit: ({ lineage }) => String(lineage.descendants.hard),
    unmade: true,
  },
  "lineage.duplicate_open": { says: "same title, still open", measure: "count", subject: bySameWork, weak: true },
  "lineage.duplicate_recent": { says: "same title, just ended", measure: "count", subject: bySameWork, weak: true },
};

/** How findings of this code are looked at. */
export function lensOf(code: ReasonCode): Lens {
  return LENSES[code] ?? { ...COUNT, says: reason(code).means };
}
