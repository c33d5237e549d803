// A call as text to be compared: its arguments in one order, without the words that a model writes about the call, and
// its shape, in which numbers, paths and ids are masked.

import { normalised } from "./normaliser.ts";

/** Members of a shell call's arguments that say what it is for, or how long to wait, and change nothing of what it does. */
export const WORDS_ABOUT: readonly string[] = [
  "description",
  "explanation",
  "justification",
  "rationale",
  "reason_for_call",
  "thought",
  "timeout",
  "timeout_ms",
  "run_in_background",
  "yield_time_ms",
  "max_output_tokens",
];

type Members = { readonly [name: string]: unknown };

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Deeper arguments are a text like any other: whoever writes them out in order would run out of stack. */
const DEPTH_MAX = 256;

function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === OPEN_BRACE || sign === OPEN_BRACKET) depth += 1;
    else if (sign === CLOSE_BRACE || sign === CLOSE_BRACKET) depth -= 1;
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}

const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];

/** The arguments of a call, null where the text is no JSON object. */
export function argumentsOf(call: string): Members | null {
  if (!call.startsWith("{") || isDeep(call)) return null;
  try {
    const value: unknown = JSON.parse(call);
    return isMembers(value) ? value : null;
  } catch {
    return null;
  }
}

const COMMANDS = ["command", "cmd", "script"];

/** What a shell is asked to run: of arguments that name a command, or of a text that is no JSON. */
export function commandLine(call: string, members: Members | null): string | null {
  if (members === null) return call;
  for (const name of COMMANDS) {
    const value = members[name];
    if (typeof value === "string") return value;
    if (Array.isArray(value)) return shellWords(value);
  }
  return null;
}

/** `["bash", "-lc", "npm test"]` runs `npm test`. */
function shellWords(words: readonly unknown[]): string {
  const last = words.at(-1);
  const isWrapped = typeof last === "string" && words.length >= 3 && /^-l?c$/.test(String(words.at(-2)));
  return isWrapped ? last : words.map(String).join(" ");
}

/** The call in one order, with its tool. `isShell`: what a model writes about it is left out. */
export function callText(tool: string, call: string, members: Members | null, isShell: boolean): string {
  if (members === null) return `${tool}\n${call.trim()}`;
  const names = Object.keys(members)
    .filter((name) => !(isShell && WORDS_ABOUT.includes(name)))
    .toSorted();
  return `${tool}\n${JSON.stringify(names.map((name) => [name, members[name]]))}`;
}

const PATH = /(?:[A-Za-z]:\\|~?\/|\.{1,2}\/)?(?:[\w.@+-]+[/\\])+[\w.@+-]*|[\w-]+\.[A-Za-z]{1,5}(?![\w.])/g;
const MASKED_ID = /\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b|\b[A-Za-z]{1,12}[-_#](?=[0-9A-Za-z]*\d)[0-9A-Za-z]+\b/g;
const NUMBER = /\d+(?:[.,]\d+)*/g;

/** Longest text whose shape is taken; what follows in a longer one counts as it is. */
const SHAPE_MAX = 1_024;

/** The call with numbers, paths, times and ids masked, so that `read part-7.txt` and `read part-8.txt` have one shape. */
export function callShape(text: string): string {
  const head = normalised(text.slice(0, SHAPE_MAX))
    .replace(PATH, "<path>")
    .replace(MASKED_ID, "<id>")
    .replace(NUMBER, "#");
  return text.length > SHAPE_MAX ? head + text.slice(SHAPE_MAX) : head;
}
