// What `validate` prints of a move, apart from its flags and its decision: the hot half says it without loading those.

import { InvalidTransitionError, validateTransition } from "../../standalone/index.ts";
import type { TaskState } from "../../standalone/index.ts";

/** `legal` lists the moves from there where this one is refused, and is null where it is legal. */
export type MoveLine = {
  readonly prefix: "VALID: " | "INVALID: ";
  readonly message: string;
  readonly legal: readonly string[] | null;
};

/** Judges one move of an agent by the table. */
export function moveLine(from: TaskState, to: TaskState): MoveLine {
  try {
    return { prefix: "VALID: ", message: validateTransition(from, to), legal: null };
  } catch (error) {
    if (!(error instanceof InvalidTransitionError)) throw error;
    return { prefix: "INVALID: ", message: error.reason, legal: error.legal };
  }
}
