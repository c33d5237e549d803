// Searchable rows for the suite, and the short way to search them.

import type { Store, View } from "../../../src/store/index.ts";

type Texts = Readonly<Record<string, string>>;
type Row = { readonly key: string; readonly bytes: string };

/** Rows under lesson/ whose JSON holds these texts. */
export function lessons(texts: Texts): Row[] {
  return Object.entries(texts).map(([name, text]) => ({ key: `lesson/${name}`, bytes: JSON.stringify({ text }) }));
}

/** The names of the lessons that are found, in order. */
export async function found(view: View, query: string, prefix = "lesson/"): Promise<string[]> {
  return (await view.search(prefix, query, 100)).map(({ key }) => key.slice("lesson/".length));
}

export function find(store: Store, query: string, prefix?: string): Promise<string[]> {
  return store.read("w", (view) => found(view, query, prefix));
}

export const PLAIN: Texts = {
  1: "the build fails",
  2: "the test fails",
  3: "build and test and ship",
  4: "nothing here",
};
