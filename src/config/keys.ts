// Every key of a configuration file, in one table: its place, its value, the variable that overrides it, what it is
// for. The checks, the suggestions and the page docs/config.md all hang on this list.

import { AMOUNT_MAX, RULES } from "../core/index.ts";
import { DIMENSIONS } from "./dimensions.ts";

/** What may stand at a key; numbers are kept in units of 10^-places, at most `max` of them. */
export type ValueSpec =
  | { readonly type: "number"; readonly places: number; readonly max: number }
  /** A pair of limits; `removable` ones take `none`. */
  | { readonly type: "limit"; readonly places: number; readonly max: number; readonly removable: boolean }
  | { readonly type: "url" }
  | { readonly type: "agents" }
  | { readonly type: "mode" }
  /** A section of the seed that nothing here reads. */
  | { readonly type: "ignored" };

export type KeySpec = {
  readonly path: string;
  readonly value: ValueSpec;
  readonly env?: string;
  readonly about: string;
};

/** The deepest tree a kernel allows, whatever a file says. */
export const KERNEL_DEPTH_MAX = 32;
/** Completed ids that a loop detector remembers at most. */
const HEAP_SIZE_MAX = 10_000_000;
const SECONDS_MAX = Math.floor(AMOUNT_MAX / 1_000);

function count(max: number): ValueSpec {
  return { type: "number", places: 0, max };
}

function limit(max: number, places = 0, removable = false): ValueSpec {
  return { type: "limit", places, max, removable };
}

const SEED_KEYS: readonly KeySpec[] = [
  {
    path: "lifecycle.max_depth",
    value: count(AMOUNT_MAX),
    env: "EXEC_KERNEL_LIFECYCLE_MAX_DEPTH",
    about: "deepest new task that a LoopDetector lets pass",
  },
  {
    path: "lifecycle.max_heap_size",
    value: count(HEAP_SIZE_MAX),
    env: "EXEC_KERNEL_LIFECYCLE_MAX_HEAP_SIZE",
    about: "completed ids that a LoopDetector remembers",
  },
  {
    path: "budget.max_steps",
    value: count(AMOUNT_MAX),
    env: "EXEC_KERNEL_BUDGET_MAX_STEPS",
    about: "steps of one task",
  },
  {
    path: "budget.max_depth",
    value: count(AMOUNT_MAX),
    env: "EXEC_KERNEL_BUDGET_MAX_DEPTH",
    about: "depth that checkDepth lets pass",
  },
  {
    path: "budget.max_duration_seconds",
    value: count(SECONDS_MAX),
    env: "EXEC_KERNEL_BUDGET_MAX_DURATION_SECONDS",
    about: "running time of one task",
  },
  {
    path: "paperclip.api_url",
    value: { type: "url" },
    env: "EXEC_KERNEL_PAPERCLIP_API_URL",
    about: "where Paperclip's API answers",
  },
  { path: "memory_hooks", value: { type: "ignored" }, about: "accepted, and read by nothing" },
];

const LINEAGE_KEYS: readonly KeySpec[] = [
  { path: "lineage.depth", value: limit(KERNEL_DEPTH_MAX), about: "levels below the root" },
  { path: "lineage.children", value: limit(AMOUNT_MAX), about: "tasks ever made right under one task" },
  { path: "lineage.descendants", value: limit(AMOUNT_MAX), about: "tasks below one root" },
  {
    path: "lineage.templates_per_day",
    value: count(AMOUNT_MAX),
    about: "titles of one pattern that an agent may make in a day",
  },
  {
    path: "lineage.duplicate_window_seconds",
    value: { type: "number", places: 3, max: AMOUNT_MAX },
    about: "how long ended work still counts as a duplicate",
  },
  { path: "lineage.root_agents", value: { type: "agents" }, about: "agents that may make roots" },
];

const TASK_ABOUT: ReadonlyMap<string, string> = new Map([
  ["steps", "steps of one task"],
  ["duration_seconds", "time one task is worked on"],
  ["cost_usd", "dollars one task may cost"],
  ["tokens", "tokens one task may use"],
]);

/** The section whose keys may be names of the writer's own, and how the table writes such a key. */
export const OWN_NAMES_SECTION = "budget.task";
const OWN_NAME_PATH = "budget.task.NAME";

const BUDGET_KEYS: readonly KeySpec[] = [
  ...DIMENSIONS.map(({ file, places }) => ({
    path: `${OWN_NAMES_SECTION}.${file}`,
    value: limit(AMOUNT_MAX, places, true),
    about: TASK_ABOUT.get(file) ?? file,
  })),
  {
    path: OWN_NAME_PATH,
    value: limit(AMOUNT_MAX, 0, true),
    about: "any other amount that steps report under this name",
  },
  {
    path: "budget.hand_back_steps",
    value: count(AMOUNT_MAX),
    about: "steps granted beside the limit, to write the hand-back note",
  },
];

const RULE_KEYS: readonly KeySpec[] = RULES.map(({ name }) => ({
  path: `rules.${name}`,
  value: { type: "mode" },
  about: `the mode of the rule ${name}`,
}));

/** All keys, in the order of the page. */
export const KEYS: readonly KeySpec[] = [...SEED_KEYS, ...LINEAGE_KEYS, ...BUDGET_KEYS, ...RULE_KEYS];

const BY_PATH: ReadonlyMap<string, KeySpec> = new Map(KEYS.map((key) => [key.path, key]));

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

function childrenBySection(): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, Set<string>>();
  for (const { path } of KEYS) {
    for (let at = path === OWN_NAME_PATH ? OWN_NAMES_SECTION : path; at !== ""; at = parentOf(at)) {
      const section = parentOf(at);
      out.set(section, (out.get(section) ?? new Set()).add(at.slice(section === "" ? 0 : section.length + 1)));
    }
  }
  return new Map([...out].map(([section, names]) => [section, [...names]]));
}

const SECTIONS: ReadonlyMap<string, readonly string[]> = childrenBySection();

/** The key at this path, or undefined; names of the writer's own are not looked up here. */
export function keyAt(path: string): KeySpec | undefined {
  return path === OWN_NAME_PATH ? undefined : BY_PATH.get(path);
}

/** What stands at a name of the writer's own. */
export const OWN_NAME_VALUE: ValueSpec = limit(AMOUNT_MAX, 0, true);

/** The names that a section knows; undefined where the path is no section. The top level is "". */
export function sectionAt(path: string): readonly string[] | undefined {
  return SECTIONS.get(path);
}

/** A name under a section as one path. */
export function joinPath(section: string, name: string): string {
  return section === "" ? name : `${section}.${name}`;
}

/** Paths of keys that end in this name, wherever they stand. */
export function pathsEndingIn(name: string): readonly string[] {
  return KEYS.map(({ path }) => path).filter((path) => path.endsWith(`.${name}`));
}
