// start_incarnation: said of a log that was restored from a backup. From here on fences are higher than any that was
// given in the time that the backup does not know of, and every lease of before is over.

import type { CommandSpec } from "../context.ts";

/** The beginning of 2026, UTC. */
const EPOCH_MS = 1_767_225_600_000;
const SLOT_MS = 1_000;

/**
 * Two restores of one backup know nothing of each other: the clock keeps their numbers apart, unless they are made within
 * one second. Numbers up to 2^33 fit into fences: for 272 years.
 */
function incarnationAfter(last: number, at: number): number {
  return Math.max(last + 1, Math.floor((at - EPOCH_MS) / SLOT_MS));
}

export const startIncarnation: CommandSpec<"start_incarnation"> = {
  keys: () => [],
  propose: ({ body }, { head, at }) => {
    const incarnation = incarnationAfter(head.incarnation, at);
    const { sequence } = body.restoredFrom;
    return {
      drafts: [{ type: "incarnation_started", body: { incarnation, restoredFrom: body.restoredFrom } }],
      code: "incarnation.started",
      numbers: { incarnation, sequence },
      result: { incarnation },
    };
  },
};
