// Kernels to compare with the model: over memory, over SQLite.

import type { Policy } from "../../src/core/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { openMemoryStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import { rowsOf } from "../support/rows.ts";
import type { Court } from "./duel.ts";
import { nameOf } from "./state.ts";

/** The kernel over a store, with its bench. */
export type KernelCourt = Court & { readonly bench: Bench };

export async function kernelOver(store: Store, policy: Policy): Promise<KernelCourt> {
  const made = await bench({ store, policy });
  const kernels = new Map<string, Kernel>();
  return {
    bench: made,
    rows: () => rowsOf(store),
    close: () => store.close(),
    answer: ({ clock, sent }) => {
      made.clock.now = clock;
      const name = nameOf(sent.actor);
      const kernel = kernels.get(name) ?? made.human.as(sent.actor);
      kernels.set(name, kernel);
      return kernel.submit(sent.request);
    },
  };
}

export function kernelInMemory(policy: Policy): Promise<KernelCourt> {
  return kernelOver(openMemoryStore(), policy);
}
