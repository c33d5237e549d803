// Secrets in files: made once, for their owner alone, and whole from the first moment on.

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { putInPlace } from "../../system/index.ts";
import { KernelFault } from "../fault.ts";

/** A secret file's text; null where there is none or it may not be read. */
export function readSecret(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}

function write(path: string, text: string): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Where another maker's secret stands, or something that is none. */
function standing(path: string): string {
  const found = readFileSync(path, "utf8").trim();
  if (found !== "") return found;
  throw new KernelFault("key.empty", `${path} is empty and is no key: remove it, then try again`);
}

/**
 * The secret in a file of mode 0600, made anew where there is none. Of several makers at once one makes it, and all
 * of them get that one: it is never seen half written.
 * @throws KernelFault `key.empty`; what the system throws where the file cannot be made or read.
 */
export function ensureSecret(path: string): string {
  const found = readSecret(path);
  if (found !== null && found !== "") return found;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString("hex");
  const beside = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    write(beside, secret + "\n");
    return putInPlace(beside, path) ? secret : standing(path);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** True where others than the owner may read the file. */
export function isOpenToOthers(path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0;
}
