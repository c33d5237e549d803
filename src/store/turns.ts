// Turns: the writers of one process wait for each other in the order they came. A writer that would wait for itself is
// told so at once; it would otherwise wait for ever, with every other process locked out. A store that can write to
// several workspaces at once gives each a lane of its own.

import { AsyncLocalStorage } from "node:async_hooks";
import { StoreDefect } from "./fault.ts";

type Turn = { over: boolean };

export class Turns {
  readonly #inside = new AsyncLocalStorage<Turn>();
  /** Who waits in each lane that is taken. */
  readonly #waiting = new Map<string, (() => void)[]>();

  /** Runs `work` when all that came before in its lane are through. Throws StoreDefect from within a turn of any lane. */
  async run<T>(work: () => Promise<T>, lane = ""): Promise<T> {
    if (this.#inside.getStore()?.over === false)
      throw new StoreDefect("transact was called inside transact of the same store and would wait for itself");
    const waiting = this.#waiting.get(lane);
    if (waiting === undefined) this.#waiting.set(lane, []);
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const turn: Turn = { over: false };
    try {
      return await this.#inside.run(turn, work);
    } finally {
      turn.over = true;
      this.#passOn(lane);
    }
  }

  /** INVARIANT: the lane stays taken while the turn passes to one that waits, so that nobody slips in between. */
  #passOn(lane: string): void {
    const next = this.#waiting.get(lane)?.shift();
    if (next === undefined) this.#waiting.delete(lane);
    else next();
  }
}
