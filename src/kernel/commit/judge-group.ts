// Judges commands one after the other over one batch, as if each had come alone.

import { actorName, commandKey, Defect } from "../../core/index.ts";
import type { Command } from "../../core/index.ts";
import type { Batch } from "./batch.ts";
import { considerAny, sweepBefore } from "./choose.ts";
import { KernelFault } from "../fault.ts";
import type { Reply } from "../kernel.ts";
import { loadHead, loadTogether } from "./load.ts";
import { record, timeAfter } from "./submit.ts";
import type { Deciding } from "./submit.ts";

/** An answer, or what is wrong with this command alone. */
export type Outcome = { readonly reply: Reply } | { readonly fault: unknown };

export type Judging = Deciding & {
  /** Makes a timer's command. */
  readonly sweep: () => Command;
  /** Reads for all commands at once: worth the second look where each question crosses a network. */
  readonly readsTogether: boolean;
};

/** What is wrong with one command alone; anything else is wrong with the store, and so with all of them. */
export function isOfOne(error: unknown): boolean {
  if (error instanceof KernelFault || error instanceof Defect || error instanceof TypeError) return true;
  // What the store will not take from one command; a store that takes nothing says so to each.
  return error instanceof Error && error.name === "StoreDefect";
}

async function readFor(batch: Batch, commands: readonly Command[], { policies, clock }: Judging): Promise<void> {
  const head = await loadHead(batch, new Map());
  if (head.policySequence === 0) return;
  await loadTogether(batch, commands, await policies.inForce(batch, head), timeAfter(head, clock));
}

async function judgeOne(batch: Batch, command: Command, judging: Judging): Promise<Outcome> {
  try {
    await sweepBefore(batch, command, judging, judging.sweep);
    return { reply: record(batch, await considerAny(batch, command, judging)) };
  } catch (error) {
    if (isOfOne(error)) return { fault: error };
    throw error;
  }
}

/** What no cache can have: whether these ids were granted before. */
async function readIds(batch: Batch, commands: readonly Command[]): Promise<void> {
  const keys = commands.map(({ kind, actor, commandId }) => commandKey(actorName(kind, actor), commandId));
  await batch.load([...new Set(keys)], new Map());
}

/** The outcome of each command; what was granted is taken into the batch. Rejects when the store fails. */
export async function judgeGroup(
  batch: Batch,
  commands: readonly Command[],
  judging: Judging,
): Promise<readonly Outcome[]> {
  if (commands.length > 1) await (judging.readsTogether ? readFor : readIds)(batch, commands, judging);
  const outcomes: Outcome[] = [];
  for (const command of commands) outcomes.push(await judgeOne(batch, command, judging));
  return outcomes;
}
