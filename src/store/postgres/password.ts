// The password of a connection, found as libpq finds it: in the URL, in PGPASSWORD, in ~/.pgpass. pg reads the file too,
// with a warning that it will not for ever.

import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The process's environment, or what a test has for it. */
export type Env = { readonly [name: string]: string | undefined };

/** Who connects where. */
export type Login = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
};

/** One line of the file: host, port, database, user, password, each with \: and \\ undone. */
function fieldsOf(line: string): string[] {
  const fields = line.match(/(?:\\.|[^:\\])*(?::|$)/g) ?? [];
  return fields.map((field) => field.replace(/:$/, "").replaceAll(/\\(.)/g, "$1"));
}

/** The password of the first line that fits; null where none does. */
export function passwordIn(text: string, login: Login): string | null {
  const wanted = [login.host, String(login.port), login.database, login.user];
  for (const line of text.split(/\r?\n/)) {
    if (line === "" || line.startsWith("#")) continue;
    const fields = fieldsOf(line);
    if (fields.length >= 5 && wanted.every((want, index) => fields[index] === "*" || fields[index] === want))
      return fields[4] ?? null;
  }
  return null;
}

/** The text of the file; null where there is none, or where others than its owner may read it, as libpq has it. */
function textOf(path: string): string | null {
  try {
    return (statSync(path).mode & 0o077) === 0 ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
}

/** The password for a login, null where nobody gave one. */
export function findPassword(given: string | null, login: Login, env: Env): string | null {
  const fromEnv = env["PGPASSWORD"] ?? "";
  if (given !== null) return given;
  if (fromEnv !== "") return fromEnv;
  const path = env["PGPASSFILE"] || join(env["HOME"] || homedir(), ".pgpass");
  const text = textOf(path);
  return text === null ? null : passwordIn(text, login);
}
