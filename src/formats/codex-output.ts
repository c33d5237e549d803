// What a Codex tool gave back. Commands come in two envelopes (a JSON object with metadata, or lines above "Output:"),
// both with stamps that differ each time: they are taken off, or the same output twice would look like two results.

import { contentText } from "./loose-values.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";

export type CodexOutput = { readonly result: string; readonly failed: boolean };

/** The envelope's lines are all near the top. */
const HEAD_CHARS = 1_024;
const OUTPUT_LINE = /(?:^|\n)Output:(?:\n|$)/;
const EXIT_LINE = /^(?:Process exited with code|Exit code:) (-?\d+)$/m;
const STAMP_LINES = /^(?:Chunk ID|Wall time|Original token count|Total output lines): ?.*\n?/gm;

/** What Codex says in a tool's place when the call could not be carried out or was refused. */
const REFUSALS =
  /^(?:aborted|apply_patch verification failed|collab tool failed|command timed out|error:|exec command rejected|exec_command failed|execution error|failed in sandbox|failed to parse function arguments|patch rejected|rejected by user|tool call error|unknown process id|unsupported call|unsupported custom tool call|write_stdin failed)/i;

function fromJson(text: string): CodexOutput | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const object: JsonObject = isJsonObject(value) ? value : {};
  const { output, metadata } = object;
  if (typeof output !== "string" || !isJsonObject(metadata)) return null;
  const { exit_code: code } = metadata;
  if (typeof code !== "number") return { result: output, failed: false };
  return { result: `Exit code: ${code}\n${output}`, failed: code !== 0 };
}

function fromText(text: string): CodexOutput {
  const head = text.slice(0, HEAD_CHARS);
  const at = head.search(OUTPUT_LINE);
  const top = at < 0 ? "" : head.slice(0, at);
  const code = EXIT_LINE.exec(top)?.[1];
  // Without an envelope the whole is what the tool said.
  if (at < 0) return { result: text, failed: REFUSALS.test(text) };
  const kept = top.replace(STAMP_LINES, "").trim();
  const rest = text.slice(at).replace(/^\n/, "");
  const failed = (code !== undefined && code !== "0") || REFUSALS.test(top);
  return { result: kept === "" ? rest : `${kept}\n${rest}`, failed };
}

function textOutput(text: string): CodexOutput {
  const inJson = text.startsWith('{"output":') ? fromJson(text) : null;
  return inJson ?? fromText(text);
}

/** The output of a record: text, a list of blocks, or an object that also says whether it succeeded. */
export function codexOutput(output: unknown): CodexOutput {
  if (!isJsonObject(output)) return textOutput(contentText(output) ?? "");
  const { content, success } = output;
  const said = textOutput(contentText(content ?? output) ?? "");
  return success === false ? { ...said, failed: true } : said;
}

/** Whether an event that tells how a call ended tells of a failure: an exit code, a refused patch, a tool server's error. */
export function tellsFailure(payload: JsonObject): boolean {
  const { success, exit_code: code, result } = payload;
  if (success === false || (typeof code === "number" && code !== 0)) return true;
  if (!isJsonObject(result)) return false;
  const { Err: fault, Ok: value } = result;
  return fault !== undefined || (isJsonObject(value) && (value["is_error"] === true || value["isError"] === true));
}
