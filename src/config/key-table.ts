// Every key of a configuration file, in one table: its place, its value, the variable that overrides it, what it is
// for. The checks, the suggestions, the JSON Schema and the page docs/config.md all hang on this list.

import { AMOUNT_MAX, ASSIGNMENTS_MAX, FAILED_MAX, LINE_MAX, LIVE_MAX, RING_MAX, RULES } from "../core/index.ts";
import { BUDGET_KEYS } from "./budget-keys.ts";
import { SEED_KEYS } from "./seed-keys.ts";
import { STEP_KEYS } from "./step-keys.ts";
import { count, limit, seconds } from "./value-spec.ts";
import type { KeySpec, TablePart } from "./value-spec.ts";

/** The deepest tree a kernel allows, whatever a file says. */
export const KERNEL_DEPTH_MAX = 32;
/** How often something may be tried again; a larger number is not a limit any longer. */
const REPEATS_MAX = 1_000;
const AMOUNT_SECONDS_MAX = AMOUNT_MAX / 1_000;
const MONTH_SECONDS = 31 * 86_400;

const LINEAGE_KEYS: readonly KeySpec[] = [
  { path: "lineage.depth", value: limit(KERNEL_DEPTH_MAX), about: "levels below the root" },
  { path: "lineage.children", value: limit(AMOUNT_MAX), about: "tasks ever made right under one task" },
  { path: "lineage.descendants", value: limit(AMOUNT_MAX), about: "tasks below one root" },
  { path: "lineage.live_agents", value: limit(LIVE_MAX), about: "agents at work below one root at once" },
  {
    path: "lineage.creations",
    value: limit(RING_MAX),
    about: "tasks that one agent makes within the window",
  },
  {
    path: "lineage.creations_window_seconds",
    value: seconds(MONTH_SECONDS, 1),
    about: "the window of creations, a sliding one",
  },
  {
    path: "lineage.templates_per_day",
    value: count(AMOUNT_MAX),
    about: "titles of one pattern that an agent may make in a day",
  },
  {
    path: "lineage.duplicate_window_seconds",
    value: seconds(AMOUNT_SECONDS_MAX),
    about: "how long ended work still counts as a duplicate",
  },
  { path: "lineage.root_agents", value: { type: "names", what: "agent names" }, about: "agents that may make roots" },
  {
    path: "lineage.cause_hops_max",
    value: count(REPEATS_MAX),
    about: "creations and wakes in a row since a human or a timer acted",
  },
  {
    path: "lineage.signatures_max",
    value: count(LINE_MAX, 1),
    about: "times that one agent and kind of work stand in a line of ancestors",
  },
  {
    path: "lineage.assignments_max",
    value: count(ASSIGNMENTS_MAX, 1),
    about: "times that work is given to one agent without progress between",
  },
  {
    path: "lineage.entries_max",
    value: count(REPEATS_MAX, 1),
    about: "times that one state is entered without progress between",
  },
];

const ESCALATION_KEYS: readonly KeySpec[] = [
  {
    path: "escalation.attempts_max",
    value: count(FAILED_MAX, 1),
    about: "attempts of one task before it is parked for a human",
  },
  {
    path: "escalation.retries_max",
    value: count(REPEATS_MAX),
    about: "failed attempts that go back to anybody; later ones to another agent",
  },
  {
    path: "escalation.backoff_first_seconds",
    value: seconds(MONTH_SECONDS),
    about: "pause after the first failed attempt",
  },
  { path: "escalation.backoff_factor", value: count(100, 1), about: "how much longer each later pause is" },
  { path: "escalation.backoff_max_seconds", value: seconds(MONTH_SECONDS), about: "longest pause" },
  { path: "escalation.lead", value: { type: "agent" }, about: "agent that gets the last attempt" },
];

const OTHER_KEYS: readonly KeySpec[] = [
  {
    path: "lease.ttl_seconds",
    value: seconds(MONTH_SECONDS, 1),
    about: "how long a claim lives without a sign of life",
  },
  ...ESCALATION_KEYS,
  {
    path: "evidence",
    value: { type: "names", what: "command lines, review or link" },
    about: "what ended work must show: commands that ended with 0, review, link",
  },
];

function tableKey(name: string, part: TablePart, about: string): KeySpec {
  return { path: `lifecycle_table.${name}`, value: { type: "table", part }, about };
}

const TABLE_KEYS: readonly KeySpec[] = [
  tableKey("states", "names", "the states, in the order in which they are listed"),
  tableKey("initial", "states", "states in which a task may begin"),
  tableKey("working", "state", "the state that is entered by a claim and held"),
  tableKey("released", "state", "the state that is claimed from and that lost claims go back to"),
  tableKey("parked", "state", "the state in which work waits for a human"),
  tableKey("review", "state or none", "the state in which finished work waits for somebody else"),
  tableKey("completed", "state", "the terminal state of work that is done"),
  tableKey("terminal", "states", "states that end a task"),
  tableKey("edges", "edges", "which state may follow which, by whose hand"),
  tableKey("guards", "guards", "what a state demands of whoever enters it"),
];

const RULE_KEYS: readonly KeySpec[] = RULES.map(({ name, fixed = false }) => ({
  path: `rules.${name}`,
  value: { type: "mode", fixed },
  about: fixed ? `the rule ${name}: always enforced` : `the mode of the rule ${name}`,
}));

/** All keys, in the order of the page. */
export const KEYS: readonly KeySpec[] = [
  ...SEED_KEYS,
  ...LINEAGE_KEYS,
  { path: "admission", value: { type: "kinds" }, about: "who states, with a new task, what it is for" },
  ...BUDGET_KEYS,
  ...STEP_KEYS,
  ...OTHER_KEYS,
  ...TABLE_KEYS,
  ...RULE_KEYS,
];

/** What the sections are about; the seed's sections and those of the scopes' windows aside. */
export const SECTION_ABOUTS: ReadonlyMap<string, string> = new Map([
  ["lineage", "loops through the making of tasks"],
  ["budget", "what work may use"],
  ["budget.task", "one task, for its own work"],
  ["budget.lineage", "a root and all below it"],
  ["budget.agent", "one agent, whatever it works on"],
  ["budget.workspace", "all work together"],
  ["steps", "from where on steps are a loop"],
  ["lease", "how long claims live"],
  ["escalation", "what follows a failed attempt"],
  ["lifecycle_table", "a table of states of your own"],
  ["rules", "the modes of the rules"],
]);
