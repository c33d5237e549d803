// A store that processes share, on a file or on a server, with a workspace in it, and the removal of both.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../../src/store/index.ts";
import { bench } from "./kernels.ts";
import type { Bench, BenchOptions } from "./kernels.ts";
import { dropSchema, freshUrl, openTestStore } from "./postgres.ts";

/** `path` is the file, or the URL. */
export type Shared = Bench & { readonly path: string; readonly remove: () => Promise<void> };

export async function sharedFile(options: BenchOptions = {}): Promise<Shared> {
  const folder = mkdtempSync(join(tmpdir(), "exec-kernel-processes-"));
  const path = join(folder, "w.db");
  const store = await openSqliteStore({ path, create: true });
  const world = await bench({ ...options, store });
  world.clock.now = Date.now();
  const remove = async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...world, path, remove };
}

export async function sharedServer(options: BenchOptions = {}): Promise<Shared> {
  const path = await freshUrl();
  const store = await openTestStore(path);
  const world = await bench({ ...options, store });
  world.clock.now = Date.now();
  const remove = async () => {
    await store.close();
    await dropSchema(path);
  };
  return { ...world, path, remove };
}
