// Pieces of HTML. Whatever stands in a template's gaps is text from transcripts until it is such a piece itself: it is
// made harmless and escaped, and there is no other way in.

import { harmless } from "../show/plain.ts";

/** Text that is HTML already. */
export type Html = { readonly html: string };

type Gap = string | number | Html | readonly Html[];

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Foreign text for an element or a quoted attribute: one line that shows as what it is. */
export function escaped(text: string): string {
  return harmless(text).replace(/[&<>"']/g, (character) => ESCAPES.get(character) ?? "");
}

function inserted(gap: Gap): string {
  if (typeof gap === "string") return escaped(gap);
  if (typeof gap === "number") return String(gap);
  return "html" in gap ? gap.html : gap.map(({ html: one }) => one).join("");
}

/** The indentation of templates is for who reads the source. */
const INDENT = /\n\s+/g;

/** A template whose gaps are escaped. */
export function html(parts: TemplateStringsArray, ...gaps: readonly Gap[]): Html {
  const texts = parts.map((part, index) => part.replace(INDENT, "\n") + inserted(gaps[index] ?? NOTHING));
  return { html: texts.join("") };
}

export const NOTHING: Html = { html: "" };
