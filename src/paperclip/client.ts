// Paperclip's API, as far as the adapter uses it: one function a call, each safe against a lost answer.

import { sendSafely, writeOnce } from "./attempts.ts";
import { commentsFor } from "./comments.ts";
import type { Comments } from "./comments.ts";
import { conflictOf, toldApart } from "./conflict.ts";
import { PaperclipError } from "./errors.ts";
import { httpFor } from "./http.ts";
import type { Call, Http } from "./http.ts";
import { issueOf, issuesOf, textOf, WORKING } from "./issue.ts";
import type { PaperclipComment, PaperclipIssue } from "./issue.ts";
import type { Settings } from "./settings.ts";
import { cut } from "./texts.ts";

export type NewIssue = {
  readonly title: string;
  readonly description: string;
  readonly assigneeAgentId: string;
  readonly parentId?: string | undefined;
  readonly goalId?: string | undefined;
  readonly idempotencyKey: string;
  /** Lets equal titles pass the server's own guard, where a kernel has judged them. */
  readonly allowDuplicate: boolean;
};

export type Move = {
  readonly issueId: string;
  readonly from: string;
  readonly to: string;
  readonly comment: string | null;
  /** When the issue was changed last, as the server says it: tells this move from the same one at another time. */
  readonly version: string;
};

export type Client = {
  readonly issue: (issueId: string) => Promise<PaperclipIssue>;
  readonly create: (companyId: string, issue: NewIssue) => Promise<PaperclipIssue>;
  readonly checkout: (issueId: string, agentId: string, from: readonly string[]) => Promise<PaperclipIssue>;
  readonly move: (move: Move) => Promise<PaperclipIssue>;
  readonly comment: (issueId: string, body: string) => Promise<PaperclipComment>;
  readonly assigned: (companyId: string, agentId: string) => Promise<readonly PaperclipIssue[]>;
};

type Line = { readonly http: Http; readonly settings: Settings; readonly comments: Comments };

/** The calls for one agent at one server. */
export function clientFor(settings: Settings): Client {
  const http = httpFor(settings);
  const line: Line = { http, settings, comments: commentsFor(http, settings) };
  return {
    issue: (issueId) => readIssue(issueId, line),
    create: (companyId, issue) => create(companyId, issue, line),
    checkout: (issueId, agentId, from) => checkout(issueId, agentId, from, line),
    move: (asking) => move(asking, line),
    comment: async (issueId, body) => line.comments.write(issueId, body, await line.comments.standing(issueId)),
    assigned: (companyId, agentId) => assigned(companyId, agentId, line),
  };
}

function issuePath(issueId: string): string {
  return `/api/issues/${encodeURIComponent(issueId)}`;
}

function companyPath(companyId: string): string {
  return `/api/companies/${encodeURIComponent(companyId)}/issues`;
}

function readIssue(issueId: string, { http, settings }: Line): Promise<PaperclipIssue> {
  const call: Call = { method: "GET", path: issuePath(issueId) };
  return sendSafely(async () => issueOf(await http(call), call), settings);
}

// The server remembers the key and answers a second request with the first issue: sending again is safe.
function create(companyId: string, issue: NewIssue, { http, settings }: Line): Promise<PaperclipIssue> {
  const call: Call = { method: "POST", path: companyPath(companyId), body: { ...issue, status: "todo" } };
  return sendSafely(async () => issueOf(await http(call), call), settings);
}

function checkout(issueId: string, agentId: string, from: readonly string[], line: Line): Promise<PaperclipIssue> {
  const { settings } = line;
  const body = { agentId, expectedStatuses: from };
  const call: Call = { method: "POST", path: `${issuePath(issueId)}/checkout`, body };
  const isOurs = (found: PaperclipIssue): boolean =>
    found.status === WORKING &&
    textOf(found, "assigneeAgentId") === agentId &&
    (settings.runId === "" || textOf(found, "checkoutRunId") === settings.runId);
  const find = async (): Promise<PaperclipIssue | null> => {
    const found = await readIssue(issueId, line);
    return isOurs(found) ? found : null;
  };
  return writeOnce({ send: () => change(issueId, call, line), find }, settings);
}

async function move(asking: Move, line: Line): Promise<PaperclipIssue> {
  const { issueId, from, to, comment } = asking;
  const { settings, comments } = line;
  const body = comment === null ? { status: to } : { status: to, comment };
  const call: Call = { method: "PATCH", path: issuePath(issueId), body };
  const before = comment === null ? new Set<string>() : await comments.standing(issueId);
  const find = async (): Promise<PaperclipIssue | null> => {
    const found = await readIssue(issueId, line);
    if (found.status === from) return null;
    if (found.status !== to) throw conflictOf(found, issueId, settings, "");
    // The server moves first and comments then: it may have gone down in between.
    if (comment !== null && (await comments.find(issueId, comment, before)) === null)
      await comments.write(issueId, comment, before);
    return found;
  };
  const once = (): Promise<PaperclipIssue> => change(issueId, call, line);
  const send = (): Promise<PaperclipIssue> => once().catch((error: unknown) => asked(error, asking, line, once));
  return writeOnce({ send, find }, settings);
}

/** In UTF-16 units, as the server counts. */
const PROMPT_MAX = 1_000;

/** States that the server takes an issue into only where somebody is asked to act: a reviewer, or who can unblock it. */
const ASKING: { readonly [state: string]: string } = {
  in_review: "Please review this work.",
  blocked: "This work is blocked.",
};

/** The server knows nobody to ask and refused: the board is asked, with the comment, and the move is sent again. */
async function asked(
  error: unknown,
  move: Move,
  { http, settings }: Line,
  send: () => Promise<PaperclipIssue>,
): Promise<PaperclipIssue> {
  const words = ASKING[move.to];
  if (!(error instanceof PaperclipError) || error.status !== 422 || words === undefined) throw error;
  const prompt = cut((move.comment ?? words).trim(), PROMPT_MAX, ({ length }) => length);
  // Under one key for as long as the issue stands where it does, so that a repeated move asks once.
  const idempotencyKey = `${move.issueId}:${move.to}:${move.version}`;
  const body = { kind: "request_confirmation", idempotencyKey, payload: { version: 1, prompt } };
  const call: Call = { method: "POST", path: `${issuePath(move.issueId)}/interactions`, body };
  await http(call).catch((fault: unknown) => {
    throw toldApart(fault, move.issueId, settings);
  });
  return send();
}

/** Sends once; a conflict is told as one. */
async function change(issueId: string, call: Call, { http, settings }: Line): Promise<PaperclipIssue> {
  try {
    return issueOf(await http(call), call);
  } catch (error) {
    throw toldApart(error, issueId, settings);
  }
}

function assigned(companyId: string, agentId: string, { http, settings }: Line): Promise<readonly PaperclipIssue[]> {
  const query = `assigneeAgentId=${encodeURIComponent(agentId)}&status=todo,in_progress`;
  const call: Call = { method: "GET", path: `${companyPath(companyId)}?${query}` };
  return sendSafely(async () => issuesOf(await http(call), call), settings);
}
