// A resolved policy of unknown origin (a log, an API): the same bounds as a file's, so that what is adopted could also
// have been written.

import { AMOUNT_MAX, RULES } from "../core/index.ts";
import type { Limit, Limits, Mode, Policy } from "../core/index.ts";
import { canonicalPolicy } from "./canonical.ts";
import { DIMENSIONS, DIMENSIONS_MAX, isOwnDimension } from "./dimensions.ts";
import { KERNEL_DEPTH_MAX } from "./keys.ts";
import { nameProblem, NAMES_MAX } from "./names.ts";
import { readLifecycle } from "./parse-lifecycle.ts";
import { readCount, readEntries, readFields, readList, readOneOf, readText, refuse, unknownField } from "./plain.ts";
import type { Reader } from "./plain.ts";

const FIELDS = ["version", "lifecycle", "lineage", "budget", "modes"];
const LINEAGE_FIELDS = ["depth", "children", "descendants", "templatesPerDay", "duplicateWindowMs", "rootAgents"];

/** The policy with its keys in order and deeply frozen, or what is wrong with it in one line: path and problem. */
export function parsePolicy(value: unknown): Policy | string {
  const reader: Reader = { problem: null };
  const policy = readPolicy(reader, value);
  return reader.problem ?? canonicalPolicy(policy);
}

function readPolicy(reader: Reader, value: unknown): Policy {
  const fields = readFields(reader, value, "", FIELDS);
  const version = fields.get("version");
  if (version !== 1) refuse(reader, "version", "expected 1; a newer policy needs a newer exec-kernel");
  return {
    version: 1,
    lifecycle: readLifecycle(reader, fields.get("lifecycle"), "lifecycle"),
    lineage: readLineage(reader, fields.get("lineage"), "lineage"),
    budget: readBudget(reader, fields.get("budget"), "budget"),
    modes: readModes(reader, fields.get("modes"), "modes"),
  };
}

function readLineage(reader: Reader, value: unknown, path: string): Policy["lineage"] {
  const fields = readFields(reader, value, path, LINEAGE_FIELDS);
  const limit = (name: string, max: number): Limit => readLimit(reader, fields.get(name), `${path}.${name}`, max);
  const count = (name: string): number => readCount(reader, fields.get(name), `${path}.${name}`, AMOUNT_MAX);
  return {
    depth: limit("depth", KERNEL_DEPTH_MAX),
    children: limit("children", AMOUNT_MAX),
    descendants: limit("descendants", AMOUNT_MAX),
    templatesPerDay: count("templatesPerDay"),
    duplicateWindowMs: count("duplicateWindowMs"),
    rootAgents: readAgents(reader, fields.get("rootAgents"), `${path}.rootAgents`),
  };
}

function readLimit(reader: Reader, value: unknown, path: string, max: number): Limit {
  const fields = readFields(reader, value, path, ["soft", "hard"]);
  const hard = readCount(reader, fields.get("hard"), `${path}.hard`, max);
  const soft = fields.get("soft") === null ? null : readCount(reader, fields.get("soft"), `${path}.soft`, max);
  if (soft !== null && soft > hard) refuse(reader, path, `soft ${soft} is above hard ${hard}`);
  return { soft, hard };
}

function readAgents(reader: Reader, value: unknown, path: string): readonly string[] {
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
  const fields = readFields(reader, value, path, ["task", "handBackSteps"]);
  return {
    task: readLimits(reader, fields.get("task"), `${path}.task`),
    handBackSteps: readCount(reader, fields.get("handBackSteps"), `${path}.handBackSteps`, AMOUNT_MAX),
  };
}

function readLimits(reader: Reader, value: unknown, path: string): Limits {
  const entries = readEntries(reader, value, path);
  if (entries.size > DIMENSIONS_MAX)
    refuse(reader, path, `expected at most ${DIMENSIONS_MAX} dimensions, found ${entries.size}`);
  const known = DIMENSIONS.map(({ policy }) => policy);
  const out = new Map<string, Limit>();
  for (const [name, limit] of entries) {
    if (known.includes(name) || isOwnDimension(name))
      out.set(name, readLimit(reader, limit, `${path}.${name}`, AMOUNT_MAX));
    else refuse(reader, path, unknownField(name, known));
  }
  return Object.fromEntries(out);
}

function readModes(reader: Reader, value: unknown, path: string): Policy["modes"] {
  const rules = RULES.map(({ name }) => name);
  const out = new Map<string, Mode>();
  for (const [name, mode] of readEntries(reader, value, path)) {
    if (rules.includes(name)) out.set(name, readOneOf(reader, mode, `${path}.${name}`, ["enforce", "observe"]));
    else refuse(reader, path, unknownField(name, rules));
  }
  return Object.fromEntries(out);
}
