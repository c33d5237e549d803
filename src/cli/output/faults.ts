// What ended a command before it could answer: one line and an exit code, told by the error's name so that nothing has
// to be loaded for it. 2: the call or the set-up is wrong. 3: a fault of the world; no decision was made.

import { UsageError } from "../args/usage.ts";
import { printable } from "../args/words.ts";
import { codeOf } from "../../system/index.ts";

export type Ending = { readonly line: string; readonly exit: number };

const EXITS: { readonly [code: string]: number } = {
  "store.absent": 2,
  "store.exists": 2,
  "store.url": 2,
  "workspace.not_initialised": 2,
  "workspace.exists": 1,
};

const FAULTS: ReadonlySet<string> = new Set(["StoreFault", "KernelFault", "HistoryFault"]);

function oneLine(text: string): string {
  return printable(text.split("\n", 1)[0] ?? "");
}

function ofSystem(error: Error, code: string): Ending {
  const path = "path" in error && typeof error.path === "string" ? error.path : "";
  const syscall = "syscall" in error && typeof error.syscall === "string" ? `, ${error.syscall}` : "";
  return {
    line: `exec-kernel: ${printable(path) || "a file"} cannot be used (${code}${syscall}): check that it exists and that this user may read and write it`,
    exit: 3,
  };
}

/** The line and exit code for whatever was thrown. */
export function endingOf(error: unknown): Ending {
  if (!(error instanceof Error)) return { line: `exec-kernel: ${oneLine(String(error))}`, exit: 3 };
  if (error instanceof UsageError)
    return {
      line: `exec-kernel${error.command === "" ? "" : ` ${error.command}`}: ${oneLine(error.message)}`,
      exit: 2,
    };
  if (error.name === "ConfigError") return { line: `exec-kernel: ${oneLine(error.message)}`, exit: 2 };
  const code = codeOf(error);
  if (FAULTS.has(error.name)) {
    const exit = EXITS[code] ?? 3;
    return { line: `exec-kernel: ${exit === 3 ? `fault ${code}: ` : ""}${oneLine(error.message)}`, exit };
  }
  if (error.name === "OutputFault")
    return { line: `exec-kernel: ${oneLine(error.message)}: what was decided stands in the log`, exit: 3 };
  if ("syscall" in error && code !== "") return ofSystem(error, code);
  return {
    line: `exec-kernel: a defect of exec-kernel, not of yours: ${oneLine(error.message)} (EXEC_KERNEL_DEBUG=1 shows where)`,
    exit: 3,
  };
}
