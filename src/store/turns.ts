// Turns: the writers of one process wait for each other in the order they came. A writer that would wait for itself is
// told so at once; it would otherwise wait for ever, with every other process locked out.

import { AsyncLocalStorage } from "node:async_hooks";
import { StoreDefect } from "./fault.ts";

type Turn = { over: boolean };

export class Turns {
  readonly #inside = new AsyncLocalStorage<Turn>();
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  /** Runs `work` when all that came before are through. Throws StoreDefect when called from within a turn. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside.getStore()?.over === false)
      throw new StoreDefect("transact was called inside transact of the same store and would wait for itself");
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    const turn: Turn = { over: false };
    try {
      return await this.#inside.run(turn, work);
    } finally {
      turn.over = true;
      this.#passOn();
    }
  }

  /** INVARIANT: `#taken` stays true while the turn passes to one that waits, so that nobody slips in between. */
  #passOn(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next();
  }
}
