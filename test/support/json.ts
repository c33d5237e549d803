// JSON that a process printed, as objects whose fields are still to be looked at.

import assert from "node:assert/strict";

export type Json = { readonly [name: string]: unknown };

/** The one object in the text; fails where it is none. */
export function jsonOf(text: string): Json {
  const value: unknown = JSON.parse(text);
  assert.ok(typeof value === "object" && value !== null);
  return Object.fromEntries(Object.entries(value));
}

/** One object a line. */
export function jsonLines(text: string): readonly Json[] {
  return text === "" ? [] : text.split("\n").map(jsonOf);
}
