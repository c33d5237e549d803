// The keys of a map in their order, for pages. New keys wait unsorted until a page is asked for: writing stays cheap.

import { compareKeys } from "../key-order.ts";

/** Both lists in one, in order; a key that was deleted and came back stands in both, and once in the result. */
function merge(left: readonly string[], right: readonly string[]): string[] {
  const merged: string[] = [];
  let index = 0;
  const take = (key: string): void => {
    if (merged.at(-1) !== key) merged.push(key);
  };
  for (const key of left) {
    for (let other = right[index]; other !== undefined && compareKeys(other, key) <= 0; other = right[index]) {
      take(other);
      index += 1;
    }
    take(key);
  }
  for (const other of right.slice(index)) take(other);
  return merged;
}

export class KeyIndex {
  #sorted: string[] = [];
  #added: string[] = [];

  add(key: string): void {
    this.#added.push(key);
  }

  /** The keys from `start` on, in order; among them may be some that `holds` no longer knows. */
  *from(start: string, holds: (key: string) => boolean): Generator<string> {
    if (this.#added.length > 0) {
      this.#sorted = merge(this.#sorted.filter(holds), this.#added.filter(holds).sort(compareKeys));
      this.#added = [];
    }
    for (let index = this.#place(start); index < this.#sorted.length; index += 1) {
      const key = this.#sorted[index];
      if (key !== undefined) yield key;
    }
  }

  /** Where `start` stands or would stand. */
  #place(start: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.#sorted[middle] ?? "", start) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
