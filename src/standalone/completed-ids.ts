// The ids that were completed last, first in first out: completing one again neither refreshes nor doubles it.

/** Remembers up to `max` ids; with 0 or less, none. */
export class CompletedIds {
  readonly #max: number;
  readonly #known = new Set<string>();
  /** The same ids in order of first completion, a ring once it is full. */
  readonly #ring: string[] = [];
  #oldest = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#known.size;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  add(id: string): void {
    if (this.#max <= 0 || this.#known.has(id)) return;
    if (this.#ring.length < this.#max) this.#ring.push(id);
    else this.#replaceOldest(id);
    this.#known.add(id);
  }

  #replaceOldest(id: string): void {
    this.#known.delete(this.#ring[this.#oldest] ?? "");
    this.#ring[this.#oldest] = id;
    this.#oldest = (this.#oldest + 1) % this.#max;
  }
}
