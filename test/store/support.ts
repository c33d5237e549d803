// What the tests of the stores share: seeds that are printed, temporary folders, gates.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";

/** Seed of every property of this process: SEED=... replays a run; fast-check prints it when a property fails. */
export const seed: number = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);

/** Texts that a store must give back exactly: any characters but NUL, no lone surrogates. */
export const anyText: fc.Arbitrary<string> = fc
  .string({ unit: "binary", maxLength: 40 })
  .map((text) => text.replaceAll("\0", "0"));

/** A promise and the function that resolves it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** A temporary folder and the function that removes it. */
export async function temporaryFolder(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "exec-kernel-store-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  return assert.fail("it did not reject with an error");
}
