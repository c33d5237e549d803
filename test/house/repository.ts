// The repository's own files, for the tests that hold its house rules.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The root of the repository, absolute. */
export const ROOT = join(import.meta.dirname, "../..");

// One suite has a package.json of its own.
const inNodeModules = ({ name }: { readonly name: string }): boolean => name === "node_modules";

/** The texts of all files that match, by their path from the root. */
export function readAll(patterns: readonly string[]): Map<string, string> {
  const paths = globSync([...patterns], { cwd: ROOT, withFileTypes: true, exclude: inNodeModules })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
}
