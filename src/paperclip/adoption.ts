// Issues that Paperclip has and the kernel does not: what people write on the board. Before one is worked on, the kernel
// is told of it, with all above it, so that depth counts from the real root. An issue that an agent made past the adapter
// is judged as that agent's: going round the kernel makes nobody's work welcome.

import type { Kernel } from "../kernel/index.ts";
import type { Client } from "./client.ts";
import { PaperclipConflictError } from "./errors.ts";
import { textOf } from "./issue.ts";
import type { PaperclipIssue } from "./issue.ts";
import { granted, taskOf } from "./referee.ts";
import type { Referee } from "./referee.ts";
import { titleLine } from "./texts.ts";

/** Paperclip lets an issue hang below itself: a walk upwards needs an end. */
const LEVELS_MAX = 33;

const ENDED: ReadonlySet<string> = new Set(["done", "cancelled"]);

type Line = {
  /** The issue first, then those above it that the kernel does not know. */
  readonly issues: readonly PaperclipIssue[];
  /** The task that the kernel knows above them. */
  readonly above: string | null;
};

/** Tells the kernel of the issue and of those above it that it does not know; throws the kernel's refusal. */
export async function adopt(issue: PaperclipIssue, referee: Referee, client: Client): Promise<void> {
  const { issues, above } = await unknownLine(issue, referee, client);
  let parent = above;
  for (const one of issues.toReversed()) {
    await tell(one, parent, referee);
    parent = taskOf(one);
  }
}

async function unknownLine(issue: PaperclipIssue, { given }: Referee, client: Client): Promise<Line> {
  const issues = [issue];
  for (let next = textOf(issue, "parentId"); next !== ""; next = textOf(issues.at(-1), "parentId")) {
    if (issues.some(({ id }) => id === next)) throw endless(issue, "it hangs below itself");
    if (issues.length > LEVELS_MAX) throw endless(issue, `more than ${LEVELS_MAX} issues are above it`);
    const parent = await client.issue(next);
    if ((await given.task(taskOf(parent))) !== null) return { issues, above: taskOf(parent) };
    // What ended before the kernel heard of it counts no more.
    if (ENDED.has(parent.status)) break;
    issues.push(parent);
  }
  return { issues, above: null };
}

function endless({ id, status }: PaperclipIssue, problem: string): PaperclipConflictError {
  const at = { kind: "busy", issueId: id, status, ownerAgentId: null, ownerRunId: null } as const;
  return new PaperclipConflictError(`issue ${id} cannot be worked on: ${problem}`, at);
}

/** INVARIANT: an ended issue is never told as open work; the kernel then says that it does not know the task. */
async function tell(issue: PaperclipIssue, parent: string | null, referee: Referee): Promise<void> {
  const { id, status } = issue;
  const task = taskOf(issue);
  // A task that the description names was made by the kernel: where it is unknown, another kernel made it.
  if (ENDED.has(status) || task !== id || (await referee.given.task(task)) !== null) return;
  const told = granted(makerOf(issue, referee), {
    type: "create_task",
    commandId: `adopt-${id}`,
    body: {
      task,
      title: titleLine(textOf(issue, "title")) || id,
      kind: "issue",
      state: status === "backlog" ? "backlog" : "todo",
      // Boards have equal titles in good faith: the issue's own id keeps them apart.
      scope: id,
      ...(parent === null ? {} : { parent }),
    },
  });
  await told.catch(async (error: unknown) => {
    // Another process told of it in the meantime, as somebody else or before the title was changed: that is as good.
    if ((await referee.given.task(task)) === null) throw error;
  });
}

function makerOf(issue: PaperclipIssue, { given, agent, agentId }: Referee): Kernel {
  const maker = textOf(issue, "createdByAgentId");
  if (maker === "") return given;
  return maker === agentId ? agent : given.as({ kind: "agent", id: maker, proven: false });
}
