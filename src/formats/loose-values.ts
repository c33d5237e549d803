// Reads the loose values of transcripts: the text of what models and tools say (a string, or a list of blocks), times
// and counts. Pictures are far larger than words and are never read, but two different ones must stay different: each is told
// by its size and a digest.

import { hash } from "node:crypto";
import { parseJson } from "./json-depth.ts";
import { isJsonObject, type JsonObject } from "./json-lines.ts";
import { parseTime } from "./times.ts";

/** A block whose JSON text is longer than this is told by a digest. */
const BLOCK_CHARS_MAX = 4_096;

const DIGEST_CHARS = 16;

function digest(text: string): string {
  return `${text.length} ${hash("sha256", text).slice(0, DIGEST_CHARS)}`;
}

/** Where the two providers put a picture's bytes, as base64 text. */
function pictureData({ source, image_url: url }: JsonObject): string | null {
  const data = isJsonObject(source) ? source["data"] : url;
  return typeof data === "string" ? data : null;
}

function blockText(block: JsonObject): string {
  const { text } = block;
  if (typeof text === "string") return text;
  const data = pictureData(block);
  if (data !== null) return `[picture ${digest(data)}]`;
  const json = JSON.stringify(block);
  return json.length <= BLOCK_CHARS_MAX ? json : `[block ${digest(json)}]`;
}

/** The objects of a list; anything else in it, and anything that is no list, is left out. */
export function blocksOf(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  const items: readonly unknown[] = value;
  return items.filter(isJsonObject);
}

/** The text of a content, its blocks one below the other; null where there is none. Other values as JSON text. */
export function contentText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return blocksOf(value).map(blockText).join("\n");
}

/** A text that may be JSON as compact JSON text; what is not JSON, or nests too deep, becomes a JSON string. */
export function compactJson(text: string): string {
  try {
    const parsed = parseJson(text);
    return JSON.stringify(parsed.isDeep ? text : parsed.value);
  } catch {
    return JSON.stringify(text);
  }
}

/** A text that is there and not empty, else null. */
export function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** A time where one can be read, else null: a history with a bad clock is still a history. Milliseconds since 1970. */
export function timeOrNull(value: unknown): number | null {
  return typeof value === "string" ? parseTime(value) : null;
}

/** A count where one stands, else 0. */
export function countOrZero(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}
