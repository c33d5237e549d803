// Kernels over the PostgreSQL store, as the processes of the proof open them.

import { createKernel } from "../../src/kernel/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { openPostgresStore } from "../../src/store/index.ts";
import { HUMAN, POLICY } from "./jobs.ts";

/** Two, so that commits of several workspaces are on their way in one statement when the primary is killed. */
const WORKSPACES = ["failover-1", "failover-2"] as const;

export type OpenKernels = {
  readonly kernels: readonly Kernel[];
  /** Of all tables with their indices. */
  readonly diskBytes: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** The workspaces of the trial, each as its human. */
export async function openKernels(url: string): Promise<OpenKernels> {
  const store = await openPostgresStore({ url });
  const kernels = WORKSPACES.map((workspace) =>
    createKernel({
      store,
      workspace,
      actor: HUMAN,
      digestKey: "the key of a trial",
      readPolicy: () => POLICY,
      humanKey: "the human key of a trial",
    }),
  );
  return { kernels, diskBytes: async () => (await store.facts()).diskBytes, close: () => store.close() };
}
