// Starts a script of this folder as a process of its own and listens to its lines.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Child = {
  readonly process: ChildProcess;
  /** Complete lines of standard output so far. */
  readonly lines: readonly string[];
  /** Resolves when `count` lines have come, or the process has ended. */
  readonly heard: (count: number) => Promise<void>;
  /** Resolves with the exit code, or the signal's name, when the process has ended and its output is read. */
  readonly ended: Promise<number | string | null>;
  readonly errors: () => string;
};

export type ChildOptions = { readonly shell?: string };

/** `options.shell` is a command that runs first, in the same process: limits such as `ulimit -f 64`. */
export function startChild(script: string, args: readonly string[], { shell }: ChildOptions = {}): Child {
  const command = [process.execPath, join(import.meta.dirname, script), ...args];
  const [file = "", ...rest] = shell === undefined ? command : ["sh", "-c", `${shell}; exec "$@"`, "sh", ...command];
  const child = spawn(file, rest, { stdio: ["pipe", "pipe", "pipe"] });
  const lines: string[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let errors = "";
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    lines.push(line);
    for (const { count, resolve } of waiting) if (lines.length >= count) resolve();
  });
  const ended = Promise.all([once(child, "exit"), once(reader, "close")]).then(
    ([[code, signal]]: [unknown[], unknown]) => {
      for (const { resolve } of waiting) resolve();
      return typeof code === "number" ? code : String(signal);
    },
  );
  const heard = (count: number) => {
    if (lines.length >= count) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push({ count, resolve });
    return Promise.race([promise, ended.then(() => undefined)]);
  };
  return { process: child, lines, heard, ended, errors: () => errors };
}
