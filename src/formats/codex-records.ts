// What the records of Codex's rollouts are, told by their types (codex-rs/protocol, codex-rs/rollout/src/policy.rs): which
// are calls, which are results, and which hold no step. A type that is not here is counted and named, never guessed at.

import { compactJson } from "./loose-values.ts";
import type { JsonObject } from "./json-lines.ts";
import { keptName } from "./names.ts";

/** The name of a tool and its arguments as compact JSON text. */
export type CodexCall = { readonly tool: string; readonly call: string };

type ToCall = (payload: JsonObject) => CodexCall;

function namedTool({ name, namespace }: JsonObject): string {
  const tool = typeof name === "string" ? name : "";
  const space = typeof namespace === "string" ? namespace : "";
  return keptName(space === "" || space.endsWith("_") ? `${space}${tool}` : `${space}.${tool}`);
}

function argumentsText(value: unknown): string {
  if (typeof value === "string") return compactJson(value);
  return JSON.stringify(value ?? {});
}

/** Calls whose results come as records of their own. */
const CALLS: ReadonlyMap<unknown, ToCall> = new Map<unknown, ToCall>([
  ["function_call", (payload) => ({ tool: namedTool(payload), call: argumentsText(payload["arguments"]) })],
  ["custom_tool_call", (payload) => ({ tool: namedTool(payload), call: JSON.stringify(payload["input"] ?? "") })],
  ["local_shell_call", (payload) => ({ tool: "local_shell", call: argumentsText(payload["action"]) })],
  ["tool_search_call", (payload) => ({ tool: "tool_search", call: argumentsText(payload["arguments"]) })],
]);

/** Calls that the provider carries out itself: no result is written. */
const CARRIED_OUT: ReadonlyMap<unknown, ToCall> = new Map<unknown, ToCall>([
  ["web_search_call", (payload) => ({ tool: "web_search", call: argumentsText(payload["action"]) })],
  [
    "image_generation_call",
    (payload) => ({ tool: "image_generation", call: argumentsText(payload["revised_prompt"]) }),
  ],
]);

const RESULTS: ReadonlySet<unknown> = new Set([
  "function_call_output",
  "custom_tool_call_output",
  "tool_search_output",
]);

const STEPLESS_ITEMS: ReadonlySet<unknown> = new Set([
  "additional_tools",
  "agent_message",
  "compaction",
  "compaction_summary",
  "compaction_trigger",
  "context_compaction",
  "ghost_snapshot",
  "other",
  "reasoning",
]);

const STEPLESS_RECORDS: ReadonlySet<unknown> = new Set(["compacted", "inter_agent_communication", "world_state"]);

/** Events are written in many hundreds of kinds; those that end in these words tell of work that other records hold. */
const STEPLESS_EVENTS =
  /^(?:agent_|background_event|collab_|context_compacted|deprecation_notice|dynamic_tool_|elicitation_|entered_review_mode|error$|exec_|exited_review_mode|get_history|guardian_|hook_|image_generation_|item_|list_|mcp_|model_|patch_apply_|plan_|raw_response_item|realtime_|reasoning_|remote_|request_|safety_|session_configured|shutdown_complete|skills_|stream_error|sub_agent_|task_|terminal_interaction|thread_|token_count|turn_|undo_|user_message|view_image_|warning$|web_search_|apply_patch_)/;

/** What a response item is to a reader of steps; null for a type that is not known. */
export type ItemKind =
  | { readonly kind: "call" | "carriedOut"; readonly toCall: ToCall }
  | { readonly kind: "result" | "message" | "stepless" };

/** Tells what a response item is. */
export function itemKind(type: unknown): ItemKind | null {
  const waits = CALLS.get(type);
  if (waits !== undefined) return { kind: "call", toCall: waits };
  const alone = CARRIED_OUT.get(type);
  if (alone !== undefined) return { kind: "carriedOut", toCall: alone };
  if (RESULTS.has(type)) return { kind: "result" };
  if (type === "message") return { kind: "message" };
  return STEPLESS_ITEMS.has(type) ? { kind: "stepless" } : null;
}

/** Whether a record of this type holds no step. */
export function isSteplessRecord(type: unknown): boolean {
  return STEPLESS_RECORDS.has(type);
}

/** Whether a type of event is known. */
export function isKnownEvent(type: unknown): boolean {
  return typeof type === "string" && STEPLESS_EVENTS.test(type);
}

const RECORDS: ReadonlySet<unknown> = new Set(["session_meta", "turn_context", "response_item", "event_msg"]);

/** Whether an object looks like a record of a rollout; asked of a file's first records. */
export function looksLikeCodex(object: JsonObject): boolean {
  const { type, payload, timestamp } = object;
  if (typeof timestamp !== "string" || typeof payload !== "object" || payload === null) return false;
  return RECORDS.has(type) || STEPLESS_RECORDS.has(type);
}
