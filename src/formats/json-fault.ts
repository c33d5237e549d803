// Finds the place where a text stops being JSON. JSON.parse says so only sometimes, in words that quote the text; a
// report must always name the column and never repeat what the line said. Runs only on lines that JSON.parse refused.

/** Column from 1, in UTF-16 units, and what was expected there. */
export type JsonFault = { readonly column: number; readonly why: string };

type Expect = "a value" | "a value or ]" | "a name" | "a name or }" | ":" | ", or ]" | ", or }" | "the end";

/** Either how far a scan came, or that it failed there. */
type Scan = { readonly at: number; readonly fault: string | null };

type Place = { readonly at: number; readonly expect: Expect };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const HEX = /[0-9a-fA-F]{4}/y;

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) at += 1;
  return at;
}

function scanPattern(pattern: RegExp, text: string, from: number): Scan {
  pattern.lastIndex = from;
  return pattern.test(text) ? { at: pattern.lastIndex, fault: null } : { at: from, fault: "a value was expected" };
}

function scanEscape(text: string, from: number): Scan {
  const letter = text.charAt(from);
  if (letter !== "" && '"\\/bfnrt'.includes(letter)) return { at: from + 1, fault: null };
  if (letter === "u" && scanPattern(HEX, text, from + 1).fault === null) return { at: from + 5, fault: null };
  return { at: from, fault: "a bad escape in a string" };
}

function scanString(text: string, from: number): Scan {
  let at = from + 1;
  while (at < text.length) {
    const letter = text.charAt(at);
    if (letter === '"') return { at: at + 1, fault: null };
    if (letter < " ") return { at, fault: "a control character in a string" };
    at += 1;
    if (letter !== "\\") continue;
    const escape = scanEscape(text, at);
    if (escape.fault !== null) return at >= text.length ? { at, fault: "the line ends inside a string" } : escape;
    at = escape.at;
  }
  return { at, fault: "the line ends inside a string" };
}

function scanScalar(text: string, at: number): Scan {
  const letter = text.charAt(at);
  if (letter === '"') return scanString(text, at);
  return scanPattern(letter === "-" || (letter >= "0" && letter <= "9") ? NUMBER : WORD, text, at);
}

function afterValue(open: readonly string[]): Expect {
  const inner = open.at(-1);
  if (inner === undefined) return "the end";
  return inner === "[" ? ", or ]" : ", or }";
}

function closes(letter: string, expect: Expect): boolean {
  return (letter === "]" || letter === "}") && expect.endsWith(`or ${letter}`);
}

function stepValue(text: string, at: number, open: string[]): Place | JsonFault {
  const letter = text.charAt(at);
  if (letter === "[" || letter === "{") {
    open.push(letter);
    return { at: at + 1, expect: letter === "[" ? "a value or ]" : "a name or }" };
  }
  const scan = scanScalar(text, at);
  return scan.fault === null ? { at: scan.at, expect: afterValue(open) } : { column: scan.at + 1, why: scan.fault };
}

function stepName(text: string, at: number): Place | JsonFault {
  if (text.charAt(at) !== '"') return { column: at + 1, why: "a property name in quotes was expected" };
  const scan = scanString(text, at);
  return scan.fault === null ? { at: scan.at, expect: ":" } : { column: scan.at + 1, why: scan.fault };
}

function step(text: string, { at, expect }: Place, open: string[]): Place | JsonFault {
  const letter = text.charAt(at);
  if (closes(letter, expect)) {
    open.pop();
    return { at: at + 1, expect: afterValue(open) };
  }
  if (expect.startsWith("a value")) return stepValue(text, at, open);
  if (expect.startsWith("a name")) return stepName(text, at);
  if (expect === ":" && letter === ":") return { at: at + 1, expect: "a value" };
  if (expect.startsWith(",") && letter === ",")
    return { at: at + 1, expect: expect.endsWith("]") ? "a value" : "a name" };
  return { column: at + 1, why: `${expect} was expected` };
}

/** The first place where `text` is not JSON, or null where it is. Iterative: nesting cannot exhaust the stack. */
export function findJsonFault(text: string): JsonFault | null {
  const open: string[] = [];
  let place: Place = { at: 0, expect: "a value" };
  for (;;) {
    const at = skipSpace(text, place.at);
    if (at >= text.length)
      return place.expect === "the end"
        ? null
        : { column: at + 1, why: `the line ends where ${place.expect} was expected` };
    const next = step(text, { at, expect: place.expect }, open);
    if ("why" in next) return next;
    place = next;
  }
}

/** True when brackets nest deeper than `limit`; on text that is not JSON the answer may be either. */
export function nestsDeeper(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '"') at = scanString(text, at).at - 1;
    else if (letter === "[" || letter === "{") depth += 1;
    else if (letter === "]" || letter === "}") depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}
