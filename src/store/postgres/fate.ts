// What became of a commit whose connection was lost before the answer came. The old statement may still be on its way to
// the server, or run there: so it is first shut out, then the log is looked at, where a look is final.
//
// Shutting out: every flush expects the epoch of the head that its work saw. Raising it waits for a statement that is
// just being carried out, and makes one that comes later fail. No right to end other connections is needed for it.

import { StoreFault } from "../fault.ts";
import type { Ask } from "./connection.ts";
import type { Entry } from "./flush.ts";
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
async function shutOut(ask: Ask, statements: Statements, workspace: string): Promise<void> {
  try {
    await ask(statements.fence, [workspace]);
  } catch (error) {
    if (error instanceof StoreFault && error.code === "store.busy") throw new Conflict(error.message, { cause: error });
    throw error;
  }
}

/** True when the entry's events are in the log. */
async function isWritten(ask: Ask, { reads, statements }: FateParts, entry: Entry): Promise<boolean> {
  const { workspace, known, append } = entry;
  await shutOut(ask, statements, workspace);
  if (append !== null) return (await reads.event(ask, workspace, append.next.sequence))?.hash === append.next.hash;
  // Counts alone leave no mark: rather one too few than one too many, as long as the work was done on the true head.
  return (await reads.head(ask, workspace)).head?.hash === known.head?.hash;
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

/** Whether each entry of a lost flush was written; store.io when no server tells in time. */
export async function fatesOf(parts: FateParts, entries: readonly Entry[]): Promise<boolean[]> {
  const { pool, patience, where } = parts;
  return await patience.until(
    async () =>
      await pool.with(async (connection) => {
        const ask: Ask = (question, values) => connection.ask(question, values);
        const written: boolean[] = [];
        for (const entry of entries) written.push(await isWritten(ask, parts, entry));
        return written;
      }),
    (error) => unknownFate(where, patience.patienceMs, error),
  );
}
