// The write lock of one process among many. The one that has just let go would win it again over all that sleep, hundreds
// of times in a row; a short row is good (its pages stay cached), a long one starves the others.

import { pause, whenFree, type Patience } from "./patience.ts";

/** Others are thought to be about for so long after this process had to wait for one. */
const LATELY_MS = 200;
/** A row of commits as long as this is enough, when others are about. */
const ROW_MS = 2;
/** Then the lock is left alone for once to twice this time. */
const GIVE_WAY_MS = 0.5;

export class WriteLock {
  readonly #path: string;
  readonly #patience: Patience;
  #waitedMs = -Infinity;
  #rowStartedMs = -Infinity;

  constructor(path: string, patience: Patience) {
    this.#path = path;
    this.#patience = patience;
  }

  /** Tries `attempt`, which takes the lock, until it is not busy, as `whenFree`; gives way first where that is due. */
  async take<T>(attempt: () => T): Promise<T> {
    const nowMs = performance.now();
    if (nowMs - this.#waitedMs < LATELY_MS && nowMs - this.#rowStartedMs > ROW_MS) {
      await pause(GIVE_WAY_MS * (1 + this.#patience.random()));
      this.#rowStartedMs = performance.now();
    }
    let tries = 0;
    const taken = await whenFree(this.#path, this.#patience, () => {
      tries += 1;
      return attempt();
    });
    if (tries > 1) this.#waitedMs = this.#rowStartedMs = performance.now();
    return taken;
  }
}
