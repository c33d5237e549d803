// Compares our clock with the server's: kernels on several machines write one log, and leases and budgets live by its
// times. A machine whose clock is wrong may read, and writes nothing.

import { StoreFault } from "../fault.ts";
import { integerAt } from "./columns.ts";
import type { Ask } from "./connection.ts";

const OFFSET_MS_MAX = 250;
const EVERY_MS = 60_000;
/** A clock that was wrong is looked at sooner: somebody may just be setting it. */
const EVERY_WRONG_MS = 5_000;
/** A clock that moved so far apart from time is looked at, at once. */
const JUMP_MS = 50;

const SERVER_TIME = { text: "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint" };

export class ClockCheck {
  readonly #ask: Ask;
  readonly #clock: () => number;
  readonly #monotonicMs: () => number;
  readonly #where: string;
  /** When it was looked last, by our clock and by one that nobody sets. */
  #checkedAt = -Infinity;
  #checkedMs = -Infinity;
  #offsetMs = 0;
  #doubtMs = 0;

  /** `clock`: milliseconds since 1970, the kernel's own; `monotonicMs`: milliseconds that only go forward. */
  constructor(ask: Ask, clock: () => number, monotonicMs: () => number, where: string) {
    this.#ask = ask;
    this.#clock = clock;
    this.#monotonicMs = monotonicMs;
    this.#where = where;
  }

  /** How far the server's clock is ahead of ours, in milliseconds, as last measured. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  get #isWrong(): boolean {
    return Math.abs(this.#offsetMs) - this.#doubtMs > OFFSET_MS_MAX;
  }

  /** Looks again where the last look is old; throws store.clock while our clock is too far from the server's. */
  async check(): Promise<void> {
    const ageMs = this.#monotonicMs() - this.#checkedMs;
    // A clock that was set since: it went another way than time did.
    const jumpedMs = Math.abs(this.#clock() - this.#checkedAt - ageMs);
    if (ageMs >= (this.#isWrong ? EVERY_WRONG_MS : EVERY_MS) || !(jumpedMs < JUMP_MS)) await this.look();
    if (!this.#isWrong) return;
    const way = this.#offsetMs > 0 ? "behind" : "ahead of";
    throw new StoreFault(
      "store.clock",
      this.#where,
      `this machine's clock is ${Math.abs(this.#offsetMs)} ms ${way} that of ${this.#where}, limit ${OFFSET_MS_MAX} ms: nothing is written until it is set (reads go on)`,
    );
  }

  /** Measures; half the way there and back is doubt. */
  async look(): Promise<void> {
    const before = this.#clock();
    const [columns] = await this.#ask(SERVER_TIME, []);
    const after = this.#clock();
    this.#doubtMs = Math.abs(after - before) / 2;
    this.#offsetMs = Math.round(integerAt(columns, 0) - (before + after) / 2);
    this.#checkedAt = after;
    this.#checkedMs = this.#monotonicMs();
  }
}
