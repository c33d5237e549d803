// Calls and results in one line: the part of a call that says what it does, the first line of what came back.

/** Members of a call's arguments that say most, in this order. */
const TELLING: readonly string[] = [
  "command",
  "cmd",
  "script",
  "file_path",
  "notebook_path",
  "pattern",
  "path",
  "url",
  "query",
  "input",
  "prompt",
  "description",
];

const CHARS_MAX = 400;
/** A call that is longer is not parsed for one line of it. */
const PARSED_MAX = 262_144;

type Members = { readonly [name: string]: unknown };

function membersOf(call: string): Members | null {
  if (call.length > PARSED_MAX) return null;
  try {
    const value: unknown = JSON.parse(call);
    if (typeof value === "string") return { input: value };
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(" ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function textOf(members: Members): string {
  const name = TELLING.find((one) => members[one] !== undefined && members[one] !== "");
  if (name === undefined)
    return Object.entries(members)
      .map(([key, value]) => `${key}=${shown(value)}`)
      .join(" ");
  const place = name === "pattern" && typeof members["path"] === "string" ? ` in ${members["path"]}` : "";
  return shown(members[name]) + place;
}

/** A text of its own: a slice would keep the whole text that it was cut from in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

/** What a call does, as its own words say it; cut, and not made harmless yet. */
export function callLine(call: string): string {
  const members = membersOf(call);
  return copied((members === null ? call : textOf(members)).slice(0, CHARS_MAX));
}

/** The first line of a result that says something; cut, and not made harmless yet. Null stays null. */
export function resultLine(result: string | null): string | null {
  if (result === null) return null;
  const start = result.slice(0, 4 * CHARS_MAX).trimStart();
  const end = start.indexOf("\n");
  return copied((end === -1 ? start : start.slice(0, end)).slice(0, CHARS_MAX));
}
