// The time by which commands show what is left and what is over: the one by which the kernel decides.

import type { Kernel } from "../kernel/index.ts";

/** Milliseconds since 1970: the wall clock, or the log's last event where that is later, for time in a log never goes back. */
export async function kernelTime(kernel: Kernel): Promise<number> {
  return Math.max(Date.now(), (await kernel.head()).at);
}
