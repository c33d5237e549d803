// The history of this process's commands, appended to a file: one write a line, so that many processes may share it.

import { openSync, writeSync } from "node:fs";
import { recordHistory } from "../kernel/index.ts";
import type { Kernel } from "../kernel/index.ts";

/** Only its owner reads it: it tells who worked on what. */
const MODE = 0o600;

/** Names the process among all that share the file, also when the system gives its number to another. */
function processName(): string {
  return `${process.pid}-${Math.trunc(performance.timeOrigin)}`;
}

/** @throws Error of the system where the file cannot be opened; then nothing is decided. */
export function historyInto(path: string, kernel: Kernel): Kernel {
  const file = openSync(path, "a", MODE);
  return recordHistory(kernel, (line) => void writeSync(file, `${line}\n`), { process: processName() });
}
