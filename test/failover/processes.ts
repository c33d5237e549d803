// Processes of one folder: PostgreSQL's run as daemons of their own, so a server is found by where its processes stand (each
// has its working directory inside the server's folder), and is gone when none of them is left.

import { spawn } from "node:child_process";
import { openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { until } from "../paperclip-server/ports.ts";

const GONE_MS = 20_000;

/** The ids of the processes whose working directory lies in the folder. */
export function processesIn(folder: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => isIn(workingDirectory(id), folder))
    .map(Number);
}

function workingDirectory(id: string): string {
  try {
    return readlinkSync(`/proc/${id}/cwd`);
  } catch {
    // It ended in between, or belongs to somebody else.
    return "";
  }
}

/** What it calls itself; PostgreSQL's processes say there what they do. */
export function titleOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Sends a signal to each; one that is gone already is none the worse. */
export function signal(ids: readonly number[], name: NodeJS.Signals): void {
  for (const id of ids)
    try {
      process.kill(id, name);
    } catch {
      // It ended in between.
    }
}

/** kill -9 for every process of the folder at once, then for what those had begun in between. */
export async function killAllIn(folder: string): Promise<void> {
  await until(`the end of every process in ${folder}`, GONE_MS, () => {
    const left = processesIn(folder);
    signal(left, "SIGKILL");
    return Promise.resolve(left.length === 0 ? true : null);
  });
}

/** A user that servers run as, by number; null is the present one. */
export type User = { readonly uid: number; readonly gid: number };

export type Program = {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** Where all that it says goes. */
  readonly log: string;
  readonly user: User | null;
};

/** Starts it in its folder, in a group of its own: a Ctrl-C must reach the proof, which then ends the servers. */
export function startProgram({ command, args, folder, log, user }: Program): void {
  const file = openSync(log, "a");
  const child = spawn(command, args, {
    cwd: folder,
    detached: true,
    env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: folder, LANG: "C.UTF-8" },
    stdio: ["ignore", file, file],
    ...user,
  });
  child.unref();
}
