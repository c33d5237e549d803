// What a read says when the thing is not there: the same words and exit codes as a command that is refused for it.

import { reason } from "../../core/index.ts";
import type { Numbers, ReasonCode } from "../../core/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import type { Call } from "../args/spec.ts";
import { nextLine } from "./report.ts";
import { printable } from "../args/words.ts";

function refuse(call: Call, code: ReasonCode, numbers: Numbers): number {
  const { says, next, exit } = reason(code);
  const [message, steps] = [says(numbers), next(numbers)];
  if (call.globals.json) {
    call.io.out.line(JSON.stringify({ verdict: "refused", code, message, numbers, next: steps, id: null }));
    return exit;
  }
  call.io.err.line(`refused ${code}: ${message}`);
  const line = nextLine(steps);
  if (line !== null) call.io.err.line(line);
  return exit;
}

function shown(id: string): string {
  return printable(id.slice(0, 80));
}

/** Tells that there is no such task, and gives the exit code. */
export function unknownTask(call: Call, id: string): number {
  return refuse(call, "task.unknown", { task: shown(id) });
}

/** Tells why a scope has no budget (nothing bears its name, or it is no root), and gives the exit code. */
export async function unknownScope(call: Call, kernel: Kernel, scope: string): Promise<number> {
  const [, kind, id = ""] = /^(task|lineage|agent)\/(.*)$/s.exec(scope) ?? [];
  if (kind === "agent") {
    const message = `agent ${shown(id)} was never seen: see exec-kernel agents`;
    if (call.globals.json) call.io.out.line(JSON.stringify({ message, id: null }));
    else call.io.err.line(`exec-kernel ${call.command}: ${message}`);
    return 1;
  }
  const view = kind === "lineage" ? await kernel.task(id) : null;
  return view === null
    ? unknownTask(call, id)
    : refuse(call, "scope.not_root", { task: shown(id), root: view.task.root });
}
