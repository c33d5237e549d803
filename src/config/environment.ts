// EXEC_KERNEL_* variables: the ones that stand for a key, the ones that others read, and the ones that look like a
// slip of the pen.

import { KEYS } from "./key-table.ts";
import { parseDecimal } from "./decimal.ts";
import type { Values } from "./findings.ts";
import type { Problem } from "./problem.ts";
import { nearest } from "./suggest.ts";
import type { KeySpec } from "./value-spec.ts";
import { urlOf } from "./values.ts";
import { unexpected } from "./words.ts";

/** Variables by name, as process.env has them. */
export type Environment = { readonly [name: string]: string | undefined };

/** Names the file to read, as an explicit path would. */
export const CONFIG_VARIABLE = "EXEC_KERNEL_CONFIG";
/** The seed's variable: it stands below the file, unlike ours. */
const SEED_URL_VARIABLE = "PAPERCLIP_API_URL";

const URL_PATH = "paperclip.api_url";
const PREFIX = "EXEC_KERNEL_";
const TEST_PREFIX = "EXEC_KERNEL_TEST_";

/** Variables with our prefix that are read elsewhere. */
const OTHER_VARIABLES: readonly string[] = [
  CONFIG_VARIABLE,
  "EXEC_KERNEL_AGENT",
  "EXEC_KERNEL_WORKSPACE",
  "EXEC_KERNEL_STORE",
  "EXEC_KERNEL_POLICY",
  "EXEC_KERNEL_HOME",
  "EXEC_KERNEL_RUN",
  "EXEC_KERNEL_FENCE",
  "EXEC_KERNEL_DATA",
  "EXEC_KERNEL_DEBUG",
  "EXEC_KERNEL_HISTORY",
  "EXEC_KERNEL_OLD_NODE",
];

const KNOWN: readonly string[] = [...KEYS.flatMap(({ env }) => env ?? []), ...OTHER_VARIABLES];

/** Puts what the environment says over what the file said, and returns what is wrong with it. */
export function applyEnvironment(env: Environment, values: Values): readonly Problem[] {
  const problems: Problem[] = [];
  for (const key of KEYS) if (key.env !== undefined) override(key.env, key, env, values, problems);
  const url = KEYS.find(({ path }) => path === URL_PATH);
  if (url !== undefined && !values.texts.has(URL_PATH)) override(SEED_URL_VARIABLE, url, env, values, problems);
  return problems;
}

function override(name: string, key: KeySpec, env: Environment, values: Values, problems: Problem[]): void {
  const text = env[name];
  // An empty variable says nothing: that is how CI systems write "unset".
  if (text === undefined || text === "") return;
  if (!isKept(key, text, values)) problems.push(problemOf(name, unexpectedText(key, text)));
}

function isKept({ path, value: spec }: KeySpec, text: string, values: Values): boolean {
  if (spec.type === "number") return kept(values.numbers, path, parseDecimal(text, spec.places, spec.max, spec.min));
  return spec.type === "url" && kept(values.texts, path, urlOf(text));
}

function kept<T>(into: Map<string, T>, path: string, value: T | null): boolean {
  if (value !== null) into.set(path, value);
  return value !== null;
}

function unexpectedText(key: KeySpec, text: string): string {
  const type = /^[-+]?[0-9]/.test(text) ? "number" : "text";
  return unexpected(key.path, key.value, { kind: "scalar", type, text, place: { line: 0, column: 0 } });
}

function problemOf(name: string, message: string, severity: Problem["severity"] = "error"): Problem {
  return { file: name, line: 0, column: 0, message, severity };
}

/** Whether something of ours reads a variable of this name. */
export function isKnownVariable(name: string): boolean {
  return KNOWN.includes(name) || name.startsWith(TEST_PREFIX);
}

/** A warning for each EXEC_KERNEL_* variable that nothing reads; foreign ones are no error. */
export function unknownVariables(env: Environment): readonly Problem[] {
  const names = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !isKnownVariable(name));
  return names.toSorted().map((name) => {
    const near = nearest(name, KNOWN);
    return problemOf(name, `nothing reads this variable${near === null ? "" : `; did you mean ${near}?`}`, "warning");
  });
}
