// Asleep an agent creates and takes nothing. What an act would first read from Paperclip is not asked for before it is
// known whether the agent may act at all.

import { actorName } from "../core/index.ts";
import { IdleEnforcementError } from "./errors.ts";
import { isAsleep } from "./referee.ts";
import type { Referee } from "./referee.ts";
import type { Rest } from "./rest.ts";

type Sleeper = { readonly rest: Rest; readonly referee: Referee | null };

/**
 * Throws IdleEnforcementError where the agent sleeps; `what` says what is not done. Sends nothing to Paperclip. With a
 * kernel its rule is asked, by a trial that writes nothing: this object may know less than the kernel, or more.
 */
export async function needAwake(what: string, { rest, referee }: Sleeper): Promise<void> {
  if (referee !== null) {
    const decision = await isAsleep(referee);
    if (decision !== null)
      throw noticed(new IdleEnforcementError(`${decision.message}: ${what}`, decision), { rest, referee });
    rest.end();
  } else if (rest.isOn) {
    throw new IdleEnforcementError(`asleep for ${Math.ceil(rest.leftMs / 1_000)} s more: ${what}`, null);
  }
}

/** A kernel that says that this agent sleeps is believed; that another one does says nothing of this one. */
export function noticed(error: unknown, { rest, referee }: Sleeper): unknown {
  if (!(error instanceof IdleEnforcementError) || error.decision === null || referee === null) return error;
  const { agent, leftMs } = error.decision.numbers;
  if (agent === actorName("agent", referee.name)) rest.begin(typeof leftMs === "number" ? leftMs : Infinity);
  return error;
}
