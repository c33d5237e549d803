// A resolved policy of unknown origin (a log, an API): the same bounds as a file's, so that what is adopted could also
// have been written.

import { AMOUNT_MAX, RULES } from "../core/index.ts";
import type { Limit, Limits, Mode, Policy, ScopeLimits } from "../core/index.ts";
import { kindNamed, TABLE_KINDS } from "./actor-kinds.ts";
import { canonicalPolicy } from "./canonical.ts";
import { classedTwice } from "./check-classes.ts";
import { DIMENSIONS, DIMENSIONS_MAX, isOwnDimension } from "./dimensions.ts";
import { boundsOf } from "./keys.ts";
import type { Bounds } from "./keys.ts";
import { nameProblem, NAMES_MAX } from "./names.ts";
import { readLifecycle, readNamed } from "./parse-lifecycle.ts";
import {
  plainWords,
  readCount,
  readEntries,
  readFields,
  readList,
  readOneOf,
  readText,
  refuse,
  unknownField,
} from "./plain.ts";
import type { Reader } from "./plain.ts";

const FIELDS = [
  "version",
  "lifecycle",
  "lineage",
  "admission",
  "budget",
  "steps",
  "lease",
  "escalation",
  "evidence",
  "modes",
];
const LINEAGE_FIELDS = [
  "depth",
  "children",
  "descendants",
  "liveAgents",
  "creations",
  "creationsWindowMs",
  "templatesPerDay",
  "duplicateWindowMs",
  "rootAgents",
  "causeHopsMax",
  "signaturesMax",
  "assignmentsMax",
  "entriesMax",
];
const SCOPE_FIELDS = ["task", "lineage", "agent", "workspace"];
const WINDOW_FIELDS = ["lifetime", "hour", "day", "month"];
const STEP_FIELDS = [
  "repeats",
  "errors",
  "rounds",
  "shortRounds",
  "variations",
  "stale",
  "failing",
  "messages",
  "pollMs",
  "slowPollMs",
  "polls",
  "mutate",
  "observe",
  "verify",
];
const ESCALATION_FIELDS = ["attemptsMax", "retriesMax", "backoffFirstMs", "backoffFactor", "backoffMaxMs", "lead"];

/** The policy with its keys in order and deeply frozen, or what is wrong with it in one line: path and problem. */
export function parsePolicy(value: unknown): Policy | string {
  const reader: Reader = { problem: null };
  const policy = readPolicy(reader, value);
  return reader.problem ?? canonicalPolicy(policy);
}

function readPolicy(reader: Reader, value: unknown): Policy {
  const version = readEntries(reader, value, "").get("version");
  // Before the fields: a policy of another version has other ones.
  if (version !== undefined && version !== 3) refuse(reader, "version", versionProblem(version));
  const fields = readFields(reader, value, "", FIELDS);
  return {
    version: 3,
    lifecycle: readLifecycle(reader, fields.get("lifecycle"), "lifecycle"),
    lineage: readLineage(reader, fields.get("lineage"), "lineage"),
    admission: readNamed(reader, fields.get("admission"), "admission", { named: kindNamed, all: TABLE_KINDS }),
    budget: readBudget(reader, fields.get("budget"), "budget"),
    steps: readSteps(reader, fields.get("steps"), "steps"),
    lease: readLease(reader, fields.get("lease"), "lease"),
    escalation: readEscalation(reader, fields.get("escalation"), "escalation"),
    evidence: readNames(reader, fields.get("evidence"), "evidence"),
    modes: readModes(reader, fields.get("modes"), "modes"),
  };
}

function versionProblem(version: unknown): string {
  return `expected 3, found ${plainWords(version)}; ${version === 1 || version === 2 ? "adopt its file again" : "a newer policy needs a newer exec-kernel"}`;
}

/** A number within the bounds that its key has in a file. */
type ReadNumber = (name: string, key: string) => number;

function numbersOf(reader: Reader, fields: ReadonlyMap<string, unknown>, path: string): ReadNumber {
  return (name, key) => {
    const { min, max } = boundsOf(`${path}.${key}`);
    return readCount(reader, fields.get(name), `${path}.${name}`, max, min);
  };
}

