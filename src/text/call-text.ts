// A call as text to be compared: its arguments in one order, without the words that a model writes about the call, and
// its shape, in which numbers, paths and ids are masked.

import { normalised } from "./normaliser.ts";

/** Members of a call's arguments that say what the call is for and change nothing of what it does. */
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

/** The arguments of a call, null where the text is no JSON object. */
export function argumentsOf(call: string): Members | null {
  if (!call.startsWith("{")) return null;
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

/** The call in one order, normalised, with its tool. */
export function callText(tool: string, call: string, members: Members | null): string {
  if (members === null) return `${tool} ${normalised(call)}`;
  const kept = Object.keys(members)
    .filter((name) => !WORDS_ABOUT.includes(name))
    .toSorted();
  return `${tool} ${normalised(JSON.stringify(Object.fromEntries(kept.map((name) => [name, members[name]]))))}`;
}

const PATH = /(?:[A-Za-z]:\\|~?\/|\.{1,2}\/)?(?:[\w.@+-]+[/\\])+[\w.@+-]*|[\w-]+\.[A-Za-z]{1,5}(?![\w.])/g;
const MASKED_ID = /\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b|\b[A-Za-z]{1,12}[-_#](?=[0-9A-Za-z]*\d)[0-9A-Za-z]+\b/g;
const NUMBER = /\d+(?:[.,]\d+)*/g;

/** Longest text whose shape is taken; what follows in a longer one counts as it is. */
const SHAPE_MAX = 4_096;

/** The call with numbers, paths and ids masked, so that `read part-7.txt` and `read part-8.txt` have one shape. */
export function callShape(text: string): string {
  const head = text.slice(0, SHAPE_MAX).replace(PATH, "<path>").replace(MASKED_ID, "<id>").replace(NUMBER, "#");
  return text.length > SHAPE_MAX ? head + text.slice(SHAPE_MAX) : head;
}
