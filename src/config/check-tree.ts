// The walk over a file's tree: each key must be known where it stands, and its value is read.

import { checkClasses } from "./check-classes.ts";
import { checkLimits } from "./check-limits.ts";
import { DIMENSIONS, isOwnDimension, mistakenFor } from "./dimensions.ts";
import { addFault, newFindings } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { OWN_NAME_VALUE } from "./budget-keys.ts";
import { joinPath, keyAt, pathsEndingIn, sectionAt, takesOwnNames } from "./keys.ts";
import { shownKey } from "./quote.ts";
import { nearest } from "./suggest.ts";
import { isNothing } from "./tree.ts";
import type { Entry, Tree } from "./tree.ts";
import { readTable } from "./read-table.ts";
import type { KeySpec } from "./value-spec.ts";
import { readValue } from "./values.ts";
import { described } from "./words.ts";

/** Reads a whole tree; values with a fault are left out of the values found. */
export function checkTree(tree: Tree): Findings {
  const findings = newFindings();
  walk("", tree, findings);
  checkLimits(findings);
  checkClasses(findings);
  readTable(findings);
  return findings;
}

function walk(section: string, tree: Tree, findings: Findings): void {
  // A section whose keys are all commented out says nothing; so does an empty file.
  if (isNothing(tree)) return;
  if (tree.kind !== "mapping") {
    const where = section === "" ? "the top level" : section;
    return addFault(findings, tree.place, `${where}: expected a mapping of keys, found ${described(tree)}`);
  }
  for (const entry of tree.entries) walkEntry(section, entry, findings);
}

function walkEntry(section: string, entry: Entry, findings: Findings): void {
  const path = joinPath(section, entry.key);
  // The whole name is looked up under its section: a key with a dot in it is not a path.
  const known = sectionAt(section)?.includes(entry.key) === true;
  if (known && sectionAt(path) !== undefined) return walk(path, entry.value, findings);
  const key = known ? keyAt(path) : ownKey(section, path, entry, findings);
  if (key === undefined) addFault(findings, entry.place, unknownKey(section, entry.key));
  else readValue(key, { ...entry.value, place: isNothing(entry.value) ? entry.place : entry.value.place }, findings);
}

/** A dimension of the writer's own; a name near a known one is told, for it would limit something else. */
function ownKey(section: string, path: string, entry: Entry, findings: Findings): KeySpec | undefined {
  if (!takesOwnNames(section) || !isOwnDimension(entry.key)) return undefined;
  const near = nearest(
    entry.key,
    DIMENSIONS.map(({ file }) => file),
  );
  const said = `${path}: taken as a dimension of your own, not as ${near}`;
  if (near !== null) addFault(findings, entry.place, said, "warning");
  return { path, value: OWN_NAME_VALUE, about: "" };
}

function unknownKey(section: string, name: string): string {
  const here = sectionAt(section) ?? [];
  const elsewhere = pathsEndingIn(name);
  const mistaken = takesOwnNames(section) ? mistakenFor(name) : null;
  const meant = mistaken ?? nearest(name, here) ?? (elsewhere.length > 0 ? elsewhere.join(" or ") : null);
  const hint = meant === null ? `known here: ${here.join(", ")}` : `did you mean ${meant}?`;
  return `${joinPath(section, shownKey(name))}: unknown key (${hint})`;
}
