// What becomes of a command when the disk is full: those that book what was spent or stop work are tried again in the room
// that the store keeps back; for all others the fault stands.

import type { Command } from "../../core/index.ts";
import type { Store } from "../../store/index.ts";
import { Batch } from "./batch.ts";
import { considerAny } from "./choose.ts";
import type { Reply } from "../kernel.ts";
import { RowCache } from "./row-cache.ts";
import { lastForm, takesLastRoom } from "./scarce.ts";
import { isReply, record, unrecorded } from "./submit.ts";
import type { Deciding } from "./submit.ts";

/** The command as it may land though the store said that it is full; null for every other fault and command. */
export function lastFormAfter(error: unknown, command: Command): Command | null {
  const isFull =
    error instanceof Error && error.name === "StoreFault" && "code" in error && error.code === "store.full";
  return isFull ? lastForm(command) : null;
}

/** Records such a command in the last room. @throws StoreFault `store.full` once that is used up. */
export function recordInLastRoom(store: Store, workspace: string, last: Command, deciding: Deciding): Promise<Reply> {
  return store.transact(
    workspace,
    async (session) => {
      const batch = await Batch.open(session, new RowCache());
      const considered = await considerAny(batch, last, deciding);
      if (!isReply(considered) && !takesLastRoom(considered.judged.decision)) return unrecorded(considered);
      const reply = record(batch, considered);
      await batch.write(session);
      return reply;
    },
    { lastRoom: last.kind === "human" ? "all" : "most" },
  );
}
