// Sending again. What was surely not done is sent again; what may have been done is first looked up, so that a lost
// answer neither loses nor doubles a write.

import { PaperclipError } from "./errors.ts";
import type { PaperclipErrorKind } from "./errors.ts";
import type { Settings } from "./settings.ts";

const FIRST_WAIT_MS = 200;
const WAIT_MAX_MS = 5_000;
/** A server that asks for more is not waited for: the caller is told, and has better things to do. */
const ASKED_WAIT_MAX_MS = 30_000;

/** No answer, or one that leaves open whether the write was done. */
const PASSING: ReadonlySet<PaperclipErrorKind> = new Set<PaperclipErrorKind>([
  "unreachable",
  "timeout",
  "broken_off",
  "server_error",
]);

export type Pace = Pick<Settings, "attemptsMax" | "clock" | "random">;

/** A write, and how to find out whether an earlier attempt did it after all. */
export type Write<T> = {
  readonly send: () => Promise<T>;
  /** What the write made, or null where it was not done; throws where it can no longer be done. */
  readonly find: () => Promise<T | null>;
};

/** True where the same request may end otherwise a little later. A 429 that names no time is a cap, not a pause. */
export function isPassing(error: unknown): error is PaperclipError {
  if (!(error instanceof PaperclipError)) return false;
  return PASSING.has(error.kind) || (error.kind === "rate_limited" && error.retryAfterMs !== null);
}

/** How long before the next attempt, in milliseconds; null where it is not worth it. Full jitter over a doubling wait. */
function waitBefore(attempt: number, error: PaperclipError, random: () => number): number | null {
  const asked = error.retryAfterMs ?? 0;
  if (asked > ASKED_WAIT_MAX_MS) return null;
  return Math.max(asked, Math.round(random() * Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** (attempt - 1))));
}

/** Sends until there is an answer, at most attemptsMax times; for requests that do no harm when sent twice. */
export async function sendSafely<T>(send: () => Promise<T>, pace: Pace): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!isPassing(error) || attempt >= pace.attemptsMax) throw error;
      const ms = waitBefore(attempt, error, pace.random);
      if (ms === null) throw error;
      await pace.clock.wait(ms);
    }
  }
}

/** Sends a write; after an attempt without an answer it looks first, and sends again only what was not done. */
export async function writeOnce<T>({ send, find }: Write<T>, pace: Pace): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!isPassing(error)) throw error;
      const ms = waitBefore(attempt, error, pace.random);
      if (ms === null) throw error;
      await pace.clock.wait(ms);
      const found = await lookedUp(find, pace, error);
      if (found !== null) return found;
      if (attempt >= pace.attemptsMax) throw error;
    }
  }
}

/** Where nothing can be looked up either, the caller hears of the write: what became of it is not known. */
async function lookedUp<T>(find: () => Promise<T | null>, pace: Pace, lost: PaperclipError): Promise<T | null> {
  try {
    return await sendSafely(find, pace);
  } catch (error) {
    throw isPassing(error) ? lost : error;
  }
}
