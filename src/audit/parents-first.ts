// Tasks in the order they were made, parents before the children they were made with.

/** How a task is called and which task it lies below. */
type Named = { readonly id: string; readonly parent: string | undefined };

/**
 * Orders by time, keeps the given order among equals, but puts a parent that is no younger before its child. A cycle
 * comes in the order of its members' times.
 */
export function* parentsFirst<T extends object>(
  items: readonly T[],
  nameOf: (item: T) => Named,
  madeMsOf: (item: T) => number,
): Generator<T> {
  const sorted = items.toSorted((a, b) => madeMsOf(a) - madeMsOf(b));
  const byId = new Map(sorted.map((item) => [nameOf(item).id, item]));
  const done = new Set<T>();
  for (const item of sorted) {
    const line: T[] = [];
    for (let up: T | undefined = item; up !== undefined && !done.has(up);) {
      done.add(up);
      line.push(up);
      const parent: T | undefined = byId.get(nameOf(up).parent ?? "");
      up = parent !== undefined && madeMsOf(parent) <= madeMsOf(up) ? parent : undefined;
    }
    yield* line.toReversed();
  }
}
