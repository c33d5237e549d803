// The form of what callers hand in. Bad input is a TypeError or RangeError that names the argument and the fault; it is
// never a refusal, and what passes here can neither forge a line of a log nor fill the memory.

/** Longest id, agent or kind, in bytes of UTF-8. */
const TEXT_BYTES_MAX = 200;

const SPACE = 0x20;
const DELETE = 0x7f;
const LAST_CONTROL = 0x9f;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

/** Why this text cannot be an id, a name or a kind; null where it can. */
export function textProblem(text: string): string | null {
  // INVARIANT: no text reaches a table that is longer than the limit, so a bounded count is bounded memory.
  if (text.length > TEXT_BYTES_MAX) return tooLong(text);
  let plain = true;
  let blank = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > SPACE && code < DELETE) blank = false;
    else if (code < SPACE || (code >= DELETE && code <= LAST_CONTROL)) return control(code, i);
    else if (code !== SPACE) plain = false;
  }
  if (!plain) return wideProblem(text);
  return blank ? "is empty" : null;
}

function wideProblem(text: string): string | null {
  if (!text.isWellFormed()) return "has a lone surrogate: send valid Unicode";
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR) return control(code, i);
  }
  if (text.trim() === "") return "is empty";
  return utf8Bytes(text) > TEXT_BYTES_MAX ? tooLong(text) : null;
}

function control(code: number, at: number): string {
  return `has a control character, U+${code.toString(16).toUpperCase().padStart(4, "0")} at ${at}: remove it`;
}

function tooLong(text: string): string {
  return `has ${utf8Bytes(text)} bytes, limit ${TEXT_BYTES_MAX}`;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}

/** Throws that the value is no string. */
export function refuseKind(name: string, value: unknown): never {
  throw new TypeError(`${name} must be a string, got ${kindOf(value)}`);
}

/** Throws unless the value is a text that may stand in a table and in a message. */
export function checkText(name: string, value: unknown): void {
  if (typeof value !== "string") return refuseKind(name, value);
  const problem = textProblem(value);
  if (problem !== null) throw new RangeError(`${name} ${problem}`);
}

/** Throws unless the value is a whole number, 0 or more, or Infinity, which means no limit. */
export function checkLimit(name: string, value: unknown): number {
  if (value === Infinity) return value;
  return checkWhole(name, value, 0);
}

/** Throws unless the value is a whole number, `least` or more. */
export function checkWhole(name: string, value: unknown, least: number): number {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${kindOf(value)}`);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${name} must be a whole number, ${least} or more, got ${value}`);
}

/** Throws unless the value is a number of seconds, 0 or more; parts of a second and Infinity are allowed. */
export function checkSeconds(name: string, value: unknown): number {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${kindOf(value)}`);
  if (value >= 0) return value;
  throw new RangeError(`${name} must be a number of seconds, 0 or more, got ${value}`);
}

/** Throws unless the value is an object without other keys than these: a misspelt limit must not fall back silently. */
export function checkKeys(name: string, value: unknown, keys: readonly string[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} must be an object, got ${kindOf(value)}`);
  }
  for (const key in value) {
    if (keys.includes(key)) continue;
    const camel = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const hint = keys.includes(camel) ? `did you mean ${camel}?` : `known: ${keys.join(", ")}`;
    throw new TypeError(`${name} has an unknown key ${JSON.stringify(key)}; ${hint}`);
  }
}

/** A value for a message: quoted, on one line, cut short. */
export function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return JSON.stringify(short.toWellFormed());
}
