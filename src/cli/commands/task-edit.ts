// task edit: changes what bears on a task's work, who is to do it, or where it lies. These are three commands of the
// kernel, each judged for itself, so one call makes one kind of change.

import { amountsOf } from "../args/amounts.ts";
import { deadlineIn } from "../args/lengths.ts";
import { listOf, NONE } from "../args/lists.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { wholeOr } from "../args/values.ts";
import { FENCE_FLAG, REASON_FLAG, submit } from "../submit.ts";
import type { Asked } from "../submit.ts";

const CONDITIONS = ["priority", "needs", "blocked-by", "budget", "deadline"] as const;

/** Zero takes a deadline away. */
function deadlineOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text === NONE ? 0 : deadlineIn("--deadline", text, Date.now());
}

function limitsOf(text: string | undefined): ReturnType<typeof amountsOf> | undefined {
  if (text === undefined) return undefined;
  return text === NONE ? {} : amountsOf("--budget", text);
}

function edit(call: Call): Asked {
  const { text } = call.flags;
  return {
    type: "edit_task",
    body: {
      task: firstArg(call),
      priority: wholeOr("--priority", text("priority")),
      needs: listOf("--needs", text("needs")),
      blockedBy: listOf("--blocked-by", text("blocked-by")),
      limits: limitsOf(text("budget")),
      deadlineAt: deadlineOf(text("deadline")),
    },
  };
}

function assign(call: Call): Asked {
  const { text } = call.flags;
  const assignee = text("assignee");
  return {
    type: "assign_task",
    body: { task: firstArg(call), assignee: assignee === NONE ? undefined : assignee, reason: text("reason") },
  };
}

function place(call: Call): Asked {
  return { type: "place_task", body: { task: firstArg(call), parent: call.flags.text("parent") ?? "" } };
}

/** The one kind of change that the flags ask for. */
function changeOf(call: Call): Asked {
  const { on } = call.flags;
  const conditions = CONDITIONS.filter((name) => on(name));
  const asked = [...conditions.slice(0, 1), ...["assignee", "parent"].filter((name) => on(name))];
  const [first, second] = asked;
  if (first === undefined)
    throw new UsageError(
      `nothing to change: give --${[...CONDITIONS, "assignee", "parent"].join(", --")}`,
      call.command,
    );
  if (second !== undefined)
    throw new UsageError(`--${first} and --${second} are two kinds of change: make two calls`, call.command);
  if (on("reason") && first !== "assignee") throw new UsageError("--reason is kept for --assignee alone", call.command);
  if (first === "assignee") return assign(call);
  return first === "parent" ? place(call) : edit(call);
}

export const taskEdit: CommandSpec = {
  name: "task edit",
  summary: "change a task's priority, needs, blockers, limits, deadline, assignee or place",
  about: [
    "What is not named stays as it is. An agent edits what it holds, made, or holds the parent of; a human everything.",
    "Assignee and parent are judged like new work, each in a call of its own.",
  ],
  args: [{ name: "ID" }],
  flags: {
    priority: { value: "0-4", about: "0 is claimed first" },
    needs: { value: "A,B", about: "capabilities that whoever claims it must have; none takes all away" },
    "blocked-by": { value: "ID,ID", about: "tasks that have to end before it is worked on; none takes all away" },
    budget: { value: "cost=5,steps=400", about: "limits of its own, tighter than the policy's; none takes all away" },
    deadline: { value: "TIME", about: 'an ISO time, or "in 2h"; none takes it away' },
    assignee: { value: "AGENT", about: "who is to do it; wakes an agent that sleeps; none makes it anybody's" },
    parent: { value: "ID", about: "moves it, and all below it, under another task of its root" },
    ...REASON_FLAG,
    ...FENCE_FLAG,
  },
  examples: [
    "exec-kernel task edit T-2 --priority 0 --blocked-by T-1",
    "exec-kernel task edit T-2 --budget cost=2.50,time=30m --deadline 2026-01-31T18:00Z",
    'exec-kernel task edit T-2 --assignee a-2 --reason "knows the parser"',
    "exec-kernel task edit T-3 --parent T-2",
  ],
  run: async (call) => submit(call, changeOf(call)),
};