/** A pair within the bounds that its key has in a file. */
type ReadPair = (name: string, key: string) => Limit;

function pairsOf(reader: Reader, fields: ReadonlyMap<string, unknown>, path: string): ReadPair {
  return (name, key) => readLimit(reader, fields.get(name), `${path}.${name}`, boundsOf(`${path}.${key}`));
}

function readLineage(reader: Reader, value: unknown, path: string): Policy["lineage"] {
  const fields = readFields(reader, value, path, LINEAGE_FIELDS);
  const number = numbersOf(reader, fields, path);
  const limit = pairsOf(reader, fields, path);
  return {
    depth: limit("depth", "depth"),
    children: limit("children", "children"),
    descendants: limit("descendants", "descendants"),
    liveAgents: limit("liveAgents", "live_agents"),
    creations: limit("creations", "creations"),
    creationsWindowMs: number("creationsWindowMs", "creations_window_seconds"),
    templatesPerDay: number("templatesPerDay", "templates_per_day"),
    duplicateWindowMs: number("duplicateWindowMs", "duplicate_window_seconds"),
    rootAgents: readNames(reader, fields.get("rootAgents"), `${path}.rootAgents`),
    causeHopsMax: number("causeHopsMax", "cause_hops_max"),
    signaturesMax: number("signaturesMax", "signatures_max"),
    assignmentsMax: number("assignmentsMax", "assignments_max"),
    entriesMax: number("entriesMax", "entries_max"),
  };
}

function readLimit(reader: Reader, value: unknown, path: string, { min, max }: Bounds): Limit {
  const fields = readFields(reader, value, path, ["soft", "hard"]);
  const number = (name: string): number => readCount(reader, fields.get(name), `${path}.${name}`, max, min);
  const hard = number("hard");
  const soft = fields.get("soft") === null ? null : number("soft");
  if (soft !== null && soft > hard) refuse(reader, path, `soft ${soft} is above hard ${hard}`);
  return { soft, hard };
}

function readNames(reader: Reader, value: unknown, path: string): readonly string[] {
  const seen = new Set<string>();
  return readList(reader, value, path, NAMES_MAX, (item, at) => {
    const name = readText(reader, item, at);
    const problem = nameProblem(name, seen);
    if (problem !== null) refuse(reader, at, problem);
    seen.add(name);
    return name;
  });
}

function readBudget(reader: Reader, value: unknown, path: string): Policy["budget"] {
  const fields = readFields(reader, value, path, [...SCOPE_FIELDS, "handBackSteps", "reservationMs"]);
  const number = numbersOf(reader, fields, path);
  const scope = (name: string): ScopeLimits => readScope(reader, fields.get(name), `${path}.${name}`);
  return {
    task: scope("task"),
    lineage: scope("lineage"),
    agent: scope("agent"),
    workspace: scope("workspace"),
    handBackSteps: number("handBackSteps", "hand_back_steps"),
    reservationMs: number("reservationMs", "reservation_seconds"),
  };
}

function readScope(reader: Reader, value: unknown, path: string): ScopeLimits {
  const fields = readFields(reader, value, path, WINDOW_FIELDS);
  const limits = (name: string): Limits => readLimits(reader, fields.get(name), `${path}.${name}`);
  const scope = { lifetime: limits("lifetime"), hour: limits("hour"), day: limits("day"), month: limits("month") };
  const dimensions = new Set(Object.values(scope).flatMap((part) => Object.keys(part))).size;
  // One meter holds the amounts of a scope in all of its windows.
  if (dimensions > DIMENSIONS_MAX)
    refuse(reader, path, `expected at most ${DIMENSIONS_MAX} dimensions, found ${dimensions}`);
  return scope;
}

