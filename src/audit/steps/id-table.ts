// Ids of steps and messages over all files: a session that was resumed or forked brings its past along, and nothing may
// be counted twice. Hashes in typed arrays, 8 or 16 bytes an id where a set of texts would take a hundred.

const FIRST_SLOTS = 1_024;
const LOAD_MAX = 0.6;

/** More ids than this are not remembered: memory stays bounded, and `isFull` says so. */
const IDS_MAX = 2_097_152;

/** A text as a whole number from 1 to 2^53: two of a million ids are mistaken once in some ten thousand audits. */
export function idKey(text: string): number {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 2_654_435_761);
    two = Math.imul(two ^ unit, 1_597_334_677);
  }
  const low = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909);
  const high = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  return 4_294_967_296 * (high & 0x1f_ffff) + (low >>> 0) + 1;
}

/** Keys with the largest amount that each was told with. */
export class IdTable {
  #keys: Float64Array = new Float64Array(FIRST_SLOTS);
  #amounts: Float64Array = new Float64Array(0);
  #size = 0;
  readonly #idsMax: number;

  constructor(idsMax: number = IDS_MAX) {
    this.#idsMax = idsMax;
  }

  get isFull(): boolean {
    return this.#size >= this.#idsMax;
  }

  has(key: number): boolean {
    return this.#keys[slotOf(this.#keys, key)] === key;
  }

  add(key: number): void {
    this.#slotFor(key);
  }

  /** Keeps the larger of this amount and the one that is known, and gives by how much it grew. */
  raise(key: number, amount: number): number {
    const slot = this.#slotFor(key);
    if (slot === null) return amount;
    if (this.#amounts.length === 0) this.#amounts = new Float64Array(this.#keys.length);
    const growth = Math.max(0, amount - (this.#amounts[slot] ?? 0));
    this.#amounts[slot] = (this.#amounts[slot] ?? 0) + growth;
    return growth;
  }

  /** The key's slot; null where there is no more room. */
  #slotFor(key: number): number | null {
    const slot = slotOf(this.#keys, key);
    if (this.#keys[slot] === key) return slot;
    if (this.isFull) return null;
    this.#keys[slot] = key;
    this.#size += 1;
    if (this.#size <= LOAD_MAX * this.#keys.length) return slot;
    this.#grow();
    return slotOf(this.#keys, key);
  }

  #grow(): void {
    const [keys, amounts] = [this.#keys, this.#amounts];
    this.#keys = new Float64Array(2 * keys.length);
    this.#amounts = new Float64Array(amounts.length === 0 ? 0 : 2 * keys.length);
    for (const [from, key] of keys.entries()) {
      if (key === 0) continue;
      const slot = slotOf(this.#keys, key);
      this.#keys[slot] = key;
      if (amounts.length > 0) this.#amounts[slot] = amounts[from] ?? 0;
    }
  }
}

/** The slot that holds the key, or the first free one on its way. */
function slotOf(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  let slot = key % keys.length;
  for (let held = keys[slot]; held !== 0 && held !== key; held = keys[slot]) slot = (slot + 1) & mask;
  return slot;
}
