// Why a task stands where work is parked: the words of the move that parked it, from the log.

import type { Event, TaskRow } from "../../core/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import { sequenceBefore } from "../read-events.ts";

/** How far past the move its lesson is looked for. */
const NEAR = 64;

function wordsOf({ type, body }: Event, { id, state }: TaskRow): readonly string[] {
  if (type === "task_moved" && body.task === id && body.to === state)
    return [body.reason, body.cause].filter((text) => text !== null).slice(0, 1);
  if (type === "lesson_learnt" && body.task === id) return body.blocker === null ? [] : [`blocker: ${body.blocker}`];
  return [];
}

/** The reason and the blocker that were told; null where none was, where it is not parked, or was changed since. */
export async function parkedBecause(kernel: Kernel, task: TaskRow): Promise<string | null> {
  const { lifecycle } = (await kernel.policy()).policy;
  if (task.state !== lifecycle.parked) return null;
  const { sequence } = await kernel.head();
  const events = await kernel.events(await sequenceBefore(kernel, task.updatedAt, sequence), NEAR);
  const words = events.flatMap(({ event }) => wordsOf(event, task));
  return words.length === 0 ? null : words.join("; ");
}