function readLimits(reader: Reader, value: unknown, path: string): Limits {
  const known = DIMENSIONS.map(({ policy }) => policy);
  const out = new Map<string, Limit>();
  for (const [name, limit] of readEntries(reader, value, path)) {
    if (known.includes(name) || isOwnDimension(name))
      out.set(name, readLimit(reader, limit, `${path}.${name}`, { min: 0, max: AMOUNT_MAX }));
    else refuse(reader, path, unknownField(name, known));
  }
  return Object.fromEntries(out);
}

function readSteps(reader: Reader, value: unknown, path: string): Policy["steps"] {
  const fields = readFields(reader, value, path, STEP_FIELDS);
  const limit = pairsOf(reader, fields, path);
  const number = numbersOf(reader, fields, path);
  const names = (name: string): readonly string[] => readNames(reader, fields.get(name), `${path}.${name}`);
  const steps = {
    repeats: limit("repeats", "repeats"),
    errors: limit("errors", "errors"),
    rounds: limit("rounds", "rounds"),
    shortRounds: limit("shortRounds", "short_rounds"),
    variations: limit("variations", "variations"),
    stale: limit("stale", "stale"),
    failing: limit("failing", "failing"),
    messages: limit("messages", "messages"),
    pollMs: number("pollMs", "poll_seconds"),
    slowPollMs: number("slowPollMs", "slow_poll_seconds"),
    polls: names("polls"),
    mutate: names("mutate"),
    observe: names("observe"),
    verify: names("verify"),
  };
  checkSteps(reader, steps, path);
  return steps;
}

function checkSteps(reader: Reader, steps: Policy["steps"], path: string): void {
  const { pollMs, slowPollMs } = steps;
  if (pollMs > slowPollMs) refuse(reader, path, `pollMs ${pollMs} is above slowPollMs ${slowPollMs}`);
  for (const { path: list, index, problem } of classedTwice(steps)) refuse(reader, `${list}.${index}`, problem);
}

function readLease(reader: Reader, value: unknown, path: string): Policy["lease"] {
  const fields = readFields(reader, value, path, ["ttlMs"]);
  return { ttlMs: numbersOf(reader, fields, path)("ttlMs", "ttl_seconds") };
}

function readEscalation(reader: Reader, value: unknown, path: string): Policy["escalation"] {
  const fields = readFields(reader, value, path, ESCALATION_FIELDS);
  const number = numbersOf(reader, fields, path);
  const escalation = {
    attemptsMax: number("attemptsMax", "attempts_max"),
    retriesMax: number("retriesMax", "retries_max"),
    backoffFirstMs: number("backoffFirstMs", "backoff_first_seconds"),
    backoffFactor: number("backoffFactor", "backoff_factor"),
    backoffMaxMs: number("backoffMaxMs", "backoff_max_seconds"),
    lead: fields.get("lead") === null ? null : readLead(reader, fields.get("lead"), `${path}.lead`),
  };
  const { attemptsMax, retriesMax, backoffFirstMs, backoffMaxMs } = escalation;
  if (retriesMax > attemptsMax) refuse(reader, path, `retriesMax ${retriesMax} is above attemptsMax ${attemptsMax}`);
  if (backoffFirstMs > backoffMaxMs)
    refuse(reader, path, `backoffFirstMs ${backoffFirstMs} is above backoffMaxMs ${backoffMaxMs}`);
  return escalation;
}

function readLead(reader: Reader, value: unknown, path: string): string {
  const name = readText(reader, value, path);
  const problem = name === "none" ? "none is no agent's name here: null means nobody" : nameProblem(name, new Set());
  if (problem !== null) refuse(reader, path, problem);
  return name;
}

function readModes(reader: Reader, value: unknown, path: string): Policy["modes"] {
  const rules = RULES.map(({ name }) => name);
  const out = new Map<string, Mode>();
  for (const [name, mode] of readEntries(reader, value, path)) {
    const rule = RULES.find((one) => one.name === name);
    if (rule === undefined) refuse(reader, path, unknownField(name, rules));
    else if (rule.fixed === true && mode === "observe") refuse(reader, `${path}.${name}`, "is always enforced");
    else out.set(name, readOneOf(reader, mode, `${path}.${name}`, ["enforce", "observe"]));
  }
  return Object.fromEntries(out);
}
