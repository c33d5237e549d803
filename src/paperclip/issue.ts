// Issues and comments as Paperclip answers them: what the adapter relies on is checked, the rest is passed on as it is.

import { PaperclipError } from "./errors.ts";
import { field } from "./http.ts";
import type { Call } from "./http.ts";

/** The state of an issue that an agent has checked out. */
export const WORKING = "in_progress";

/** Paperclip's answer for one issue: all of its fields, of which these two are sure. */
export type PaperclipIssue = { readonly id: string; readonly status: string; readonly [field: string]: unknown };

/** Paperclip's answer for one comment. */
export type PaperclipComment = { readonly id: string; readonly [field: string]: unknown };

function isIssue(value: unknown): value is PaperclipIssue {
  return typeof field(value, "id") === "string" && typeof field(value, "status") === "string";
}

function isComment(value: unknown): value is PaperclipComment {
  return typeof field(value, "id") === "string";
}

function unfit(what: string, { method, path }: Call): PaperclipError {
  return new PaperclipError(`the answer is no ${what}`, { kind: "not_an_issue", method, path, status: 200 });
}

/** The answer as an issue; throws PaperclipError where it is none. */
export function issueOf(value: unknown, call: Call): PaperclipIssue {
  if (isIssue(value)) return value;
  throw unfit("issue", call);
}

/** The answer as a comment; throws PaperclipError where it is none. */
export function commentOf(value: unknown, call: Call): PaperclipComment {
  if (isComment(value)) return value;
  throw unfit("comment", call);
}

/** The answer as a list of issues; throws PaperclipError where it is none. */
export function issuesOf(value: unknown, call: Call): readonly PaperclipIssue[] {
  const list: unknown = Array.isArray(value) ? value : field(value, "items");
  if (!Array.isArray(list)) throw unfit("list of issues", call);
  return list.filter(isIssue);
}

/** The answer as a list of comments; throws PaperclipError where it is none. */
export function commentsOf(value: unknown, call: Call): readonly PaperclipComment[] {
  if (!Array.isArray(value)) throw unfit("list of comments", call);
  return value.filter(isComment);
}

/** A text field; empty where it is absent or something else. */
export function textOf(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === "string" ? found : "";
}
