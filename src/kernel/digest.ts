// Digests made once at intake beside those of the work itself: keyed digests of calls and results, and the digest of a
// whole command.

import { hash } from "node:crypto";
import { DIGEST_LENGTH } from "../core/index.ts";

/** Hex digits kept of a digest that only compares: 128 bits. */
const SHORT = 32;

function short(text: string): string {
  return hash("sha256", text, "hex").slice(0, SHORT);
}

/**
 * Digest of a call or result under the workspace's key, so that a log does not tell guesses apart. Only a part of the
 * hash is kept, so nobody can go on from it, which is what the second pass of an HMAC is for: that costs five times as much.
 */
export function keyed(key: string, text: string): string {
  return hash("sha256", `${key}\0${text}`, "base64url").slice(0, DIGEST_LENGTH);
}

/** Digest of a command's type and body, for telling a repeat from another command under the same id. */
export function commandDigest(type: string, body: unknown): string {
  return short(JSON.stringify([type, body]));
}

export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}
