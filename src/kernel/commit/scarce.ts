// What may still land while the disk is full: booking what was spent, and stopping work. Everything else waits for room.
// Pure: who keeps the room back, and how much of it, is the store's.

import type { Command, RecordedDecision } from "../../core/index.ts";

const LANDS: ReadonlySet<Command["type"]> = new Set(["settle_step", "cancel_step", "release_task", "halt_scope"]);

/**
 * The command in the form in which it may land while the disk is full; null where it may not. A settlement lands without
 * the next step it asks for: that one would be new work.
 */
export function lastForm(command: Command): Command | null {
  if (!LANDS.has(command.type)) return null;
  if (command.type !== "settle_step" || command.body.next === null) return command;
  return { ...command, body: { ...command.body, next: null } };
}

/** Only grants take up the last room: a refusal is answered and not recorded, so that nobody can use it up by asking. */
export function takesLastRoom({ verdict }: RecordedDecision): boolean {
  return verdict === "granted";
}
