// How long opening waits. A command that starts while a fail-over goes on waits for its end, as one that is under way
// does; one whose hosts are all mistyped must not stand still for as long without a word.

import type { Patience } from "./patience.ts";
import { gaveUp, Lost } from "./sql-fault.ts";

/** Without an answer of any host it is most likely the name that is wrong. */
const UNANSWERED_MS = 10_000;

/** Nobody wonders before. */
const TELL_AFTER_MS = 3_000;

export type OpeningOptions = {
  readonly patience: Patience;
  /** How long to wait at most; 10 s at most where no host has answered. */
  readonly openingPatienceMs: number;
  /** Is told once, after some seconds, what is waited for. */
  readonly onWaiting: (told: string) => void;
  /** The store's URL without its password. */
  readonly where: string;
};

/** Does the work, and does it again while no host is a primary that can be reached. @throws StoreFault at the end. */
export async function openPatiently<T>(work: () => Promise<T>, options: OpeningOptions): Promise<T> {
  const { patience, openingPatienceMs, onWaiting, where } = options;
  const startedMs = patience.nowMs();
  let [limitMs, told] = [Math.min(UNANSWERED_MS, openingPatienceMs), false];
  const attempt = async (): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      if (error.answered) limitMs = openingPatienceMs;
      if (!told && patience.nowMs() - startedMs >= TELL_AFTER_MS) {
        told = true;
        onWaiting(`waiting for a primary at ${where} (${error.message})`);
      }
      throw error;
    }
  };
  return await patience.until(
    attempt,
    (error) => gaveUp(where, patience.nowMs() - startedMs)(error),
    () => limitMs,
  );
}
