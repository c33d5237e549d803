// task create: asks for a new task.

import { readText } from "../args/read-text.ts";
import { firstArg } from "../args/spec.ts";
import type { CommandSpec } from "../args/spec.ts";
import { submit } from "../submit.ts";

/** A little more than the kernel allows, so that its own words tell the limit. */
const BODY_BYTES_MAX = 65_536;

export const taskCreate: CommandSpec = {
  name: "task create",
  summary: "create a task, or be told why not",
  args: [{ name: "TITLE" }],
  flags: {
    id: { value: "ID", about: "the task's id (else the next T-n)" },
    kind: { value: "KIND", about: "what sort of work it is (else task)" },
    parent: { value: "ID", about: "the task it belongs to" },
    "created-by": { value: "ID", about: "the task in whose course it came up" },
    "body-file": { value: "FILE", about: "its long text; - reads stdin" },
    assignee: { value: "AGENT", about: "who is to do it; wakes an agent that sleeps" },
    scope: { value: "TEXT", about: "tells apart equal work in different places (a path, a repository, a customer)" },
    state: { value: "STATE", about: "where it begins (else the policy's first)" },
  },
  examples: [
    'exec-kernel task create "write the parser" --kind feature',
    'exec-kernel task create "test the parser" --parent T-1 --assignee a-2',
    'echo "the whole story" | exec-kernel task create "fix the login" --body-file -',
    'exec-kernel -q task create "ship it" --id REL-1',
  ],
  run: async (call) => {
    const { text } = call.flags;
    const file = text("body-file");
    return submit(call, {
      type: "create_task",
      body: {
        task: text("id"),
        title: firstArg(call),
        kind: text("kind"),
        text: file === undefined ? undefined : readText("--body-file", file, BODY_BYTES_MAX),
        scope: text("scope"),
        state: text("state"),
        parent: text("parent"),
        createdBy: text("created-by"),
        assignee: text("assignee"),
      },
    });
  },
};
