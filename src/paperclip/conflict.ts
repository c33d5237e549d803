// A 409 told apart: somebody else has the issue, or it is not where the caller took it to be, or Paperclip is busy.

import { PaperclipConflictError } from "./errors.ts";
import type { Conflict } from "./errors.ts";
import { textOf } from "./issue.ts";
import type { Settings } from "./settings.ts";

type Asker = Pick<Settings, "agentId" | "runId">;

/** The error for what Paperclip shows of the issue (an issue, or the details of a 409) and says beside it. */
export function conflictOf(seen: unknown, issueId: string, asker: Asker, said: string): PaperclipConflictError {
  const at = {
    issueId,
    status: textOf(seen, "status") || null,
    ownerAgentId: textOf(seen, "assigneeAgentId") || null,
    ownerRunId: textOf(seen, "checkoutRunId") || textOf(seen, "executionRunId") || null,
  };
  const kind = kindOf(at, asker);
  return new PaperclipConflictError(wordsOf({ ...at, kind }, asker, said), { ...at, kind });
}

function kindOf(at: Omit<Conflict, "kind">, { agentId, runId }: Asker): Conflict["kind"] {
  const { ownerAgentId: owner, ownerRunId: run } = at;
  if (owner !== null && owner !== agentId) return "owned";
  if (owner !== null && run !== null && runId !== "" && run !== runId) return "owned";
  return at.status === null ? "busy" : "state_changed";
}

function wordsOf({ kind, issueId, status, ownerAgentId, ownerRunId }: Conflict, asker: Asker, said: string): string {
  if (kind === "busy") return `issue ${issueId} cannot be changed now: ${said || "no reason given"}`;
  if (kind === "state_changed") return `issue ${issueId} is not where it was taken to be: it is in ${status}`;
  if (ownerAgentId === asker.agentId) return `issue ${issueId} is held by another run of this agent, ${ownerRunId}`;
  return `issue ${issueId} belongs to agent ${ownerAgentId}${status === null ? "" : `, in ${status}`}`;
}
