// Files told apart in few columns: a repository's snapshot goes by the repository, and what all paths begin with is
// left out.

/** Where beads keeps a repository's issues. */
const IN_REPOSITORY = /(?<=[^/])\/\.beads\/[^/]+$/;

/** A short name for every path, such as `one` and `two` for work/one/.beads/issues.jsonl and work/two/.beads/issues.jsonl. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const all = paths.map((path) => path.replace(IN_REPOSITORY, "").split("/"));
  const least = Math.min(...all.map((parts) => parts.length));
  let same = 0;
  while (same < least - 1 && all.every((parts) => parts[same] === all[0]?.[same])) same += 1;
  return new Map(paths.map((path, index) => [path, (all[index] ?? [path]).slice(same).join("/")]));
}
