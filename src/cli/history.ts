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

/** The history cannot be written; the message names the variable and the file. */
class HistoryFault extends Error {
  override name = "HistoryFault";
  readonly code = "history.not_written";
}

function told<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const way = "name a file that this user may write, or unset the variable";
    throw new HistoryFault(`${path}, named by EXEC_KERNEL_HISTORY, cannot be written (${code}): ${way}`, {
      cause: error,
    });
  }
}

/** @throws HistoryFault where the file cannot be opened or written; before a command's first line nothing is decided. */
export function historyInto(path: string, kernel: Kernel): Kernel {
  const file = told(path, () => openSync(path, "a", MODE));
  const write = (line: string): void => told(path, () => void writeSync(file, `${line}\n`));
  return recordHistory(kernel, write, { process: processName() });
}
