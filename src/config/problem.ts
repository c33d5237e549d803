// What is wrong with a configuration, and where: one line for a reader, whether it is thrown or listed.

import { printable } from "./quote.ts";

/** `file` is the file or the environment variable at fault; line and column count from 1, and are 0 for a variable. */
export type Problem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly severity: "error" | "warning";
};

/** A place in a text; line and column count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** A problem within one text, before its file is named. */
export type Fault = Place & Pick<Problem, "message" | "severity">;

/** The problem as one line: `FILE:LINE:COLUMN: problem`, or `VARIABLE: problem`. */
export function problemLine(problem: Problem): string {
  const { file, line, column, message } = problem;
  return `${printable(file)}:${line === 0 ? "" : `${line}:${column}:`} ${message}`;
}

/** A configuration that cannot be used; its message is one line that names the place. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly file: string;
  readonly line: number;
  readonly column: number;

  constructor(problem: Problem) {
    super(problemLine(problem));
    this.file = problem.file;
    this.line = problem.line;
    this.column = problem.column;
  }
}
