// A YAML document reduced to what the checks read: mappings, lists and scalars with their places. Aliases and merge
// keys are already followed, so one part may stand at several places of the tree.

import type { Place } from "./problem.ts";

/** `text` is the value of a text and the source of anything else. */
export type Scalar = {
  readonly kind: "scalar";
  readonly type: "text" | "number" | "boolean" | "nothing" | "other";
  readonly text: string;
  readonly place: Place;
};

export type Entry = { readonly key: string; readonly place: Place; readonly value: Tree };

export type Mapping = { readonly kind: "mapping"; readonly entries: readonly Entry[]; readonly place: Place };

export type List = { readonly kind: "list"; readonly items: readonly Tree[]; readonly place: Place };

export type Tree = Scalar | Mapping | List;

/** Whether nothing is written there: an empty value, `null` or `~`. */
export function isNothing(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.type === "nothing";
}

/** The text that is written there; null for anything else. */
export function textOf(tree: Tree): string | null {
  return tree.kind === "scalar" && tree.type === "text" ? tree.text : null;
}
