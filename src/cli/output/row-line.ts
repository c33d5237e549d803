// A row in one line: its key and the fields that say something, cut where the line would be too long.

import type { Row } from "../../core/index.ts";
import { printable } from "../args/words.ts";
import { isoTime } from "./text.ts";

/** Fields that hold a point in time, in milliseconds since 1970. */
const TIME = /^(?:at|since|until|notBefore)$|(?:At|Since|Until)$/;

/** Of these the number says enough: since when each window counts, and when an agent made what. */
const COUNTED = ["times"];
const LEFT_OUT = ["kind", "windows", "policyHash"];

/** A name that the key ends with: `T-1` of task/T-1, `agent/a-1` of meter/agent/a-1. */
function isInKey(key: string, value: unknown): boolean {
  return typeof value === "string" && key.endsWith(`/${value}`);
}

/** Nothing to tell: nulls, empty lists and records. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function plain(name: string, value: unknown): unknown {
  if (typeof value === "number" && value > 0 && TIME.test(name)) return isoTime(value);
  return COUNTED.includes(name) && Array.isArray(value) ? value.length : value;
}

function shown(name: string, value: unknown): string {
  const told = plain(name, value);
  return typeof told === "string" ? told : JSON.stringify(told, (inner, one: unknown) => plain(inner, one));
}

/** Whole in --json; here at most `width` signs. */
export function rowLine(key: string, row: Row | null, width: number): string {
  if (row === null) return printable(`${key}  none`);
  const fields = Object.entries(row).filter(
    ([name, value]) => !LEFT_OUT.includes(name) && !isEmpty(value) && !isInKey(key, value),
  );
  const text = printable(`${key}  ${fields.map(([name, value]) => `${name}=${shown(name, value)}`).join(" ")}`);
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 3))}...`;
}
