// What a read says when the thing is not there: the same words and exit codes as a command that is refused for it.

import { reason } from "../../core/index.ts";
import type { Call } from "../args/spec.ts";
import { nextLine } from "./report.ts";
import { printable } from "../args/words.ts";

/** Tells that there is no such task, and gives the exit code. */
export function unknownTask(call: Call, id: string): number {
  const { says, next, exit } = reason("task.unknown");
  const numbers = { task: printable(id.slice(0, 80)) };
  if (call.globals.json)
    call.io.out.line(
      JSON.stringify({
        verdict: "refused",
        code: "task.unknown",
        message: says(numbers),
        numbers,
        next: next(numbers),
        id: null,
      }),
    );
  else {
    call.io.err.line(`refused task.unknown: ${says(numbers)}`);
    const line = nextLine(next(numbers));
    if (line !== null) call.io.err.line(line);
  }
  return exit;
}

/** Tells that a scope names nothing that was ever seen, and gives the exit code. */
export function unknownScope(call: Call, scope: string): number {
  const [, kind, id = ""] = /^(task|lineage|agent)\/(.*)$/s.exec(scope) ?? [];
  if (kind !== "agent") return unknownTask(call, id);
  call.io.err.line(
    `exec-kernel ${call.command}: agent ${printable(id.slice(0, 80))} was never seen: see exec-kernel agents`,
  );
  return 1;
}
