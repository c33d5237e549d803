// Lines of commented YAML: what a policy's parts are written with when it is shown as a file.

import type { Limit } from "../core/index.ts";
import { formatDecimal } from "./decimal.ts";
import { SECTION_ABOUTS } from "./key-table.ts";
import { keyAt } from "./keys.ts";

const COMMENT_COLUMN = 48;
// A terminal shows what `init` prints: what does not print, or turns the reading direction, is written as an escape.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** One line of YAML at a depth, with a comment from a common column on. */
export type Line = { readonly depth: number; readonly text: string; readonly comment?: string };

export function lineText({ depth, text, comment }: Line): string {
  const start = "  ".repeat(depth) + text;
  return comment === undefined ? `${start}\n` : `${start.padEnd(COMMENT_COLUMN)} # ${comment}\n`;
}

/** A text in quotes, as YAML and JSON both read it. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(
    UNPRINTABLE,
    (one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`,
  );
}

export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quotedText).join(", ")}]`;
}

function depthOf(path: string): number {
  return path.split(".").length - 1;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function line(path: string, value: string, comment: string | undefined): Line {
  const text = `${nameOf(path)}:${value === "" ? "" : ` ${value}`}`;
  return { depth: depthOf(path), text, ...(comment === undefined ? {} : { comment }) };
}

/** A section's own line; of a scope it says what the scope is. */
export function sectionLine(path: string): Line {
  return line(path, "", path.startsWith("budget.") ? SECTION_ABOUTS.get(path) : undefined);
}

/** A key with its value and with what the key is for. */
export function keyLine(path: string, value: string): Line {
  return line(path, value, keyAt(path)?.about);
}

export function countLine(path: string, value: number): Line {
  return keyLine(path, String(value));
}

/** Milliseconds, written in seconds. */
export function secondsLine(path: string, ms: number): Line {
  return keyLine(path, formatDecimal(ms, 3));
}

export function limitLine(path: string, { soft, hard }: Limit, places = 0): Line {
  const most = formatDecimal(hard, places);
  return keyLine(path, soft === null ? most : `{ soft: ${formatDecimal(soft, places)}, hard: ${most} }`);
}
