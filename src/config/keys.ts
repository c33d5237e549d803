// Look-ups in the table of keys: which keys a section has, what a path stands for.

import { LIMITS_SECTIONS } from "./budget-keys.ts";
import { KEYS } from "./key-table.ts";
import type { KeySpec, NumberSpec } from "./value-spec.ts";

const BY_PATH: ReadonlyMap<string, KeySpec> = new Map(
  KEYS.filter(({ own }) => own !== true).map((key) => [key.path, key]),
);

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

function childrenBySection(): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, Set<string>>();
  for (const { path, own } of KEYS) {
    for (let at = own === true ? parentOf(path) : path; at !== ""; at = parentOf(at)) {
      const section = parentOf(at);
      out.set(section, (out.get(section) ?? new Set()).add(at.slice(section === "" ? 0 : section.length + 1)));
    }
  }
  return new Map([...out].map(([section, names]) => [section, [...names]]));
}

const SECTIONS: ReadonlyMap<string, readonly string[]> = childrenBySection();
const OWN_NAMES: ReadonlySet<string> = new Set(LIMITS_SECTIONS.map(({ path }) => path));

/** The key at this path, or undefined; names of the writer's own are not looked up here. */
export function keyAt(path: string): KeySpec | undefined {
  return BY_PATH.get(path);
}

export type Bounds = Pick<NumberSpec, "min" | "max">;

/** The bounds of a number or a limit, in the policy's units. */
export function boundsOf(path: string): Bounds {
  const value = keyAt(path)?.value;
  return value?.type === "number" || value?.type === "limit" ? value : { min: 0, max: 0 };
}

/** The names that a section knows; undefined where the path is no section. The top level is "". */
export function sectionAt(path: string): readonly string[] | undefined {
  return SECTIONS.get(path);
}

/** Whether the section's keys may be names of the writer's own. */
export function takesOwnNames(section: string): boolean {
  return OWN_NAMES.has(section);
}

/** A name under a section as one path. */
export function joinPath(section: string, name: string): string {
  return section === "" ? name : `${section}.${name}`;
}

/** Paths of keys that end in this name, wherever they stand; of the same limit in many windows only the first. */
export function pathsEndingIn(name: string): readonly string[] {
  const paths = KEYS.map(({ path }) => path).filter((path) => path.endsWith(`.${name}`));
  return paths.filter((path) => !OWN_NAMES.has(parentOf(path)) || parentOf(path) === LIMITS_SECTIONS[0]?.path);
}
