// A kernel over a SQLite file, as a program has it, so that two processes can share one.

import { randomUUID } from "node:crypto";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import type { Actor } from "../../src/core/index.ts";
import { createKernel, initWorkspace } from "../../src/kernel/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";

const OWNER: Actor = { kind: "human", id: "owner", proven: true };

export type Workspace = { readonly kernel: Kernel; readonly close: () => Promise<void> };

/** The workspace in that file, made where it is not there. */
export async function openWorkspace(path: string, create: boolean): Promise<Workspace> {
  const store = await openSqliteStore({ path, create });
  const kernel = createKernel({
    store,
    workspace: "paperclip",
    actor: OWNER,
    clock: () => Date.now(),
    newCommandId: () => randomUUID(),
    digestKey: "contract",
    readPolicy: () => DAY_ONE_POLICY,
    humanKey: "contract",
  });
  if (create) await initWorkspace(kernel, DAY_ONE_POLICY, "# day one");
  return { kernel, close: () => store.close() };
}
