// The kernel over the PostgreSQL store, as the processes of the proof open it.

import { createKernel } from "../../src/kernel/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import type { Policy } from "../../src/core/index.ts";
import { openPostgresStore } from "../../src/store/index.ts";
import { HUMAN, WORKSPACE } from "./jobs.ts";

export type OpenKernel = { readonly kernel: Kernel; readonly close: () => Promise<void> };

/** The trial's workspace as its human; `create` makes the tables where there are none. */
export async function openKernel(url: string, policy: Policy, create = false): Promise<OpenKernel> {
  const store = await openPostgresStore({ url, create });
  const kernel = createKernel({
    store,
    workspace: WORKSPACE,
    actor: HUMAN,
    digestKey: "the key of a trial",
    readPolicy: () => policy,
    humanKey: "the human key of a trial",
  });
  return { kernel, close: () => store.close() };
}
