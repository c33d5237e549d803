// sleep: an agent with nothing to do says so. Without a store the line is all there is; with one the sleep is durable, and
// no process creates, claims or spends as that agent until it is woken or its time is over.

import { addressProblem } from "../../paperclip/index.ts";
import type { Flags } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { quoted } from "../args/words.ts";
import { countOf, idOf, optionalId } from "./fields.ts";
import { granted } from "./seed-command.ts";
import type { Answer, SeedCommand, SeedContext } from "./seed-command.ts";

const NAME = "sleep";
const TIMEOUT_SECONDS = 30;

/** Who sleeps, empty where nothing says it, and for how long at most. */
export type Rest = { readonly agent: string; readonly timeoutSeconds: number };

/** A slip in the address would leave waiting work unseen, night after night: it is told, with a key or without one. */
function checkAddress(flags: Flags): void {
  const given = flags.text("api-url")?.trim() ?? "";
  const problem = given === "" ? null : addressProblem(given);
  // One that holds a password is not shown.
  const shown = given.includes("@") ? "" : `${quoted(given)} `;
  if (problem !== null) throw new UsageError(`--api-url ${shown}${problem}`, NAME);
}

/** The sleep that a call asks for; throws UsageError. */
export function restOf(flags: Flags, context: Pick<SeedContext, "agentId">): Rest {
  const { agentId } = context;
  checkAddress(flags);
  const inherited = agentId === "" ? "" : idOf(NAME, "the agent's name in the environment", agentId);
  return {
    agent: optionalId(NAME, "agent-id", flags) ?? inherited,
    timeoutSeconds: countOf(NAME, "timeout", flags, TIMEOUT_SECONDS),
  };
}

function judgeRest({ agent, timeoutSeconds }: Rest): Answer {
  const message = `idle agent=${agent} reason=no_tasks timeout=${timeoutSeconds}s`;
  return granted("agent.slept", "SLEEP:", message, { agent, timeoutSeconds });
}

export const sleep: SeedCommand = {
  name: NAME,
  summary: "an agent has nothing to do",
  about: [
    "Returns at once. In a workspace the sleep is recorded: until the agent is woken, or its time is over, it creates,",
    "claims and spends nothing, from any process.",
  ],
  args: [],
  flags: {
    "agent-id": { value: "ID", about: "who sleeps (else EXEC_KERNEL_AGENT, else PAPERCLIP_AGENT_ID)" },
    timeout: { value: "SECONDS", about: `how long at most (default ${TIMEOUT_SECONDS})` },
    "api-url": {
      value: "URL",
      about: "where Paperclip answers; with PAPERCLIP_API_KEY, notes the work that waits there",
    },
  },
  examples: [
    "exec-kernel sleep --timeout 30 --agent-id agent-1",
    "EXEC_KERNEL_AGENT=agent-1 exec-kernel sleep --timeout 600",
  ],
  exits: ["0 asleep", "1 refused", "2 the call or the configuration is wrong"],
  needs: (flags) => ({ variables: [], store: true, paperclip: flags.text("api-url") !== undefined }),
  judge: (_, flags, context) => judgeRest(restOf(flags, context)),
};
