// A list of amounts at eight bytes each, for as many as there are histories.

const FIRST_LENGTH = 256;

export class Amounts64 {
  #values: Float64Array = new Float64Array(FIRST_LENGTH);
  length = 0;

  push(amount: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length] = amount;
    this.length += 1;
  }

  /** The smallest of the amounts that at least this share of them do not pass; 0 of none. */
  quantile(share: number): number {
    const sorted = this.#values.slice(0, this.length).sort();
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  }
}
