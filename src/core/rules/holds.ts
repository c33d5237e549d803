// What the actor holds at this moment, for rules that ask for more than the task a command is about. These tasks are read
// and not caught up, so a lease that is over, by its time or by a halt, is seen through: nobody need have noticed it.

import type { Context } from "../context.ts";
import { leaseLost } from "../lease.ts";
import { actorKey, haltKeys, taskKey } from "../rows/keys.ts";
import { peekRow, peekTask, readActor, readTask } from "../rows/read.ts";
import type { TaskRow } from "../rows/rows.ts";

type Fits = (row: TaskRow) => boolean;

/** Keys that `holdWhere` reads, as far as the rows loaded so far tell: what is held, and the halts over what fits. */
export function holdKeys(fits: Fits, { rows, actor }: Context): readonly string[] {
  const holds = peekRow(rows, actorKey(actor), "actor")?.holds ?? [];
  const out = holds.map(taskKey);
  for (const id of holds) {
    const row = peekTask(rows, id);
    if (row?.lease != null && fits(row)) out.push(...haltKeys(row.lease.scopes));
  }
  return out;
}

/** A task that the actor holds and that fits; null where there is none. */
export function holdWhere(fits: Fits, { rows, actor, at }: Context): TaskRow | null {
  for (const id of readActor(rows, actor).holds) {
    const row = readTask(rows, id);
    if (row?.holder === actor && fits(row) && leaseLost(rows, row, at) === null) return row;
  }
  return null;
}
