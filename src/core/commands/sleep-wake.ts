// sleep_agent and wake_agent. An agent puts only itself to sleep, and never wakes itself: waking is an outside event.

import { actorName } from "../actor.ts";
import type { CommandSpec, Context } from "../context.ts";
import { actorKey } from "../rows/keys.ts";
import { readActor } from "../rows/read.ts";

const agentOf = ({ body }: { readonly body: { readonly agent: string } }): readonly string[] => [
  actorKey(actorName("agent", body.agent)),
];

/** An agent that sleeps already may lengthen its sleep, never shorten it: that would be waking itself. */
function laterEnd(agent: string, until: number | null, ctx: Context): number | null {
  const row = readActor(ctx.rows, agent);
  if (ctx.envelope.kind !== "agent" || row.asleepSince === null) return until;
  return until === null || row.asleepUntil === null ? null : Math.max(until, row.asleepUntil);
}

export const sleepAgent: CommandSpec<"sleep_agent"> = {
  keys: agentOf,
  propose: ({ body }, ctx) => {
    const agent = actorName("agent", body.agent);
    if (ctx.envelope.kind === "agent" && agent !== ctx.actor)
      return { code: "actor.not_self", numbers: { actor: ctx.actor, agent } };
    const until = laterEnd(agent, body.timeoutMs === null ? null : ctx.at + body.timeoutMs, ctx);
    return {
      drafts: [{ type: "agent_slept", body: { agent, until, reason: body.reason } }],
      code: "agent.slept",
      numbers: { agent },
      result: until === null ? { agent: body.agent } : { agent: body.agent, until },
    };
  },
};

export const wakeAgent: CommandSpec<"wake_agent"> = {
  keys: agentOf,
  propose: ({ body }) => {
    const agent = actorName("agent", body.agent);
    return {
      drafts: [{ type: "agent_woken", body: { agent, cause: "asked", reason: body.reason } }],
      code: "agent.woken",
      numbers: { agent },
      result: { agent: body.agent },
    };
  },
};
