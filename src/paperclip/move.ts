// Moving an issue: along the table, from where it really stands. The server takes any state from any other, so a caller
// that is wrong about `from` would skip states with its blessing; the issue is read first.

import { validateTransition } from "../standalone/index.ts";
import type { TaskState } from "../standalone/index.ts";
import { checkOut } from "./check-out.ts";
import { conflictOf } from "./conflict.ts";
import { asKnown } from "./desk.ts";
import type { Desk } from "./desk.ts";
import { textOf, WORKING } from "./issue.ts";
import type { PaperclipIssue } from "./issue.ts";
import { move } from "./referee.ts";

/** Moves the issue; throws InvalidTransitionError before anything is sent, else what keeps it from being so. */
export async function moveIssue(
  issueId: string,
  from: TaskState,
  to: TaskState,
  comment: string | null,
  desk: Desk,
): Promise<PaperclipIssue> {
  validateTransition(from, to);
  const { client, settings } = desk;
  if (to === WORKING) {
    const issue = await checkOut(issueId, [from], desk);
    if (comment !== null) await client.comment(issueId, comment);
    return issue;
  }
  const issue = await client.issue(issueId);
  if (issue.status !== from) throw conflictOf(issue, issueId, settings, "");
  await asKnown(issue, desk, (referee) => move(referee, issue, to, comment));
  return client.move({ issueId, from, to, comment, version: textOf(issue, "updatedAt") });
}
