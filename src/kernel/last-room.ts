// A command in its transaction, and what becomes of it when the disk is full: those that book what was spent or stop work
// are tried again in the room that the store keeps back; for all others the fault stands.

import type { Command } from "../core/index.ts";
import type { Session, Store } from "../store/index.ts";
import type { Reply } from "./kernel.ts";
import { lastForm, takesLastRoom } from "./scarce.ts";
import { isReply, record, unrecorded } from "./submit.ts";
import type { Considered } from "./submit.ts";

type Consider = (session: Session, command: Command) => Promise<Considered>;

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "StoreFault" && "code" in error && error.code === "store.full";
}

/** Considers a command and records what came of it. @throws StoreFault `store.full` where it has to wait for room. */
export async function recordWhileRoom(
  store: Store,
  workspace: string,
  command: Command,
  consider: Consider,
): Promise<Reply> {
  try {
    return await store.transact(workspace, async (session) => record(session, await consider(session, command)));
  } catch (error) {
    const last = isFull(error) ? lastForm(command) : null;
    if (last === null) throw error;
    const work = async (session: Session): Promise<Reply> => {
      const considered = await consider(session, last);
      if (isReply(considered) || takesLastRoom(considered.judged.decision)) return record(session, considered);
      return unrecorded(considered);
    };
    return await store.transact(workspace, work, { lastRoom: true });
  }
}
