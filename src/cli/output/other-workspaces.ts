// Where a workspace is not there: the others in the state folder, for a folder that was renamed loses its own.

import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { printable } from "../args/words.ts";

const SHOWN = 3;
const STORE = /^(.+)\.db$/;

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The workspace's name behind a file's, as the shell reads it; null where it is none. */
function flagFor(file: string): string | null {
  try {
    const name = decodeURIComponent(STORE.exec(file)?.[1] ?? "");
    if (name === "") return null;
    return `-w ${/^[\w.@:+-]+$/.test(name) ? name : `'${printable(name).replaceAll("'", String.raw`'\''`)}'`}`;
  } catch {
    return null;
  }
}

/** The end of a line that names up to three of them, the last used first; empty where there are none. */
export function otherWorkspaces(storePath: string): string {
  const folder = dirname(storePath);
  try {
    const files = readdirSync(folder).filter((file) => STORE.test(file));
    const latest = files.toSorted((a, b) => changedAt(join(folder, b)) - changedAt(join(folder, a)));
    const flags = latest.map(flagFor).filter((flag) => flag !== null);
    if (flags.length === 0) return "";
    const more = flags.length > SHOWN ? `, ${flags.length - SHOWN} more` : "";
    return `; other workspaces (a renamed folder loses its own): ${flags.slice(0, SHOWN).join(", ")}${more}`;
  } catch {
    return "";
  }
}
