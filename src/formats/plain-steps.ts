// Reads plain JSON lines, one step a line, for whoever writes a history down themselves:
//
//   history | session | task   which history it belongs to (else the file's name)
//   kind                       "tool", "message" or "user" (else tool where a tool is named)
//   tool, call | args          the tool and its arguments; the words of a message or a user are in text
//   result, error | failed     what came back; error may be true or a text
//   at, endedAt                when it was called and when it came back: dates and times with an offset, or
//                              milliseconds since 1970 as a number
//   id, agent                  "" or absent for the main agent
//   model, usage | tokens      usage: {inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens};
//                              tokens: one number, counted as input
//   costMicros                 what it cost, in micro-dollars

import { contentText, countOrZero, textOrNull } from "./loose-values.ts";
import { readOptionalTime, type Faults } from "./fields.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";
import { broken, type Verdict } from "./line-counts.ts";
import { nameOrNull } from "./names.ts";
import { argumentsOf } from "./runs.ts";
import type { StepItem, UsageItem } from "./step-items.ts";
import type { Emit, StepReader } from "./step-lines.ts";

const KINDS = ["tool", "message", "user"] as const;

type Kind = (typeof KINDS)[number];

type Facts = Pick<StepItem, "line" | "history" | "agent" | "id" | "atMs">;

/** Whether an object looks like one step; asked of a file's first records. */
export function looksLikeStep(object: JsonObject): boolean {
  const { history, session, task, tool, call, args, result } = object;
  if (kindOf(object) === null) return false;
  const named = [history, session, task].some((member) => member !== undefined);
  return named || (tool !== undefined && [call, args, result].some((member) => member !== undefined));
}

function kindOf({ kind, tool }: JsonObject): Kind | null {
  if (kind === undefined) return typeof tool === "string" && tool !== "" ? "tool" : null;
  return KINDS.find((known) => known === kind) ?? null;
}

function nameOf({ history, session, task }: JsonObject): string | null {
  const name = history ?? session ?? task;
  return typeof name === "number" ? String(name) : nameOrNull(name);
}

function isFailed({ error, failed }: JsonObject): boolean {
  return failed === true || error === true || (typeof error === "string" && error !== "");
}

function toStep(object: JsonObject, kind: Kind, facts: Facts, endedAtMs: number | null): StepItem {
  const { tool, call, args, text, result, error } = object;
  const words = contentText(text ?? call) ?? "";
  if (kind !== "tool")
    return { form: "step", ...facts, kind, endedAtMs, tool: "", call: words, result: null, failed: false };
  const came = contentText(result) ?? textOrNull(error);
  const named = { tool: nameOrNull(tool) ?? "", call: argumentsOf(call ?? args) };
  return { form: "step", ...facts, kind, endedAtMs, ...named, result: came, failed: isFailed(object) };
}

function toUsage(object: JsonObject, { line, history, agent, id, atMs }: Facts): UsageItem | null {
  const { usage, tokens, model, costMicros } = object;
  const told: JsonObject = isJsonObject(usage) ? usage : { inputTokens: tokens };
  const counts = {
    inputTokens: countOrZero(told["inputTokens"]),
    outputTokens: countOrZero(told["outputTokens"]),
    cacheReadTokens: countOrZero(told["cacheReadTokens"]),
    cacheWriteTokens: countOrZero(told["cacheWriteTokens"]),
    cacheWriteHourTokens: countOrZero(told["cacheWriteHourTokens"]),
  };
  const isCosted = typeof costMicros === "number" && Number.isSafeInteger(costMicros) && costMicros >= 0;
  if (!isCosted && Object.values(counts).every((count) => count === 0)) return null;
  const facts = { form: "usage", line, history, agent, id, model: nameOrNull(model) ?? "", atMs } as const;
  return { ...facts, usage: counts, ...(isCosted ? { costMicros } : {}) };
}

/** In 1973: a smaller number is one of seconds, and would be taken for a day in 1970. */
const MS_LEAST = 1e11;
/** The last moment that a Date can tell. */
const MS_MOST = 8.64e15;

/** A time as text, or as a number of milliseconds since 1970. */
function readTimeOrMs(name: string, value: unknown, faults: Faults): number | null {
  if (typeof value !== "number") return readOptionalTime(name, value, faults);
  if (value >= MS_LEAST && value <= MS_MOST) return Math.trunc(value);
  faults.push(`${name} is a number, and none of milliseconds since 1970`);
  return null;
}

function takeStep(emit: Emit, fileName: string, object: JsonObject, line: number): Verdict {
  const kind = kindOf(object);
  if (kind === null) return broken("no tool is named, and kind is not tool, message or user");
  if (kind === "tool" && nameOrNull(object["tool"]) === null) return broken("tool is missing");
  const faults: Faults = [];
  const atMs = readTimeOrMs("at", object["at"], faults);
  const endedAtMs = readTimeOrMs("endedAt", object["endedAt"], faults);
  if (faults.length > 0) return broken(faults.join("; "));
  const agent = nameOrNull(object["agent"]) ?? "";
  const facts = { line, history: nameOf(object) ?? fileName, agent, id: nameOrNull(object["id"]), atMs };
  emit(toStep(object, kind, facts, endedAtMs));
  const usage = toUsage(object, facts);
  if (usage !== null) emit(usage);
  return null;
}

/** A reader of one file of plain steps. */
export function plainStepsReader(emit: Emit, fileName: string): StepReader {
  return { take: (object, line) => takeStep(emit, fileName, object, line), end: () => undefined };
}
