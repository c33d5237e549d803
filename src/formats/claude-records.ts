// What Claude Code's records are, told by their type, and which of its user rows are a human's words. The tool adds types
// in every few versions: one that is not here is counted and named, never guessed at.

import type { JsonObject } from "./json-lines.ts";

/** Records that hold no step. `progress` echoes what a subagent does: its own file or rows have those steps. */
const STEPLESS: ReadonlySet<string> = new Set([
  "agent-color",
  "agent-name",
  "agent-setting",
  "ai-title",
  "atis-latch",
  "attachment",
  "attribution-snapshot",
  "bridge-session",
  "content-replacement",
  "continued-in",
  "cost-state",
  "custom-title",
  "file-history-delta",
  "file-history-snapshot",
  "fork-context-ref",
  "last-prompt",
  "mode",
  "permission-mode",
  "pr-link",
  "progress",
  "queue-operation",
  "relocated",
  "summary",
  "system",
  "tag",
  "task-summary",
  "worktree-state",
]);

/** Whether a type of record is known to hold no step. */
export function isStepless(type: string): boolean {
  return STEPLESS.has(type);
}

/** What the program writes in the user's place: commands and their output, notices, interruptions. */
const NOT_WORDS =
  /^\s*(?:<(?:command-|local-command-|bash-|task-notification|system-reminder|user-memory-input|teammate-message|ide_)|\[Request interrupted by user|Caveat: The messages below were generated)/;

/** Whether a user row of the main agent may hold a human's words at all; asked of the row, not of its text. */
export function mayBeHuman(row: JsonObject): boolean {
  const { isMeta, isCompactSummary, isVisibleInTranscriptOnly, origin } = row;
  if (isMeta === true || isCompactSummary === true || isVisibleInTranscriptOnly === true) return false;
  const kind = typeof origin === "object" && origin !== null && "kind" in origin ? origin.kind : "human";
  return kind === "human";
}

/** Whether a text is a human's words, and not what the program wrote in a human's place. */
export function isHumanText(text: string): boolean {
  return text.trim() !== "" && !NOT_WORDS.test(text);
}

/** Whether an object looks like a record of Claude Code; asked of a file's first records. */
export function looksLikeClaude(object: JsonObject): boolean {
  const { type, sessionId, uuid, leafUuid, messageId, message } = object;
  if (typeof type !== "string") return false;
  const named = [sessionId, uuid, leafUuid, messageId].some((member) => typeof member === "string");
  if (type === "user" || type === "assistant") return named && typeof message === "object" && message !== null;
  return named && STEPLESS.has(type);
}
