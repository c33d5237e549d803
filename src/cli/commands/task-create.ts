// task create: asks for a new task.

import type { RequestBodies } from "../../kernel/index.ts";
import { amountsOf } from "../args/amounts.ts";
import { deadlineIn } from "../args/lengths.ts";
import { listOf } from "../args/lists.ts";
import { readText } from "../args/read-text.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { wholeOr } from "../args/values.ts";
import { FENCE_FLAG, submit } from "../submit.ts";

/** A little more than the kernel allows, so that its own words tell the limit. */
const BODY_BYTES_MAX = 65_536;

type Body = RequestBodies["create_task"];

/** What bears on who works on it, when, and with how much. */
function conditions({ flags: { text } }: Call): Partial<Body> {
  const [budget, deadline] = [text("budget"), text("deadline")];
  return {
    priority: wholeOr("--priority", text("priority")),
    needs: listOf("--needs", text("needs")),
    blockedBy: listOf("--blocked-by", text("blocked-by")),
    limits: budget === undefined ? undefined : amountsOf("--budget", budget),
    deadlineAt: deadline === undefined ? undefined : deadlineIn("--deadline", deadline, Date.now()),
  };
}

async function admissionIn({ flags }: Call): Promise<Body["admission"]> {
  const file = flags.text("admission");
  // The reader of YAML is heavy, and most tasks bring no such file.
  return file === undefined ? undefined : (await import("../args/read-admission.ts")).readAdmission(file);
}

async function bodyOf(call: Call): Promise<Body> {
  const { text } = call.flags;
  const file = text("body-file");
  return {
    task: text("id"),
    title: firstArg(call),
    kind: text("kind"),
    text: file === undefined ? undefined : readText("--body-file", file, BODY_BYTES_MAX),
    scope: text("scope"),
    state: text("state"),
    parent: text("parent"),
    createdBy: text("created-by"),
    assignee: text("assignee"),
    ...conditions(call),
    admission: await admissionIn(call),
  };
}

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
    priority: { value: "0-4", about: "0 is claimed first (else 2)" },
    needs: { value: "A,B", about: "capabilities that whoever claims it must have" },
    "blocked-by": { value: "ID,ID", about: "tasks that have to end before it is worked on" },
    budget: { value: "cost=5,steps=400", about: "limits of its own, tighter than the policy's; time=2h too" },
    deadline: { value: "TIME", about: 'when work on it ends: an ISO time, or "in 2h"' },
    admission: {
      value: "FILE",
      about: "JSON or YAML with consumer, pain_point, expected_value, validation_path: what an agent's task states",
    },
    ...FENCE_FLAG,
  },
  examples: [
    'exec-kernel task create "write the parser" --kind feature',
    'exec-kernel task create "test the parser" --parent T-1 --assignee a-2 --blocked-by T-1',
    'exec-kernel task create "fix the login" --priority 0 --needs typescript --budget cost=5,steps=400 --deadline "in 2h"',
    'echo "the whole story" | exec-kernel task create "fix the logout" --body-file -',
    'exec-kernel -q task create "ship it" --id REL-1',
  ],
  run: async (call) => submit(call, { type: "create_task", body: await bodyOf(call) }),
};
