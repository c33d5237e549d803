// Problems of a configuration, one line each on stderr.

import type { Problem } from "../../config/index.ts";
import type { Call } from "../args/spec.ts";

/** Tells every problem and gives the exit code: 2 where one of them is an error. */
export async function tellProblems({ io, paintErr }: Call, problems: readonly Problem[]): Promise<number> {
  const { problemLine } = await import("../../config/index.ts");
  for (const problem of problems)
    io.err.line(
      `${paintErr(problem.severity === "error" ? "red" : "yellow", problem.severity)} ${problemLine(problem)}`,
    );
  return exitOf(problems);
}

export function exitOf(problems: readonly Problem[]): number {
  return problems.some(({ severity }) => severity === "error") ? 2 : 0;
}
