// The commands about agents and their runs: register, sleep, wake, start and end a run. An agent speaks only for itself,
// and never wakes itself: waking is an outside event.

import { actorName } from "../actor.ts";
import type { CommandSpec, Context, Plan } from "../context.ts";
import type { Draft } from "../event.ts";
import { actorKey, runKey, taskKey } from "../rows/keys.ts";
import { readRun } from "../rows/over.ts";
import { peekRow, readActor, readTask } from "../rows/read.ts";
import { lacking } from "../rules/capability.ts";
import { movedBody } from "./move-task.ts";

type OfAgent = { readonly body: { readonly agent: string } };

const agentOf = ({ body }: OfAgent): readonly string[] => [actorKey(actorName("agent", body.agent))];

function forAgent(name: string, ctx: Context, plan: (agent: string) => Plan): Plan {
  const agent = actorName("agent", name);
  const forOther = ctx.envelope.kind === "agent" && agent !== ctx.actor;
  return forOther ? { code: "actor.not_self", numbers: { actor: ctx.actor, agent } } : plan(agent);
}

/** Capabilities are given: an agent that registers itself keeps what it has, or some of it. */
export const registerAgent: CommandSpec<"register_agent"> = {
  keys: agentOf,
  propose: ({ body }, ctx) =>
    forAgent(body.agent, ctx, (agent) => {
      const lacks =
        ctx.envelope.kind === "agent" ? lacking(body.capabilities, readActor(ctx.rows, agent).capabilities) : [];
      if (lacks.length > 0) return { code: "agent.capability_not_given", numbers: { agent, lacks: lacks.join(", ") } };
      return {
        drafts: [{ type: "agent_registered", body: { agent, capabilities: body.capabilities } }],
        code: "agent.registered",
        numbers: { agent, capabilities: body.capabilities.join(", ") },
        result: { agent: body.agent },
      };
    }),
};

/** An agent that sleeps already may lengthen its sleep, never shorten it: that would be waking itself. */
function laterEnd(agent: string, until: number | null, ctx: Context): number | null {
  const row = readActor(ctx.rows, agent);
  if (ctx.envelope.kind !== "agent" || row.asleepSince === null) return until;
  return until === null || row.asleepUntil === null ? null : Math.max(until, row.asleepUntil);
}

/** Who sleeps works on nothing: its tasks go back to whoever is awake, and its time stops. */
function givenBack(agent: string, ctx: Context): readonly Draft[] {
  const { released } = ctx.policy.policy.lifecycle;
  return readActor(ctx.rows, agent).holds.flatMap((id): readonly Draft[] => {
    const row = readTask(ctx.rows, id);
    if (row === null || row.holder !== agent) return [];
    const move = { to: released, via: "sleep", by: "system", reason: null } as const;
    return [
      { type: "task_moved", body: { ...movedBody(row, move, ctx), escalation: row.escalation, progress: false } },
    ];
  });
}

export const sleepAgent: CommandSpec<"sleep_agent"> = {
  keys: agentOf,
  related: ({ body }, rows) =>
    peekRow(rows, actorKey(actorName("agent", body.agent)), "actor")?.holds.map(taskKey) ?? [],
  propose: ({ body }, ctx) =>
    forAgent(body.agent, ctx, (agent) => {
      const until = laterEnd(agent, body.timeoutMs === null ? null : ctx.at + body.timeoutMs, ctx);
      return {
        drafts: [{ type: "agent_slept", body: { agent, until, reason: body.reason } }, ...givenBack(agent, ctx)],
        code: "agent.slept",
        numbers: { agent },
        result: until === null ? { agent: body.agent } : { agent: body.agent, until },
      };
    }),
};

export const wakeAgent: CommandSpec<"wake_agent"> = {
  keys: agentOf,
  propose: ({ body }) => {
    const agent = actorName("agent", body.agent);
    return {
      drafts: [{ type: "agent_woken", body: { agent, cause: "asked", reason: body.reason, task: null } }],
      code: "agent.woken",
      numbers: { agent },
      result: { agent: body.agent },
    };
  },
};

const runOf = (actor: string, run: string): string => runKey(actor, run);

export const startRun: CommandSpec<"start_run"> = {
  keys: ({ body, kind, actor }) => [
    runOf(actorName(kind, actor), body.run),
    ...(body.task === null ? [] : [taskKey(body.task)]),
  ],
  propose: ({ body }, ctx) => {
    const { run, task } = body;
    if (task !== null && readTask(ctx.rows, task) === null) return { code: "task.unknown", numbers: { task } };
    const known = readRun(ctx.rows, runOf(ctx.actor, run), ctx.at);
    if (known !== null) return { code: "run.exists", numbers: { run, ended: known.endedAt === null ? 0 : 1 } };
    return {
      drafts: [{ type: "run_started", body: { run, task } }],
      code: "run.started",
      numbers: { run },
      result: { run },
    };
  },
};

export const endRun: CommandSpec<"end_run"> = {
  keys: ({ body, kind, actor }) => [
    runOf(body.agent === null ? actorName(kind, actor) : actorName("agent", body.agent), body.run),
  ],
  propose: ({ body }, ctx) => {
    const { run, reason } = body;
    const actor = body.agent === null ? ctx.actor : actorName("agent", body.agent);
    if (ctx.envelope.kind === "agent" && actor !== ctx.actor)
      return { code: "actor.not_self", numbers: { actor: ctx.actor, agent: actor } };
    const known = readRun(ctx.rows, runOf(actor, run), ctx.at);
    if (known === null || known.endedAt !== null) return { code: "run.not_running", numbers: { run, actor } };
    return {
      drafts: [{ type: "run_ended", body: { run, actor, reason } }],
      code: "run.ended_now",
      numbers: { run },
      result: { run },
    };
  },
};
