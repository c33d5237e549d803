// A 409 told apart: somebody else has the issue, or it is not where the caller took it to be, or Paperclip is busy.

import { PaperclipConflictError, PaperclipError } from "./errors.ts";
import type { Conflict } from "./errors.ts";
import { field } from "./http.ts";
import { textOf, WORKING } from "./issue.ts";
import type { Settings } from "./settings.ts";
import { oneLine } from "./texts.ts";

type Asker = Pick<Settings, "agentId" | "runId">;

/** The error for what Paperclip shows of the issue (an issue, or the details of a 409) and says beside it. */
export function conflictOf(seen: unknown, issueId: string, asker: Asker, said: string): PaperclipConflictError {
  const at = {
    issueId,
    status: textOf(seen, "status") || null,
    ownerAgentId: textOf(seen, "assigneeAgentId") || null,
    ownerRunId: textOf(seen, "checkoutRunId") || textOf(seen, "executionRunId") || null,
  };
  const kind = kindOf(at, asker, said);
  return new PaperclipConflictError(wordsOf({ ...at, kind }, asker, said), { ...at, kind });
}

/** The error, or the conflict that it stands for: a 409, or work that waits for other work. */
export function toldApart(error: unknown, issueId: string, asker: Asker): unknown {
  if (!(error instanceof PaperclipError)) return error;
  const details = field(error.body, "details");
  const isWaiting = error.status === 422 && Array.isArray(field(details, "unresolvedBlockerIssueIds"));
  if (error.status !== 409 && !isWaiting) return error;
  return conflictOf(details, issueId, asker, oneLine(textOf(error.body, "error")));
}

function kindOf(at: Omit<Conflict, "kind">, { agentId, runId }: Asker, said: string): Conflict["kind"] {
  const { ownerAgentId: owner, ownerRunId: run } = at;
  if (owner !== null && owner !== agentId) return "owned";
  if (owner !== null && run !== null && runId !== "" && run !== runId) return "owned";
  // Paperclip refuses what stands where it should, with this agent: a run that is over, for one. Its words say why.
  const isOurs = owner !== null && at.status === WORKING && said !== "";
  return at.status === null || isOurs ? "busy" : "state_changed";
}

function wordsOf({ kind, issueId, status, ownerAgentId, ownerRunId }: Conflict, asker: Asker, said: string): string {
  if (kind === "busy") return `issue ${issueId} cannot be changed now: ${said || "no reason given"}`;
  if (kind === "state_changed") return `issue ${issueId} is not where it was taken to be: it is in ${status}`;
  if (ownerAgentId === asker.agentId) return `issue ${issueId} is held by another run of this agent, ${ownerRunId}`;
  return `issue ${issueId} belongs to agent ${ownerAgentId}${status === null ? "" : `, in ${status}`}`;
}
