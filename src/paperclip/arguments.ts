// What callers hand in, refused in words before anything is sent: an id that would lead to another path, a text that no
// database takes, a command id that an issue could not name.

import { isCommandId } from "./admission-text.ts";

/** The text; throws TypeError or RangeError that names the argument. */
export function textArgument(name: string, value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`${name} must be a string, got ${typeof value}`);
  if (value.trim() === "") throw new RangeError(`${name} is empty`);
  if (!value.isWellFormed()) throw new RangeError(`${name} has a lone surrogate: send valid Unicode`);
  if (value.includes("\0")) throw new RangeError(`${name} has a NUL byte: remove it`);
  return value;
}

/** An id, which will stand in a path; throws TypeError or RangeError that names the argument. */
export function idArgument(name: string, value: unknown): string {
  return noPath(name, textArgument(name, value));
}

/** The id, unless it is one of the two that no encoding keeps from being taken for a folder and the one above it. */
export function noPath(name: string, id: string): string {
  if (id === "." || id === "..") throw new RangeError(`${name} is ${id}, which is a path and no id`);
  return id;
}

/** An id that the issue of the command's task can name; throws TypeError or RangeError. */
export function commandIdArgument(value: unknown): string {
  const id = textArgument("commandId", value);
  if (isCommandId(id)) return id;
  const shown = JSON.stringify(id.length > 40 ? `${id.slice(0, 40)}...` : id);
  throw new RangeError(`commandId ${shown} is not 1 to 180 letters, digits or signs of . _ : / @ + # -`);
}
