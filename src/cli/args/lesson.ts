// What was learnt, as flags of the moves that end or park a task.

import type { RequestBodies } from "../../kernel/index.ts";
import type { Flags, FlagSpecs } from "./spec.ts";

export const LESSON_FLAGS: FlagSpecs = {
  lesson: { value: "TEXT", about: "what was learnt; whoever claims work like this is shown it" },
  blocker: { value: "TEXT", about: "what stood in the way" },
  workaround: { value: "TEXT", about: "the way round it" },
};

/** The lesson that the flags tell; undefined where they tell none. */
export function lessonIn({ text }: Flags): RequestBodies["move_task"]["lesson"] {
  const lesson = { what: text("lesson"), blocker: text("blocker"), workaround: text("workaround") };
  return Object.values(lesson).every((part) => part === undefined) ? undefined : lesson;
}
