// One JSON object a line: the frame that the readers of histories and snapshots share. A reader gives only the
// function that turns one object into one row.

import { NESTING_LIMIT, parseJson } from "./json-depth.ts";
import { findJsonFault } from "./json-fault.ts";
import type { Line } from "./line-splitter.ts";
import { readLineBatches, type ReadOptions } from "./lines.ts";
import { problemAt, type ProblemItem } from "./problem.ts";

/** A parsed object whose members are not yet trusted. */
export type JsonObject = { readonly [name: string]: unknown };

/** Turns one object into a row, or says why it cannot. */
export type ToRow<Row> = (object: JsonObject, line: number) => Row | string;

/** True for a JSON object, false for null, a list or a single value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function jsonFault(line: Line): string {
  const fault = findJsonFault(line.text);
  const place = fault === null ? "not JSON" : `not JSON at column ${fault.column}: ${fault.why}`;
  return line.ended ? place : `${place}; the file ends inside this line`;
}

/** The object on one line, or why there is none. */
export function parseObjectLine(line: Line): JsonObject | string {
  try {
    const parsed = parseJson(line.text);
    if (parsed.isDeep) return `nested more than ${NESTING_LIMIT} deep`;
    return isJsonObject(parsed.value) ? parsed.value : "not a JSON object";
  } catch {
    return jsonFault(line);
  }
}

function toItem<Row extends object>(file: string, line: Line, toRow: ToRow<Row>): Row | ProblemItem {
  const object = parseObjectLine(line);
  const row = typeof object === "string" ? object : toRow(object, line.line);
  return typeof row === "string" ? problemAt(file, line.line, row) : row;
}

/** Yields one row or one problem for every line that is not empty, in file order. Never throws. */
export async function* readObjects<Row extends object>(
  path: string,
  toRow: ToRow<Row>,
  options: ReadOptions = {},
): AsyncGenerator<Row | ProblemItem> {
  for await (const batch of readLineBatches(path, options)) {
    for (const item of batch) yield item.form === "problem" ? item : toItem(path, item, toRow);
  }
}
