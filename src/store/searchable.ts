// Which rows can be searched by their words. A store keeps an index of these and of no others: every indexed row costs
// a few more writes.

/** Rows are searchable when their key starts with one of these; none is a prefix of another. */
export const SEARCHABLE_PREFIXES: readonly string[] = ["lesson/"];

/** True for a key, or a longer prefix of keys, under one of the searchable prefixes. */
export function isSearchable(key: string): boolean {
  return SEARCHABLE_PREFIXES.some((prefix) => key.startsWith(prefix));
}
