// The kernel's meters in the form that the checker compares.

import type { Kernel } from "../../src/kernel/index.ts";
import type { Used } from "./check.ts";

/** What every meter has used over its life. */
export async function usedIn(kernel: Kernel): Promise<Used> {
  const meters = await kernel.meters();
  return new Map(
    meters.map(({ scope, used }) => [
      scope,
      Object.fromEntries(Object.entries(used).map(([dimension, windows]) => [dimension, windows[0]])),
    ]),
  );
}
