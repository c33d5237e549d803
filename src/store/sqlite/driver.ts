// Loads node:sqlite on first use and refuses versions of SQLite that can corrupt a file several processes share. Nothing
// of SQLite is loaded before a store is opened: most commands of a hook never need one.

import type { backup, DatabaseSync } from "node:sqlite";
import { StoreFault } from "../fault.ts";

// The first SQLite whose write-ahead log is safe with several connections.
const SQLITE_LEAST = "3.51.3";

/** What is used of node:sqlite. */
export type Driver = { readonly DatabaseSync: typeof DatabaseSync };

/** And for copying a file. */
type CopyingDriver = Driver & { readonly backup: typeof backup };

/** True when `version` is 3.51.3 or newer. */
export function isSafeVersion(version: string): boolean {
  const numbers = version.split(".").map(Number);
  const least = SQLITE_LEAST.split(".").map(Number);
  for (const [index, part] of least.entries()) {
    const difference = (numbers[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Throws store.sqlite_unsafe for an SQLite that must not open the file. */
export function checkVersion(path: string, version: string): void {
  if (isSafeVersion(version)) return;
  throw unsafe(
    path,
    `sqlite ${version} can corrupt a file that several processes use, ${SQLITE_LEAST} or newer is safe`,
  );
}

/** Runs `load` without SQLite's warning that it is experimental; every other warning passes. */
export function withoutWarning<T>(load: () => T): T {
  const own = Object.getOwnPropertyDescriptor(process, "emitWarning");
  process.emitWarning = new Proxy(process.emitWarning.bind(process), {
    apply: (target, self, given: unknown[]) => (isExperimental(given) ? undefined : Reflect.apply(target, self, given)),
  });
  try {
    return load();
  } finally {
    Reflect.deleteProperty(process, "emitWarning");
    if (own !== undefined) Object.defineProperty(process, "emitWarning", own);
  }
}

/** node:sqlite; a node without it is store.sqlite_unsafe. */
export function loadDriver(path: string): CopyingDriver {
  const driver: CopyingDriver | undefined = withoutWarning(() => process.getBuiltinModule("node:sqlite"));
  if (driver === undefined) throw unsafe(path, "this node has no sqlite");
  return driver;
}

function isExperimental([warning]: readonly unknown[]): boolean {
  return typeof warning === "string" && warning.startsWith("SQLite is an experimental feature");
}

function unsafe(path: string, cause: string): StoreFault {
  return new StoreFault(
    "store.sqlite_unsafe",
    path,
    `${path} was not opened: ${cause}. use node 24.21 or newer, this is ${process.version}`,
  );
}
