// Names of agents as a policy lists them: the same bounds as ids in commands.

import { quoted } from "./quote.ts";

export const NAMES_MAX = 256;
const BYTES_MAX = 200;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;

/** Why this cannot be one more name of a list, or null where it can. */
export function nameProblem(name: string, others: ReadonlySet<string>): string | null {
  if (name.trim() === "") return "a name is empty";
  if (!name.isWellFormed() || CONTROL.test(name)) return `the name ${quoted(name)} has a character that no id has`;
  const bytes = Buffer.byteLength(name);
  if (bytes > BYTES_MAX) return `the name ${quoted(name)} has ${bytes} bytes, limit ${BYTES_MAX}`;
  return others.has(name) ? `the name ${quoted(name)} stands there twice` : null;
}
