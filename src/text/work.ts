// Work as text: when two descriptions are the same work, and when two titles are one template. Digests are made once at
// intake, so that the core only compares.

import { hash } from "node:crypto";

/** What a piece of work is called and says. */
export type Work = { readonly kind: string; readonly title: string; readonly text: string; readonly scope: string };

/** Hex digits kept of a digest that only compares: 128 bits. */
const SHORT = 32;

/** Signs that show nothing: joiners, selectors, fillers, tags, the empty braille cell, anchors of notes. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;

/** The text without the signs that nobody sees. */
export function visible(text: string): string {
  return text.replace(UNSEEN, "");
}

/** Case, width, white space and unseen signs do not make other work. Unseen ones go first: they keep letters apart. */
function normalised(text: string): string {
  return visible(text).normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** The text that is equal exactly for the same work: kind, title, text and scope. Another body or scope is other work. */
export function workText({ kind, title, text, scope }: Work): string {
  return JSON.stringify([normalised(kind), normalised(title), normalised(text), scope]);
}

/** Digest of what the work is. */
export function fingerprint(work: Work): string {
  return short(workText(work));
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gu;
const HEX = /\b(?=[0-9a-f]*\d)[0-9a-f]{6,}\b/gu;
const NUMBERED_ID = /\b[a-z]{1,8}-(?=[a-z0-9]*\d)[a-z0-9]+\b/gu;
const NUMBER = /\d+(?:[.,:]\d+)*/gu;

/** A title with numbers, dates and ids masked, so that "digest #2555" and "digest #2556" are one template. */
export function masked(title: string): string {
  return normalised(title).replace(UUID, "#").replace(HEX, "#").replace(NUMBERED_ID, "#").replace(NUMBER, "#");
}

/** Digest of a title's template. */
export function template(title: string): string {
  return short(masked(title));
}

function short(text: string): string {
  return hash("sha256", text, "hex").slice(0, SHORT);
}
