// A resolved policy of unknown origin (a log, an API): the same bounds as a file's, so that what is adopted could also
// have been written.

import { AMOUNT_MAX, RULES } from "../core/index.ts";
import type { Limit, Limits, Mode, Policy, ScopeLimits } from "../core/index.ts";
import { kindNamed, TABLE_KINDS } from "./actor-kinds.ts";
import { canonicalPolicy } from "./canonical.ts";
import { DIMENSIONS, DIMENSIONS_MAX, isOwnDimension } from "./dimensions.ts";
import { boundsOf } from "./keys.ts";
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

const FIELDS = ["version", "lifecycle", "lineage", "admission", "budget", "lease", "escalation", "evidence", "modes"];
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
  if (version !== undefined && version !== 2) refuse(reader, "version", versionProblem(version));
  const fields = readFields(reader, value, "", FIELDS);
  return {
    version: 2,
    lifecycle: readLifecycle(reader, fields.get("lifecycle"), "lifecycle"),
    lineage: readLineage(reader, fields.get("lineage"), "lineage"),
    admission: readNamed(reader, fields.get("admission"), "admission", { named: kindNamed, all: TABLE_KINDS }),
    budget: readBudget(reader, fields.get("budget"), "budget"),
    lease: readLease(reader, fields.get("lease"), "lease"),
    escalation: readEscalation(reader, fields.get("escalation"), "escalation"),
    evidence: readNames(reader, fields.get("evidence"), "evidence"),
    modes: readModes(reader, fields.get("modes"), "modes"),
  };
}

function versionProblem(version: unknown): string {
  return `expected 2, found ${plainWords(version)}; ${version === 1 ? "adopt its file again" : "a newer policy needs a newer exec-kernel"}`;
}

/** A number within the bounds that its key has in a file. */
type ReadNumber = (name: string, key: string) => number;

function numbersOf(reader: Reader, fields: ReadonlyMap<string, unknown>, path: string): ReadNumber {
  return (name, key) => {
    const { min, max } = boundsOf(`${path}.${key}`);
    return readCount(reader, fields.get(name), `${path}.${name}`, max, min);
  };
}

function readLineage(reader: Reader, value: unknown, path: string): Policy["lineage"] {
  const fields = readFields(reader, value, path, LINEAGE_FIELDS);
  const number = numbersOf(reader, fields, path);
  const limit = (name: string, key: string): Limit =>
    readLimit(reader, fields.get(name), `${path}.${name}`, boundsOf(`${path}.${key}`).max);
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

function readLimit(reader: Reader, value: unknown, path: string, max: number): Limit {
  const fields = readFields(reader, value, path, ["soft", "hard"]);
  const hard = readCount(reader, fields.get("hard"), `${path}.hard`, max);
  const soft = fields.get("soft") === null ? null : readCount(reader, fields.get("soft"), `${path}.soft`, max);
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
      out.set(name, readLimit(reader, limit, `${path}.${name}`, AMOUNT_MAX));
    else refuse(reader, path, unknownField(name, known));
  }
  return Object.fromEntries(out);
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
