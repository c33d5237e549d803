// Reads Codex's rollouts (below ~/.codex/sessions): JSON lines of {timestamp, type, payload}. Items of one response stand
// on lines of their own: it has ended when its tokens are counted, when a result comes, or when a turn begins or ends.

import { copiedPart, originOf, type CopiedPart, type Origin } from "./codex-fork.ts";
import { codexOutput, tellsFailure } from "./codex-output.ts";
import { isKnownEvent, isSteplessRecord, itemKind, type CodexCall } from "./codex-records.ts";
import { tokenCounter, type TokenCounter } from "./codex-usage.ts";
import { blocksOf, timeOrNull } from "./loose-values.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";
import { broken, unknownType, type Verdict } from "./line-counts.ts";
import { keptName, nameOrNull } from "./names.ts";
import { pendingCalls, toolStep, type PendingCalls } from "./pending-calls.ts";
import { speechOf, type Speech } from "./speech.ts";
import type { Emit, StepReader } from "./step-lines.ts";

type Place = { readonly line: number; readonly atMs: number | null };

type Reading = {
  readonly emit: Emit;
  readonly calls: PendingCalls;
  readonly speech: Speech;
  session: string;
  history: string;
  agent: string;
  model: string;
  started: boolean;
  isCopied: CopiedPart;
  tokens: TokenCounter;
};

/** Texts that Codex puts into a user's place. */
const NOT_WORDS =
  /^\s*<(?:environment_context|user_instructions|turn_aborted|subagent_notification|skill|user_action)\b/;

const RESPONSE_ENDS: ReadonlySet<unknown> = new Set([
  "task_started",
  "turn_started",
  "task_complete",
  "turn_complete",
  "turn_aborted",
]);

function nameSession(reading: Reading, { id, parent, spawned }: Origin): void {
  reading.session = id ?? reading.session;
  reading.history = spawned && parent !== null ? parent : reading.session;
  reading.agent = spawned ? reading.session : "";
}

function takeMeta(reading: Reading, meta: JsonObject, { atMs }: Place): Verdict {
  // A fork's file has its parent's session_meta too, after its own.
  if (reading.started) return null;
  const origin = originOf(meta);
  reading.started = true;
  nameSession(reading, origin);
  reading.isCopied = copiedPart(meta, atMs);
  reading.tokens = tokenCounter(origin.parent !== null);
  return null;
}

function openCall(reading: Reading, payload: JsonObject, place: Place, { tool, call }: CodexCall): Verdict {
  if (tool === "") return broken("a call has no name");
  const { call_id: callId, id } = payload;
  const { history, agent } = reading;
  const facts = { ...place, history, agent, id: nameOrNull(callId) ?? nameOrNull(id), tool, call };
  return reading.calls.open(facts) ? null : broken("a call has the id of an earlier one; it is left out");
}

function giveCarriedOut(reading: Reading, payload: JsonObject, place: Place, { tool, call }: CodexCall): void {
  const { history, agent } = reading;
  const failed = payload["status"] === "failed";
  const step = { ...place, history, agent, id: nameOrNull(payload["id"]), tool, call };
  reading.emit(toolStep(step, { result: null, failed, endedAtMs: null }));
}

function closeCall(reading: Reading, payload: JsonObject, { atMs }: Place): void {
  const { call_id: id, output, tools } = payload;
  reading.speech.end(reading.agent);
  if (typeof id === "string") reading.calls.close(keptName(id), { ...codexOutput(output ?? tools), endedAtMs: atMs });
}

function takeMessage(reading: Reading, payload: JsonObject, place: Place): void {
  const { role, content, id } = payload;
  if (role !== "assistant") return;
  const { history, agent } = reading;
  reading.speech.begin(agent, "response");
  const blocks = typeof content === "string" ? [{ text: content }] : blocksOf(content);
  for (const { text } of blocks)
    if (typeof text === "string") reading.speech.say({ ...place, history, agent, id: nameOrNull(id), text });
}

