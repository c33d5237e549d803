// What makes a restored log safe to go on with: it says so itself, in one event.

import type { Kernel, Reply } from "./kernel.ts";

/** Starts a new incarnation of the workspace: fences are higher from here on, and every lease of before is over. */
export async function startIncarnation(kernel: Kernel): Promise<Reply> {
  const { sequence } = await kernel.head();
  const [last] = await kernel.events(Math.max(0, sequence - 1), 1);
  const restoredFrom = { sequence, hash: last?.hash ?? "" };
  return kernel.submit({ type: "start_incarnation", body: { restoredFrom } });
}
