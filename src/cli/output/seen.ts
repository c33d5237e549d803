// What bears on a halt or a waking and the answer does not say: an agent that was never seen, claims that end.

import { parseScope } from "../../core/index.ts";
import type { HaltRow, TaskRow } from "../../core/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import { printable } from "../args/words.ts";
import { kernelTime } from "../kernel-time.ts";
import type { Beside } from "./report.ts";
import { plural } from "./text.ts";

/** A note where nobody of that name ever acted here: most likely a slip of the pen. */
export async function unseenNotes(kernel: Kernel, agent: string): Promise<readonly string[]> {
  const isSeen = (await kernel.agents()).some(({ actor }) => actor === `agent:${agent}`);
  return isSeen ? [] : [`${printable(agent)} was never seen here`];
}

/** Whether the claim stands: its time is not over, and nothing that it lies in was halted since. */
function isLive({ lease }: TaskRow, halts: readonly HaltRow[], now: number): boolean {
  if (lease === null || (lease.expiresAt !== null && lease.expiresAt <= now)) return false;
  const within = halts.filter(({ scope }) => lease.scopes.includes(scope));
  return within.reduce((sum, { epoch }) => sum + epoch, 0) === lease.epoch;
}

/** Tells a halt of an agent never seen, and how many claims it ends; of the whole workspace nothing is counted. */
export async function haltBeside(kernel: Kernel, scope: string): Promise<Beside> {
  const { kind, id } = parseScope(scope) ?? { kind: "workspace", id: "" };
  if (kind === "workspace") return { lines: [], fields: {} };
  const notes = kind === "agent" ? await unseenNotes(kernel, id) : [];
  const tasks = await kernel.tasks(kind === "agent" ? { agent: id } : {});
  const halts = await kernel.halts();
  const now = await kernelTime(kernel);
  const ended = tasks.filter((task) => task.lease?.scopes.includes(scope) === true && isLive(task, halts, now)).length;
  const lines = ended === 0 ? [] : [`${plural(ended, "claim")} of it ${ended === 1 ? "ends" : "end"} at once`];
  return { lines, fields: { claimsEnded: ended }, notes };
}
