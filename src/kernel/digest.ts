// Digests made once at intake, so that the core only compares: fingerprints of work, templates of titles, keyed digests
// of calls and results, and the digest of a whole command.

import { createHmac, hash } from "node:crypto";

/** Hex digits kept of a digest that only compares: 128 bits. */
const SHORT = 32;

function short(text: string): string {
  return hash("sha256", text, "hex").slice(0, SHORT);
}

/** Case, width and white space do not make other work. */
function normalised(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

/** Digest of what the work is: kind, title, text and scope. Another body or scope is other work. */
export function fingerprint(work: {
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly scope: string;
}): string {
  const { kind, title, text, scope } = work;
  return short(JSON.stringify([normalised(kind), normalised(title), normalised(text), scope]));
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gu;
const HEX = /\b(?=[0-9a-f]*\d)[0-9a-f]{6,}\b/gu;
const NUMBERED_ID = /\b[a-z]{1,8}-(?=[a-z0-9]*\d)[a-z0-9]+\b/gu;
const NUMBER = /\d+(?:[.,:]\d+)*/gu;

/** A title with numbers, dates and ids masked, so that "digest #2555" and "digest #2556" are one template. */
export function masked(title: string): string {
  return normalised(title).replace(UUID, "#").replace(HEX, "#").replace(NUMBERED_ID, "#").replace(NUMBER, "#");
}

export function template(title: string): string {
  return short(masked(title));
}

/** Digest of a call or result under the workspace's key, so that a log does not tell guesses apart. */
export function keyed(key: string, text: string | undefined): string | null {
  return text === undefined ? null : createHmac("sha256", key).update(text).digest("hex").slice(0, SHORT);
}

/** Digest of a command's type and body, for telling a repeat from another command under the same id. */
export function commandDigest(type: string, body: unknown): string {
  return short(JSON.stringify([type, body]));
}

export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}
