// What became of a commit whose connection was lost before the answer came. The old statement may still be on its way to
// the server, or run there: so it is first shut out, then the log is looked at, where a look is final.
//
// Shutting out: every flush expects the epoch of the head that its work saw. Raising it waits for a statement that is
// just being carried out, and makes one that comes later fail. No right to end other connections is needed for it.

import { StoreFault } from "../fault.ts";
import { integerAt } from "./columns.ts";
import type { Ask } from "./connection.ts";
import type { Entry, Fate } from "./flush.ts";
import type { Patience } from "./patience.ts";
import type { Pool } from "./pool.ts";
import type { Reads } from "./reads.ts";
import { Conflict } from "./sql-fault.ts";
import type { Statements } from "./statements.ts";

export type FateParts = {
  readonly pool: Pool;
  readonly reads: Reads;
  readonly statements: Statements;
  readonly patience: Patience;
  readonly where: string;
};

/** Raises the epoch; a lock that the lost transaction still holds is waited for. */
async function shutOut(ask: Ask, statements: Statements, workspace: string): Promise<number> {
  try {
    return integerAt((await ask(statements.fence, [workspace]))[0], 0);
  } catch (error) {
    if (error instanceof StoreFault && error.code === "store.busy") throw new Conflict(error.message, { cause: error });
    throw error;
  }
}

async function fateOf(ask: Ask, { reads, statements }: FateParts, entry: Entry): Promise<Fate> {
  const { workspace, known, append } = entry;
  const epoch = await shutOut(ask, statements, workspace);
  // Counts alone leave no mark: rather one too few than one too many, as long as the work was done on the true head.
  const [found, wanted] =
    append === null
      ? [(await reads.head(ask, workspace)).head, known.head]
      : [await reads.event(ask, workspace, append.next.sequence), append.next];
  return found?.hash === wanted?.hash ? { epoch } : null;
}

function unknownFate(where: string, patienceMs: number, cause: Error): StoreFault {
  const told = `${where} was lost in the middle of a commit and did not come back for ${Math.round(patienceMs / 1_000)} s`;
  return new StoreFault(
    "store.io",
    where,
    `${told} (${cause.message}): whether it was written is not known. send the same command id again, nothing is done twice`,
    cause,
  );
}

/** What became of each entry of a lost flush; store.io when no server tells in time. */
export async function fatesOf(parts: FateParts, entries: readonly Entry[]): Promise<Fate[]> {
  const { pool, patience, where } = parts;
  const attempt = async (): Promise<Fate[]> =>
    await pool.with(async (connection) => {
      const ask: Ask = (question, values) => connection.ask(question, values);
      const fates: Fate[] = [];
      for (const entry of entries) fates.push(await fateOf(ask, parts, entry));
      return fates;
    });
  try {
    return await patience.until(attempt, (error) => error);
  } catch (error) {
    throw error instanceof Error ? unknownFate(where, patience.patienceMs, error) : error;
  }
}
