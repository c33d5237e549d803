// What every act of one agent works with, and the two ways in which the kernel is brought into it.

import { adopt } from "./adoption.ts";
import { noticed } from "./awake.ts";
import { clientFor } from "./client.ts";
import type { Client } from "./client.ts";
import type { PaperclipIssue } from "./issue.ts";
import { isUnknownTask, refereeFor } from "./referee.ts";
import type { Referee } from "./referee.ts";
import { Rest } from "./rest.ts";
import { needed, settingsOf } from "./settings.ts";
import type { PaperclipOptions, Settings } from "./settings.ts";

export type Desk = {
  readonly settings: Settings;
  readonly client: Client;
  readonly referee: Referee | null;
  readonly rest: Rest;
};

/** Throws TypeError or RangeError on bad options. */
export function deskFor(options: PaperclipOptions): Desk {
  const settings = settingsOf(options);
  const { kernel, clock } = settings;
  const referee = kernel === null ? null : refereeFor(kernel, needed(settings, "agentId", "an adapter with a kernel"));
  return { settings, client: clientFor(settings), referee, rest: new Rest(clock.now) };
}

/** Does what the kernel is asked for; where the kernel does not know the issue, it is told of it and asked again. */
export async function asKnown<T>(
  issue: PaperclipIssue,
  desk: Desk,
  act: (referee: Referee) => Promise<T>,
): Promise<T | null> {
  const { referee, client } = desk;
  if (referee === null) return null;
  try {
    return await act(referee).catch(async (error: unknown) => {
      if (!isUnknownTask(error)) throw error;
      await adopt(issue, referee, client);
      return act(referee);
    });
  } catch (error) {
    throw noticed(error, desk);
  }
}
