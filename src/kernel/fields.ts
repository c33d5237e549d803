// The forms of fields that commands carry, each with the words of its refusal. Bad text is named, never passed on.

import * as z from "zod/mini";
import { visible } from "../text/index.ts";

/** A name is told from others by every sign; a title is one line for people; a text has lines. */
export type TextKind = "name" | "title" | "text";

// Invisible signs (\p{Cf}) make two names of what reads as one, and turn the direction of a line. Titles and texts are
// people's: joiners (U+200C, U+200D) and soft hyphens belong to how many languages, and emoji, are written.
const CONTROL: { readonly [K in TextKind]: RegExp } = {
  name: /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Cf}/u,
  title: /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|(?![\u00ad\u200c\u200d])\p{Cf}/u,
  text: /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u,
};

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Why this text cannot be what it is meant for; null where it can. `bytesMax` counts UTF-8. */
export function textProblem(text: string, bytesMax: number, kind: TextKind): string | null {
  if (!text.isWellFormed()) return "has a lone surrogate: send valid Unicode";
  if (text.includes("\0")) return "has a NUL byte: remove it";
  const control = CONTROL[kind].exec(text)?.[0];
  if (control !== undefined) return `has a control character, ${codePoint(control)}: remove it`;
  if (kind !== "text" && text !== text.trim()) return "begins or ends with a blank: remove it";
  const bytes = Buffer.byteLength(text);
  return bytes > bytesMax ? `has ${bytes} bytes, limit ${bytesMax}` : null;
}

/** These two take more room in a row than they have letters, and rows are bounded. */
const ESCAPED = /["\\]/;

/** A name that stands in many rows: a task's id, an agent's, a capability. */
export function nameProblem(text: string): string | null {
  return ESCAPED.test(text)
    ? "has a quotation mark or a backslash: remove it"
    : textProblem(text, ID_BYTES_MAX, "name");
}

function checkedText(bytesMax: number, kind: TextKind, emptyAllowed: boolean): z.ZodMiniString {
  return z.string().check((ctx) => {
    const blank = visible(ctx.value).trim() === "" && !emptyAllowed;
    const message = blank ? "is empty" : textProblem(ctx.value, bytesMax, kind);
    if (message !== null) ctx.issues.push({ code: "custom", message, input: ctx.value });
  });
}

export const ID_BYTES_MAX = 200;
const TITLE_BYTES_MAX = 1_000;
const TEXT_BYTES_MAX = 12_000;
const SOURCE_BYTES_MAX = 262_144;
const CALL_BYTES_MAX = 16_777_216;

/** A short name or number of something, in one line. */
export const id: z.ZodMiniString = checkedText(ID_BYTES_MAX, "name", false);

/** A name that is new to the kernel, and will stand in many rows. */
export const newName: z.ZodMiniString = checkedText(ID_BYTES_MAX, "name", false).check((ctx) => {
  const message = ESCAPED.test(ctx.value) ? nameProblem(ctx.value) : null;
  if (message !== null) ctx.issues.push({ code: "custom", message, input: ctx.value });
});
const OWN_NUMBER_MAX = 12;

/** A task's id as its creator names it: T-n is the kernel's own form, so n stays in the range it can count on from. */
export const newTaskId: z.ZodMiniString = newName.check((ctx) => {
  if (!/^T-\d+$/.test(ctx.value) || ctx.value.length - 2 <= OWN_NUMBER_MAX) return;
  ctx.issues.push({
    code: "custom",
    message: `has more than ${OWN_NUMBER_MAX} digits: choose another id`,
    input: ctx.value,
  });
});
/** A line for people. */
export const title: z.ZodMiniString = checkedText(TITLE_BYTES_MAX, "title", false);
export const text: z.ZodMiniString = checkedText(TEXT_BYTES_MAX, "text", true);
/** A short line that people write, such as a reason. */
export const line: z.ZodMiniString = checkedText(ID_BYTES_MAX, "title", false);
const NOTE_BYTES_MAX = 1_000;
/** A short text that says something: a reason, a name of a command, a lesson. */
export const why: z.ZodMiniString = checkedText(NOTE_BYTES_MAX, "text", true);
export const note: z.ZodMiniString = checkedText(NOTE_BYTES_MAX, "text", false);

function shaped(pattern: RegExp, problem: string): z.ZodMiniString {
  return z.string().check((ctx) => {
    if (!pattern.test(ctx.value)) ctx.issues.push({ code: "custom", message: problem, input: ctx.value });
  });
}

export const reservation: z.ZodMiniString = shaped(/^r-[1-9]\d{0,11}$/, "is no reservation: write r-NUMBER");
export const decisionId: z.ZodMiniString = shaped(/^d-0*[1-9]\d{0,11}$/, "is no decision: write d-NUMBER");
export const scopeName: z.ZodMiniString = checkedText(ID_BYTES_MAX + "lineage/".length, "name", false);

const NAMES_MAX = 16;
/** A few names, each once. */
export const names: z.ZodMiniArray<z.ZodMiniString> = z.array(newName).check((ctx) => {
  if (ctx.value.length <= NAMES_MAX) return;
  ctx.issues.push({
    code: "custom",
    message: `has ${ctx.value.length} names, limit ${NAMES_MAX}`,
    input: ctx.value,
  });
});

/** The text of a policy, as its author wrote it. */
export const source: z.ZodMiniString = checkedText(SOURCE_BYTES_MAX, "text", true);
/** Kept only as a digest, so only its size is bounded. */
export const call: z.ZodMiniString = z.string().check(z.maxLength(CALL_BYTES_MAX));

function count(max: number): z.ZodMiniNumber {
  return z.number().check((ctx) => {
    const { value } = ctx;
    let message: string | null = null;
    if (!Number.isInteger(value)) message = "is not a whole number";
    else if (value < 0) message = `is ${value}: it cannot be negative`;
    else if (value > max) message = `is ${value}, limit ${max}`;
    if (message !== null) ctx.issues.push({ code: "custom", message, input: value });
  });
}

const DIMENSION = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** The name of a budget dimension: plain letters, and nothing that every object has of itself. */
const dimension: z.ZodMiniString = z.string().check((ctx) => {
  if (DIMENSION.test(ctx.value) && !(ctx.value in Object.prototype)) return;
  ctx.issues.push({ code: "custom", message: "is no name for a dimension: use letters and digits", input: ctx.value });
});

/** 0 is the most urgent, 4 the least. */
export const priority: z.ZodMiniNumber = count(4);
/** A step's amount, at most 2^40. */
export const amount: z.ZodMiniNumber = count(2 ** 40);
export const fence: z.ZodMiniNumber = count(Number.MAX_SAFE_INTEGER);
/** A point in time, at most the year 9999. */
export const time: z.ZodMiniNumber = count(253_402_300_799_999);
/** A sleep, at most a year. */
export const timeoutMs: z.ZodMiniNumber = count(31_536_000_000);

const DIMENSIONS_MAX = 32;

/** Amounts by dimension, as many as one meter holds. */
export const amounts: z.ZodMiniRecord<z.ZodMiniString, z.ZodMiniNumber> = z.record(dimension, amount).check((ctx) => {
  const given = Object.keys(ctx.value).length;
  if (given <= DIMENSIONS_MAX) return;
  ctx.issues.push({ code: "custom", message: `has ${given} dimensions, limit ${DIMENSIONS_MAX}`, input: ctx.value });
});