function takeItem(reading: Reading, payload: JsonObject, place: Place): Verdict {
  const found = itemKind(payload["type"]);
  if (found === null) return { unknown: `response_item:${typeName(payload)}` };
  if (found.kind === "result") closeCall(reading, payload, place);
  else if (found.kind === "message") takeMessage(reading, payload, place);
  else if (found.kind === "call" || found.kind === "carriedOut") {
    reading.speech.begin(reading.agent, "response");
    reading.speech.called(reading.agent);
    const call = found.toCall(payload);
    if (found.kind === "call") return openCall(reading, payload, place, call);
    giveCarriedOut(reading, payload, place, call);
  }
  return null;
}

function takeTokens(reading: Reading, payload: JsonObject, { line, atMs }: Place): void {
  if (isJsonObject(payload["info"])) reading.speech.end(reading.agent);
  const used = reading.tokens.use(payload);
  if (used === null) return;
  const { history, agent, model, session } = reading;
  const id = used.place === "" ? null : `${session}:${used.place}`;
  reading.emit({ form: "usage", line, history, agent, id, model, atMs, usage: used.usage });
}

function takeWords(reading: Reading, payload: JsonObject, place: Place): void {
  const { message } = payload;
  reading.speech.end(reading.agent);
  // A subagent's user is the agent that spawned it.
  if (reading.agent !== "" || typeof message !== "string") return;
  if (message.trim() === "" || NOT_WORDS.test(message)) return;
  const { history, agent } = reading;
  const facts = { form: "step", ...place, history, agent, kind: "user", id: null, endedAtMs: null } as const;
  reading.emit({ ...facts, tool: "", call: message, result: null, failed: false });
}

function takeEvent(reading: Reading, payload: JsonObject, place: Place): Verdict {
  const { type, call_id: callId } = payload;
  if (!isKnownEvent(type)) return { unknown: `event_msg:${typeName(payload)}` };
  if (type === "token_count") takeTokens(reading, payload, place);
  else if (type === "user_message") takeWords(reading, payload, place);
  else if (RESPONSE_ENDS.has(type)) reading.speech.end(reading.agent);
  else if (typeof callId === "string" && tellsFailure(payload)) reading.calls.fail(keptName(callId));
  return null;
}

function typeName({ type }: JsonObject): string {
  const verdict = unknownType(type);
  return verdict !== null && "unknown" in verdict ? verdict.unknown : "";
}

function takeCopied(reading: Reading, type: unknown, payload: JsonObject): Verdict {
  if (type === "event_msg" && payload["type"] === "token_count") reading.tokens.inherit(payload);
  if (type === "turn_context") reading.model = nameOrNull(payload["model"]) ?? reading.model;
  return null;
}

function takeRecord(reading: Reading, object: JsonObject, line: number): Verdict {
  const { type, payload, timestamp } = object;
  const place: Place = { line, atMs: timeOrNull(timestamp) };
  const isKnown = isSteplessRecord(type) || TAKERS.has(type);
  if (!isKnown) return unknownType(type);
  if (!isJsonObject(payload)) return broken("payload is not an object");
  if (type !== "session_meta" && reading.isCopied(type, payload, place.atMs)) return takeCopied(reading, type, payload);
  return TAKERS.get(type)?.(reading, payload, place) ?? null;
}

type Taker = (reading: Reading, payload: JsonObject, place: Place) => Verdict;

const TAKERS: ReadonlyMap<unknown, Taker> = new Map<unknown, Taker>([
  ["session_meta", takeMeta],
  ["response_item", takeItem],
  ["event_msg", takeEvent],
  [
    "turn_context",
    (reading, payload) => {
      reading.speech.end(reading.agent);
      reading.model = nameOrNull(payload["model"]) ?? reading.model;
      return null;
    },
  ],
]);

/** A reader of one rollout. */
export function codexReader(emit: Emit, fileName: string): StepReader {
  const reading: Reading = {
    emit,
    calls: pendingCalls(emit),
    speech: speechOf(emit),
    session: fileName,
    history: fileName,
    agent: "",
    model: "",
    started: false,
    isCopied: () => false,
    tokens: tokenCounter(false),
  };
  const end = (): void => {
    reading.speech.endAll();
    reading.calls.drain();
  };
  return { take: (object, line) => takeRecord(reading, object, line), end };
}
