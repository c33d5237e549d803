// Reads Claude Code's transcripts (below ~/.claude/projects): JSON lines, one record each. A model's message is written
// block by block on several lines with one message id; the result of a call stands on a later line, in a user's row.

import { isHumanText, isStepless, mayBeHuman } from "./claude-records.ts";
import { claudeUsage, usageGrowth } from "./claude-usage.ts";
import { blocksOf, contentText, timeOrNull } from "./loose-values.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";
import { broken, unknownType, type Verdict } from "./line-counts.ts";
import { keptName, nameOrNull } from "./names.ts";
import { pendingCalls, type PendingCalls } from "./pending-calls.ts";
import { speechOf, type Speech } from "./speech.ts";
import type { Usage } from "./step-items.ts";
import type { Emit, StepReader } from "./step-lines.ts";

/** What every row tells of itself. */
type Row = {
  readonly line: number;
  readonly history: string;
  readonly agent: string;
  readonly id: string | null;
  readonly atMs: number | null;
};

type Reading = {
  readonly emit: Emit;
  readonly fileName: string;
  readonly calls: PendingCalls;
  readonly speech: Speech;
  readonly grown: (id: string, usage: Usage) => Usage | null;
};

/** Subagents of versions that give them no id. */
const UNNAMED_AGENT = "sidechain";

/** What the program itself says in a model's place, such as that a limit was reached. */
const NO_MODEL = "<synthetic>";

const CALL_BLOCKS: ReadonlySet<unknown> = new Set(["tool_use", "server_tool_use", "mcp_tool_use"]);

function rowOf(reading: Reading, object: JsonObject, line: number, id: string | null): Row {
  const { sessionId, agentId, isSidechain, timestamp } = object;
  const unnamed = isSidechain === true ? UNNAMED_AGENT : "";
  const history = nameOrNull(sessionId) ?? reading.fileName;
  return { line, history, agent: nameOrNull(agentId) ?? unnamed, id, atMs: timeOrNull(timestamp) };
}

function closeCall({ calls }: Reading, row: Row, block: JsonObject): void {
  const { tool_use_id: id, content, is_error: isError } = block;
  if (typeof id !== "string") return;
  calls.close(keptName(id), { result: contentText(content) ?? "", failed: isError === true, endedAtMs: row.atMs });
}

/** Opens the call of a block, or says why it cannot. */
function openCall({ calls }: Reading, row: Row, block: JsonObject): string | null {
  const { id, name, input } = block;
  if (typeof name !== "string" || name === "") return "a call has no name";
  const { line, history, agent, atMs } = row;
  const call = JSON.stringify(input ?? {});
  const isNew = calls.open({ line, history, agent, id: nameOrNull(id), atMs, tool: keptName(name), call });
  return isNew ? null : "a call has the id of an earlier one; it is left out";
}

function takeBlock(reading: Reading, row: Row, block: JsonObject): string | null {
  const { type, text } = block;
  if (type === "text" && typeof text === "string") reading.speech.say({ ...row, text });
  else if (CALL_BLOCKS.has(type)) {
    reading.speech.called(row.agent);
    return openCall(reading, row, block);
  } else closeCall(reading, row, block);
  return null;
}

function takeUsage(reading: Reading, row: Row, message: JsonObject, key: string): void {
  const { usage: told, model } = message;
  if (!isJsonObject(told)) return;
  const usage = reading.grown(key, claudeUsage(told));
  if (usage === null) return;
  const { line, history, agent, atMs } = row;
  reading.emit({ form: "usage", line, history, agent, id: row.id, model: nameOrNull(model) ?? "", atMs, usage });
}

function takeAssistant(reading: Reading, object: JsonObject, line: number): Verdict {
  const { message, requestId, uuid, isApiErrorMessage } = object;
  if (!isJsonObject(message)) return broken("message is not an object");
  const { id, content, model } = message;
  if (typeof content !== "string" && !Array.isArray(content)) return broken("message.content is no text and no list");
  const row = rowOf(reading, object, line, nameOrNull(id) ?? nameOrNull(requestId) ?? nameOrNull(uuid));
  const key = row.id ?? `line ${line}`;
  reading.speech.begin(row.agent, key);
  if (isApiErrorMessage === true || model === NO_MODEL) return null;
  takeUsage(reading, row, message, key);
  const blocks = typeof content === "string" ? [{ type: "text", text: content }] : blocksOf(content);
  const faults = blocks.map((block) => takeBlock(reading, row, block)).filter((fault) => fault !== null);
  return faults[0] === undefined ? null : broken(faults[0]);
}

function takeWords(reading: Reading, row: Row, text: string): void {
  if (!isHumanText(text)) return;
  const facts = { form: "step", ...row, kind: "user", endedAtMs: null } as const;
  reading.emit({ ...facts, tool: "", call: text, result: null, failed: false });
}

function takeUser(reading: Reading, object: JsonObject, line: number): Verdict {
  const { message, uuid } = object;
  if (!isJsonObject(message)) return broken("message is not an object");
  const { content } = message;
  if (typeof content !== "string" && !Array.isArray(content)) return broken("message.content is no text and no list");
  const row = rowOf(reading, object, line, nameOrNull(uuid));
  reading.speech.end(row.agent);
  const blocks = blocksOf(content);
  for (const block of blocks) closeCall(reading, row, block);
  // A subagent's user is the agent that called it.
  if (row.agent !== "" || !mayBeHuman(object)) return null;
  const texts = blocks.map(({ type, text }) => (type === "text" && typeof text === "string" ? text : ""));
  takeWords(reading, row, typeof content === "string" ? content : texts.filter(isHumanText).join("\n"));
  return null;
}

/** A reader of one transcript. */
export function claudeReader(emit: Emit, fileName: string): StepReader {
  const reading = { emit, fileName, calls: pendingCalls(emit), speech: speechOf(emit), grown: usageGrowth() };
  const take = (object: JsonObject, line: number): Verdict => {
    const { type } = object;
    if (type === "assistant") return takeAssistant(reading, object, line);
    if (type === "user") return takeUser(reading, object, line);
    return typeof type === "string" && isStepless(type) ? null : unknownType(type);
  };
  const end = (): void => {
    reading.speech.endAll();
    reading.calls.drain();
  };
  return { take, end };
}
