// The kinds of actor that a policy speaks of: those whose hand moves a task. A harness only writes down what it saw.

import type { ActorKind } from "../core/index.ts";

export const TABLE_KINDS: readonly ActorKind[] = ["agent", "human", "system"];

/** The kind of this name; null for any other value. */
export function kindNamed(name: unknown): ActorKind | null {
  return TABLE_KINDS.find((kind) => kind === name) ?? null;
}
