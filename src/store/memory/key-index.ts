// The keys of a map in their order, for pages. They lie in short sorted runs: a key is added, found and removed by a
// binary search over runs and one inside, so a queue of rows costs the same however long it is.

import { compareKeys } from "../key-order.ts";

const RUN_KEYS_MAX = 512;

/** The first place in a sorted list at which `reached` holds; the list's length when it holds nowhere. */
function firstPlace<T>(list: readonly T[], reached: (each: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const each = list[middle];
    if (each === undefined || reached(each)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export class KeyIndex {
  /** INVARIANT: each run is sorted and not empty, and every key of a run comes before every key of the next. */
  readonly #runs: string[][] = [];

  /** Adds a key that is not there. */
  add(key: string): void {
    // A key that comes after all others goes to the end of the last run.
    const place = Math.min(this.#runOf(key), Math.max(0, this.#runs.length - 1));
    const run = (this.#runs[place] ??= []);
    run.splice(this.#within(run, key), 0, key);
    if (run.length > RUN_KEYS_MAX) this.#runs.splice(place + 1, 0, run.splice(RUN_KEYS_MAX / 2));
  }

  /** Removes a key that is there. */
  remove(key: string): void {
    const place = this.#runOf(key);
    const run = this.#runs[place];
    if (run === undefined) return;
    run.splice(this.#within(run, key), 1);
    if (run.length === 0) this.#runs.splice(place, 1);
  }

  /** The keys from `start` on, in order. Nothing may be added or removed before the last is taken. */
  *from(start: string): Generator<string> {
    const place = this.#runOf(start);
    const run = this.#runs[place];
    if (run === undefined) return;
    for (let index = this.#within(run, start); index < run.length; index += 1) yield run[index] ?? "";
    for (const later of this.#runs.slice(place + 1)) yield* later;
  }

  /** The run that has `key` or would have it; one past the last when the key comes after all. */
  #runOf(key: string): number {
    return firstPlace(this.#runs, (run) => compareKeys(run.at(-1) ?? "", key) >= 0);
  }

  #within(run: readonly string[], key: string): number {
    return firstPlace(run, (held) => compareKeys(held, key) >= 0);
  }
}
