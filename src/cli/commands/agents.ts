// agents: who was ever seen, who sleeps and until when, who is halted, what each holds and can do.

import { duration, said } from "../../core/index.ts";
import type { ActorRow } from "../../core/index.ts";
import type { Kernel } from "../../kernel/index.ts";
import { withWorkspace } from "../context.ts";
import { kernelTime } from "../kernel-time.ts";
import { printList } from "../output/print-list.ts";
import type { CommandSpec } from "../args/spec.ts";
import type { Columns } from "../output/table.ts";
import { ago } from "../output/text.ts";

/** An agent's row and whether it, or the whole workspace, is halted; the form of --json. */
type Shown = ActorRow & { readonly halted: boolean };

const HELD_SHOWN = 3;

function stateOf({ asleepSince, asleepUntil, halted }: Shown, now: number): string {
  if (halted) return "halted";
  if (asleepSince === null) return "awake";
  return asleepUntil === null ? "asleep until woken" : `asleep, ${duration(Math.max(0, asleepUntil - now))} more`;
}

function held(holds: readonly string[]): string {
  if (holds.length === 0) return "-";
  const more = holds.length - HELD_SHOWN;
  return holds.slice(0, HELD_SHOWN).join(" ") + (more > 0 ? ` +${more}` : "");
}

function columnsOf(agents: readonly Shown[], now: number): Columns {
  const rows = agents.map((agent) => [
    said(agent.actor),
    stateOf(agent, now),
    held(agent.holds),
    agent.lastSeenAt === 0 ? "-" : ago(agent.lastSeenAt, now),
    agent.sleepReason ?? "-",
    agent.capabilities === null || agent.capabilities.length === 0 ? "-" : agent.capabilities.join(" "),
  ]);
  return { head: ["AGENT", "STATE", "HOLDS", "SEEN", "SLEEPS BECAUSE", "CAN"], rows };
}

async function shown(kernel: Kernel): Promise<readonly Shown[]> {
  const halted = new Set((await kernel.halts()).filter((row) => row.halted).map(({ scope }) => scope));
  return (await kernel.agents()).map((agent) => ({
    ...agent,
    halted: halted.has("workspace") || halted.has(agent.actor.replace(/^agent:/, "agent/")),
  }));
}

export const agents: CommandSpec = {
  name: "agents",
  summary: "the agents: awake, asleep or halted, what they hold and what they can do",
  args: [],
  flags: {},
  examples: ["exec-kernel agents", "exec-kernel agents --json"],
  run: async (call) =>
    withWorkspace(call, {}, async ({ kernel }) => {
      const now = await kernelTime(kernel);
      return printList(call, {
        items: await shown(kernel),
        id: (agent) => said(agent.actor),
        columns: (items) => columnsOf(items, now),
        empty:
          "no agent was seen yet. an agent acts with EXEC_KERNEL_AGENT=NAME set: EXEC_KERNEL_AGENT=a-1 exec-kernel task claim T-1",
      });
    }),
};
