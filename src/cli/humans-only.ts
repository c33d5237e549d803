// Commands that are a human's before there is any log that could say so.

import { refusalOf } from "../core/index.ts";
import type { Decision } from "../core/index.ts";
import type { Place, Reply } from "../kernel/index.ts";
import { UsageError } from "./args/usage.ts";
import type { Surroundings } from "./context.ts";

/** The refusal of a command that an agent asks for. */
export function refusedToAgents(command: string, workspace: string): Reply {
  const refusal = refusalOf({ code: "actor.not_allowed", numbers: { command, kind: "agent", needs: "human" } }, 0, "");
  const decision: Decision = { ...refusal, commandId: command, workspace, at: Date.now() };
  return { decision, id: null, replayed: false };
}

/** Whether an agent asks; throws UsageError where an agent is named by nothing. */
export async function isAgent({ io, globals: { as } }: Surroundings, { keyPath }: Place): Promise<boolean> {
  if (io.env["EXEC_KERNEL_AGENT"] === undefined && as === undefined) return false;
  const { identify } = await import("../kernel/index.ts");
  const { problem } = identify({ env: io.env, keyPath, humanKey: null, as });
  if (io.env["EXEC_KERNEL_AGENT"] === "" && problem !== null) throw new UsageError(problem);
  return true;
}
