// Where the file is looked for: the path that was given, the working directory, the home folder, /etc. The first one
// that is there is read; files are never merged with each other. Needs neither YAML nor the checks.

import { statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where to look; left out: the process's own working directory, home folder and environment, and /etc/exec-kernel.yml. */
export type LocateOptions = {
  readonly cwd?: string | undefined;
  readonly home?: string | undefined;
  readonly etcPath?: string | undefined;
};

/** A file to read; an explicit one must be there and may be a pipe. */
export type Located = { readonly path: string; readonly isExplicit: boolean };

const FILE_NAME = ".exec-kernel.yml";
const ETC_PATH = "/etc/exec-kernel.yml";

/** The file to read, or null where there is none; an explicit path is returned whether or not it is there. */
export function locateConfig(explicit: string | undefined, options: LocateOptions = {}): Located | null {
  const cwd = options.cwd ?? workingFolder();
  if (explicit !== undefined) return { path: cwd === null ? explicit : resolve(cwd, explicit), isExplicit: true };
  const home = options.home ?? homeFolder();
  const folders = [cwd, home].filter((folder) => folder !== null);
  const paths = [...folders.map((folder) => join(resolve(folder), FILE_NAME)), options.etcPath ?? ETC_PATH];
  const path = paths.find(isThere);
  return path === undefined ? null : { path, isExplicit: false };
}

/** Null when it was removed under the process. */
function workingFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

/** Null for a user id without an entry and without HOME. */
function homeFolder(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

/** A path that cannot be looked at counts as there: reading it then says why, and nothing is passed over in silence. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
