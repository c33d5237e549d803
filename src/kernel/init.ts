// init: makes a workspace by adopting its first policy. Done once; a second one finds the workspace and says so.

import type { Policy } from "../core/index.ts";
import { KernelFault } from "./fault.ts";
import type { Kernel, Reply } from "./kernel.ts";

/**
 * Adopts the first policy of a workspace.
 * @throws KernelFault `workspace.exists` where the workspace has a log already.
 */
export async function initWorkspace(kernel: Kernel, policy: Policy, source: string): Promise<Reply> {
  const { sequence } = await kernel.head();
  if (sequence > 0) throw existing(kernel.workspace, sequence);
  const reply = await kernel.submit({ type: "adopt_policy", body: { policy, source }, commandId: "init" });
  // Of two at once the first one's grant stands, and the second is answered with it.
  if (reply.replayed) throw existing(kernel.workspace, 1);
  return reply;
}

function existing(workspace: string, sequence: number): KernelFault {
  return new KernelFault(
    "workspace.exists",
    `workspace ${workspace} exists, at sequence ${sequence}: change its policy with \`exec-kernel policy adopt FILE\``,
  );
}
