// One value at one key: kept when its key takes it, a fault with both in words when not.

import type { ActorKind, Mode } from "../core/index.ts";
import { kindNamed, TABLE_KINDS } from "./actor-kinds.ts";
import { parseDecimal } from "./decimal.ts";
import { addFault } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { nameProblem, NAMES_MAX } from "./names.ts";
import { shownKey } from "./quote.ts";
import { nearest } from "./suggest.ts";
import { textOf } from "./tree.ts";
import type { List, Mapping, Tree } from "./tree.ts";
import type { KeySpec, LimitSpec, NumberSpec } from "./value-spec.ts";
import { described, unexpected } from "./words.ts";

/** Reads the value at a key into the findings. */
export function readValue(key: KeySpec, tree: Tree, findings: Findings): void {
  findings.places.set(key.path, tree.place);
  if (!isUnderstood(key, tree, findings)) addFault(findings, tree.place, unexpected(key.path, key.value, tree));
}

/** False when nothing was kept and nothing was said yet. */
function isUnderstood({ path, value: spec }: KeySpec, tree: Tree, findings: Findings): boolean {
  const { numbers, texts, modes } = findings.values;
  switch (spec.type) {
    case "number":
      return kept(numbers, path, numberOf(tree, spec));
    case "limit":
      return readLimit(path, spec, tree, findings);
    case "url":
      return kept(texts, path, urlOf(textOf(tree) ?? ""));
    case "names":
      return tree.kind === "list" && readNames(path, tree, findings);
    case "agent":
      return readAgent(path, tree, findings);
    case "kinds":
      return tree.kind === "list" && readKinds(path, tree, findings);
    case "mode":
      return kept(modes, path, modeOf(tree, spec.fixed));
    case "table":
      // A table's parts make sense only together: they are read when all of them are there.
      findings.parts.set(path, tree);
      return true;
    case "ignored":
      addFault(findings, tree.place, `${path}: nothing here reads this section`, "warning");
      return true;
  }
}

function kept<T>(into: Map<string, T>, path: string, value: T | null): boolean {
  if (value !== null) into.set(path, value);
  return value !== null;
}

function numberOf(tree: Tree, { places, min, max }: Omit<NumberSpec, "type">): number | null {
  return tree.kind === "scalar" && tree.type === "number" ? parseDecimal(tree.text, places, max, min) : null;
}

/** The address as written, or null unless it is an absolute http or https one. */
export function urlOf(text: string): string | null {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? text : null;
}

function isText(tree: Tree, text: string): boolean {
  return textOf(tree) === text;
}

function modeOf(tree: Tree, fixed: boolean): Mode | null {
  if (isText(tree, "enforce")) return "enforce";
  return isText(tree, "observe") && !fixed ? "observe" : null;
}

function readAgent(path: string, tree: Tree, findings: Findings): boolean {
  const name = textOf(tree);
  if (name === null) return false;
  const problem = nameProblem(name, new Set());
  if (problem !== null) addFault(findings, tree.place, `${path}: ${problem}`);
  findings.values.texts.set(path, name);
  return true;
}

function readLimit(path: string, spec: LimitSpec, tree: Tree, findings: Findings): boolean {
  const { limits } = findings.values;
  if (tree.kind === "mapping") return readPair(path, spec, tree, findings);
  if (spec.removable && isText(tree, "none")) return kept(limits, path, "none");
  const hard = numberOf(tree, spec);
  return hard !== null && kept(limits, path, { soft: "none", hard });
}

function readPair(path: string, spec: LimitSpec, tree: Mapping, findings: Findings): boolean {
  const pair: { soft: number | "none" | null; hard: number | null } = { soft: null, hard: null };
  const wanted: NumberSpec = { type: "number", places: spec.places, min: spec.min, max: spec.max };
  for (const { key, place, value } of tree.entries) {
    const at = `${path}.${shownKey(key)}`;
    if (key !== "soft" && key !== "hard") {
      const near = nearest(key, ["soft", "hard"]);
      addFault(
        findings,
        place,
        `${at}: unknown key (${near === null ? "known here: soft, hard" : `did you mean ${near}?`})`,
      );
      continue;
    }
    findings.places.set(at, value.place);
    const amount = numberOf(value, wanted);
    if (key === "hard") pair.hard = amount;
    else pair.soft = isText(value, "none") ? "none" : amount;
    if (pair[key] === null) addFault(findings, value.place, unexpected(at, wanted, value));
  }
  if (tree.entries.length === 0) return false;
  findings.values.limits.set(path, pair);
  return true;
}

function readNames(path: string, tree: List, findings: Findings): boolean {
  const names = new Set<string>();
  if (tree.items.length > NAMES_MAX)
    addFault(findings, tree.place, `${path}: expected at most ${NAMES_MAX} names, found ${tree.items.length}`);
  for (const item of tree.items.slice(0, NAMES_MAX)) {
    const name = textOf(item);
    const problem = name === null ? `expected a name, found ${described(item)}` : nameProblem(name, names);
    if (problem !== null) addFault(findings, item.place, `${path}: ${problem}`);
    if (name === null || names.has(name)) continue;
    findings.places.set(`${path}.${names.size}`, item.place);
    names.add(name);
  }
  findings.values.names.set(path, [...names]);
  return true;
}

function readKinds(path: string, tree: List, findings: Findings): boolean {
  const kinds: ActorKind[] = [];
  // One more than there are kinds must hold a fault.
  for (const item of tree.items.slice(0, TABLE_KINDS.length + 1)) {
    const kind = kindNamed(textOf(item));
    const among = TABLE_KINDS.join(", ");
    if (kind === null) addFault(findings, item.place, `${path}: expected one of ${among}, found ${described(item)}`);
    else if (kinds.includes(kind)) addFault(findings, item.place, `${path}: ${kind} stands there twice`);
    else kinds.push(kind);
  }
  findings.values.kinds.set(path, kinds);
  return true;
}
