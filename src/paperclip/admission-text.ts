// What an issue's description carries beside its own words: the admission, for whoever reads it, and the id of its task
// in the kernel, because Paperclip gives its own ids and keeps no other.

import type { Admission } from "../core/index.ts";

const TITLES: readonly (readonly [keyof Admission, string])[] = [
  ["consumer", "Consumer"],
  ["painPoint", "Pain point"],
  ["expectedValue", "Expected value"],
  ["validationPath", "How it is validated"],
  ["originCategory", "Origin"],
  ["originEvidence", "Evidence of origin"],
];

const TASK_PREFIX = "paperclip-";

/** What a line of Markdown carries unchanged, through editors and the server's own reading of backslashes. */
const COMMAND_ID = "[\\w.:/@+#-]{1,180}";

const WHOLE_COMMAND_ID = new RegExp(`^${COMMAND_ID}$`);

const TASK_LINES = new RegExp(`^exec-kernel task: (${TASK_PREFIX}${COMMAND_ID})[ \\t]*$`, "gm");

/** True for a command id whose task an issue can name. INVARIANT: taskNamedIn finds every such task again. */
export function isCommandId(text: string): boolean {
  return WHOLE_COMMAND_ID.test(text);
}

/** The id in the kernel of a task that is made under this command id; the same again for the same command. */
export function taskIdOf(commandId: string): string {
  return `${TASK_PREFIX}${commandId}`;
}

/** True for an id that taskIdOf gives. */
export function isOurTask(task: string): boolean {
  return task.startsWith(TASK_PREFIX);
}

/** The description that is sent: the caller's, the kind, the admission, and the task's id where a kernel has it. */
export function descriptionOf(own: string, kind: string, admission: Admission, task: string | null): string {
  const given = TITLES.flatMap(([field, title]) => {
    const text = admission[field];
    return typeof text === "string" ? [`- ${title}: ${text.trim().replace(/\s*\n\s*/g, " ")}`] : [];
  });
  const lines = ["### Admission", "", `- Kind: ${kind}`, ...given];
  const block = task === null ? lines : [...lines, "", `exec-kernel task: ${task}`];
  return own.trim() === "" ? block.join("\n") : `${own.trim()}\n\n${block.join("\n")}`;
}

/** The task's id in the kernel that a description names; null where it names none. The last line counts. */
export function taskNamedIn(description: string): string | null {
  const found = [...description.matchAll(TASK_LINES)].at(-1);
  return found?.[1] ?? null;
}
