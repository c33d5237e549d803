// agents: who was ever seen, who sleeps and until when, and how much each holds.

import { duration, said } from "../../core/index.ts";
import type { ActorRow } from "../../core/index.ts";
import { withWorkspace } from "../context.ts";
import { printList } from "../output/print-list.ts";
import type { CommandSpec } from "../args/spec.ts";
import type { Columns } from "../output/table.ts";
import { ago } from "../output/text.ts";

function stateOf({ asleepSince, asleepUntil }: ActorRow, now: number): string {
  if (asleepSince === null) return "awake";
  return asleepUntil === null ? "asleep until woken" : `asleep, ${duration(Math.max(0, asleepUntil - now))} more`;
}

function columnsOf(agents: readonly ActorRow[], now: number): Columns {
  const rows = agents.map((agent) => [
    said(agent.actor),
    stateOf(agent, now),
    String(agent.held),
    agent.lastSeenAt === 0 ? "-" : ago(agent.lastSeenAt, now),
    agent.sleepReason ?? "-",
  ]);
  return { head: ["AGENT", "STATE", "HOLDS", "SEEN", "SLEEPS BECAUSE"], rows };
}

export const agents: CommandSpec = {
  name: "agents",
  summary: "the agents: awake or asleep, and what they hold",
  args: [],
  flags: {},
  examples: ["exec-kernel agents", "exec-kernel agents --json"],
  run: async (call) =>
    withWorkspace(call, {}, async ({ kernel }) =>
      printList(call, {
        items: await kernel.agents(),
        id: (agent) => said(agent.actor),
        columns: (items) => columnsOf(items, Date.now()),
        empty:
          "no agent was seen yet. an agent acts with EXEC_KERNEL_AGENT=NAME set: EXEC_KERNEL_AGENT=a-1 exec-kernel task claim T-1",
      }),
    ),
};
