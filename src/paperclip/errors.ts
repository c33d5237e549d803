// What can go wrong between an agent and Paperclip, each kind with a class of its own, so that a program never has to
// read a sentence. No message holds a token: it is cut out of what the server says, too.

import type { AdmissionField, Decision } from "../core/index.ts";

/** An agent that sleeps asked for work, or tried to wake itself. */
export class IdleEnforcementError extends Error {
  override readonly name = "IdleEnforcementError";
  /** The kernel's refusal; null where there is no kernel. */
  readonly decision: Decision | null;

  constructor(message: string, decision: Decision | null) {
    super(message);
    this.decision = decision;
  }
}

/** A new task that does not say what it is for. */
export class TaskAdmissionError extends Error {
  override readonly name = "TaskAdmissionError";
  readonly field: AdmissionField;
  readonly problem: string;

  constructor(title: string, field: AdmissionField, problem: string) {
    super(`cannot create ${JSON.stringify(title)}: ${field} of its admission ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}

/** The kernel refused; Paperclip was not written to. */
export class KernelRefusalError extends Error {
  override readonly name = "KernelRefusalError";
  readonly decision: Decision;
  /** Where the refusal names work that stands already: its issue in Paperclip. */
  readonly existingIssueId: string | null;

  constructor(decision: Decision, existingIssueId: string | null = null) {
    super(`${decision.code}: ${decision.message}`);
    this.decision = decision;
    this.existingIssueId = existingIssueId;
  }
}

/** `owned`: another agent or run has it. `state_changed`: it is not where the caller took it to be. `busy`: else. */
export type ConflictKind = "owned" | "state_changed" | "busy";

export type Conflict = {
  readonly kind: ConflictKind;
  readonly issueId: string;
  /** Where the issue stands; null where Paperclip does not say. */
  readonly status: string | null;
  readonly ownerAgentId: string | null;
  readonly ownerRunId: string | null;
};

/** The issue is not free, or not in the state that the step begins in. */
export class PaperclipConflictError extends Error {
  override readonly name = "PaperclipConflictError";
  readonly kind: ConflictKind;
  readonly issueId: string;
  readonly status: string | null;
  readonly ownerAgentId: string | null;
  readonly ownerRunId: string | null;

  constructor(message: string, { kind, issueId, status, ownerAgentId, ownerRunId }: Conflict) {
    super(message);
    this.kind = kind;
    this.issueId = issueId;
    this.status = status;
    this.ownerAgentId = ownerAgentId;
    this.ownerRunId = ownerRunId;
  }
}

export type PaperclipErrorKind =
  | "unreachable"
  | "timeout"
  | "broken_off"
  | "redirect"
  | "too_large"
  | "not_json"
  | "not_an_issue"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "rate_limited"
  | "rejected"
  | "server_error";

export type Fault = {
  readonly kind: PaperclipErrorKind;
  readonly method: string;
  readonly path: string;
  /** The HTTP status; null where there was no answer. */
  readonly status: number | null;
  readonly retryAfterMs?: number | undefined;
  /** A parsed error body, for what tells conflicts apart. */
  readonly body?: unknown;
};

/** No usable answer from Paperclip, or a final no. */
export class PaperclipError extends Error {
  override readonly name = "PaperclipError";
  readonly kind: PaperclipErrorKind;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  /** How long the server asks to be left alone, in milliseconds; null where it does not say. */
  readonly retryAfterMs: number | null;
  readonly body: unknown;

  constructor(message: string, { kind, method, path, status, retryAfterMs, body }: Fault) {
    super(`${method} ${path}: ${status === null ? "" : `status ${status}, `}${message}`);
    this.kind = kind;
    this.method = method;
    this.path = path;
    this.status = status;
    this.retryAfterMs = retryAfterMs ?? null;
    this.body = body ?? null;
  }
}
