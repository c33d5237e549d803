// Waiting for a server to come back: a few tries a second, jittered so that many kernels do not come all at once.

import { setTimeout } from "node:timers/promises";
import { Conflict, Lost } from "./sql-fault.ts";

const FIRST_PAUSE_MS = 50;
const PAUSE_MS_MAX = 1_000;

type PatienceOptions = {
  readonly patienceMs: number;
  /** Jitter, in [0, 1). */
  readonly random: () => number;
  /** Milliseconds that only go forward. */
  readonly monotonicMs: () => number;
};

export class Patience {
  readonly patienceMs: number;
  readonly #options: PatienceOptions;

  constructor(options: PatienceOptions) {
    this.patienceMs = options.patienceMs;
    this.#options = options;
  }

  /** Milliseconds that only go forward. */
  nowMs(): number {
    return this.#options.monotonicMs();
  }

  /**
   * Tries again what ended in Lost or Conflict, until the patience is at its end: then throws what `gaveUp` makes.
   * `limitMs` is asked after each try where another patience is meant. A connection that fell silent took as long as the
   * patience is before that showed; it counts from there, once, or no other host would be tried.
   */
  async until<T>(
    attempt: () => Promise<T>,
    gaveUp: (error: Error) => Error,
    limitMs: () => number = () => this.patienceMs,
  ): Promise<T> {
    const { monotonicMs, random } = this.#options;
    let [startedMs, metSilence] = [monotonicMs(), false];
    for (let tries = 0; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Lost || error instanceof Conflict)) throw error;
        if (error instanceof Lost && error.silent && !metSilence) [startedMs, metSilence] = [monotonicMs(), true];
        const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** tries, PAUSE_MS_MAX) * (0.5 + random());
        if (monotonicMs() - startedMs + pauseMs > limitMs()) throw gaveUp(error);
        await setTimeout(pauseMs);
      }
    }
  }
}
