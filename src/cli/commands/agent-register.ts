// agent register: says what an agent can do. Claims that ask for the next task get only what it is fit for.

import { listOf } from "../args/lists.ts";
import type { CommandSpec } from "../args/spec.ts";
import { submit } from "../submit.ts";

export const agentRegister: CommandSpec = {
  name: "agent register",
  summary: "say what an agent can do",
  about: [
    "A human names the agent and gives it what it can do; an agent registers itself, with that or less. The capabilities given now replace the ones given before.",
  ],
  args: [{ name: "NAME", optional: true }],
  flags: { capabilities: { value: "A,B", about: "what it can do, as tasks need it" } },
  examples: [
    "exec-kernel agent register a-2 --capabilities typescript,review",
    "EXEC_KERNEL_AGENT=a-2 exec-kernel agent register --capabilities typescript",
  ],
  run: async (call) => {
    const capabilities = listOf("--capabilities", call.flags.text("capabilities"));
    return submit(call, { type: "register_agent", body: { agent: call.args[0], capabilities } });
  },
};
