// Checking out: an issue becomes this agent's work. Exactly one agent gets it, by the kernel's lease and by the server's
// own comparison of the state.

import { compileLifecycle, DEFAULT_LIFECYCLE, findEdge } from "../core/index.ts";
import { isTaskState, validateTransition } from "../standalone/index.ts";
import { isPassing } from "./attempts.ts";
import { needAwake } from "./awake.ts";
import { asKnown } from "./desk.ts";
import type { Desk } from "./desk.ts";
import { PaperclipConflictError, PaperclipError } from "./errors.ts";
import { textOf, WORKING } from "./issue.ts";
import type { PaperclipIssue } from "./issue.ts";
import { claim, release } from "./referee.ts";
import { needed } from "./settings.ts";

const TABLE = compileLifecycle(DEFAULT_LIFECYCLE);

/** The states that an agent may check out from: those with an edge of its own to in_progress. Never backlog. */
export const CHECKOUT_STATES: readonly string[] = DEFAULT_LIFECYCLE.states.filter(
  (from) => findEdge(TABLE, from, WORKING)?.by.includes("agent") === true,
);

/** Checks the issue out for this agent, from one of these states; throws what keeps it from being so. */
export async function checkOut(issueId: string, from: readonly string[], desk: Desk): Promise<PaperclipIssue> {
  const { settings, client, referee } = desk;
  const agentId = needed(settings, "agentId", "checkout");
  await needAwake(`issue ${issueId} is not checked out`, desk);
  if (referee === null) return client.checkout(issueId, agentId, from);
  const issue = await client.issue(issueId);
  if (!isOwn(issue, agentId)) refuseState(issue);
  const isNew = await asKnown(issue, desk, (known) => claim(known, issue));
  try {
    return await client.checkout(issueId, agentId, from);
  } catch (error) {
    if (isGone(error, agentId) || (isNew === true && isFinal(error))) await release(referee, issue);
    throw error;
  }
}

/** The issue is not this agent's: nor is its task, whoever claimed it for this agent. */
function isGone(error: unknown, agentId: string): boolean {
  if (!(error instanceof PaperclipConflictError) || error.status === null) return false;
  return error.status !== WORKING || (error.ownerAgentId !== null && error.ownerAgentId !== agentId);
}

/**
 * A no, after which nothing was done. Else what became of the request is not known: the claim stands, and the same call
 * again goes on from there.
 */
function isFinal(error: unknown): boolean {
  if (error instanceof PaperclipConflictError) return true;
  if (isPassing(error)) return false;
  return error instanceof PaperclipError && error.status !== null && error.status >= 300;
}

function isOwn(issue: PaperclipIssue, agentId: string): boolean {
  return issue.status === WORKING && textOf(issue, "assigneeAgentId") === agentId;
}

/** Held by another: left to the kernel's lease and the server's lock, which can say who it is. */
function refuseState({ status }: PaperclipIssue): void {
  if (status !== WORKING && isTaskState(status)) validateTransition(status, WORKING);
}
