// Digests for comparing in one process: no key is needed where nothing is written down.

import { hash } from "node:crypto";
import { DIGEST_LENGTH } from "../core/index.ts";

export function digest(text: string): string {
  return hash("sha256", text, "base64url").slice(0, DIGEST_LENGTH);
}
