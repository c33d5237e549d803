// The commands whose judging is measured: each kind a lane of many, every one about a task of its own, three levels deep
// and worked on before.

import { OUTCOMES } from "../src/core/index.ts";
import type { Command } from "../src/core/index.ts";
import { commandOf, newTask, reserve, settle, step } from "./world.ts";
import type { Asked, World } from "./world.ts";

/** Commands in a lane. */
export const HELD = 256;

/** What a lane's command may be about. */
type Work = {
  readonly index: number;
  /** Held by the agent that asks, and the reservation that is open on it. */
  readonly held: string;
  readonly reservation: string;
  /** Held by nobody. */
  readonly open: string;
};

type Case = {
  readonly what: string;
  readonly code: string;
  /** Under which fence it is asked; the held task's is 1. */
  readonly fence: number | null;
  /** Null for two decisions in one, with the events of the first folded in between. */
  readonly targetNs: number | null;
  readonly asked: (work: Work) => Asked;
};

const STEP_NS = 2_000;

const CASES: readonly Case[] = [
  { what: "a step", code: "step.recorded", fence: 1, targetNs: STEP_NS, asked: ({ held }) => step(held) },
  { what: "a reservation", code: "step.reserved", fence: 1, targetNs: STEP_NS, asked: ({ held }) => reserve(held) },
  {
    what: "a settlement with the next step",
    code: "step.settled",
    fence: 1,
    targetNs: null,
    asked: ({ reservation, held }) => settle(reservation, held),
  },
  { what: "a refused step", code: "lease.fence_stale", fence: 7, targetNs: STEP_NS, asked: ({ held }) => step(held) },
  {
    what: "a claim",
    code: "task.claimed",
    fence: null,
    targetNs: STEP_NS,
    asked: ({ open }) => ({ type: "claim_task", body: { task: open } }),
  },
  {
    what: "a move",
    code: "task.moved",
    fence: 1,
    targetNs: STEP_NS,
    asked: ({ held }) => ({ type: "move_task", body: { task: held, to: "in_review", reason: null, lesson: null } }),
  },
  {
    what: "a refused move",
    code: "lifecycle.transition_skipped",
    fence: null,
    targetNs: STEP_NS,
    asked: ({ open }) => ({ type: "move_task", body: { task: open, to: "done", reason: null, lesson: null } }),
  },
  {
    what: "a new task",
    code: "task.created",
    fence: 1,
    targetNs: 10_000,
    asked: ({ index, held }) => newTask(`write part ${index} of the parser`, held, "test"),
  },
];

export type Stage = "need" | "decide" | "judge";
export type Lane = { readonly one: Case; readonly commands: Command[]; readonly ns: Record<Stage, number[]> };

/** A root, a task below it that is open, and below that one that this agent holds and works on. */
function workOf(index: number, world: World): Work {
  const agent = { kind: "agent", actor: `agent-${index}` } as const;
  const human = { kind: "human", actor: "ada" } as const;
  const make = (name: string, parent: string | null): string =>
    String(world.run(newTask(`${name} ${index} of ${agent.actor}`, parent), human).result["task"]);
  const root = make("root", null);
  const open = make("middle", root);
  const held = make("leaf", open);
  world.run({ type: "claim_task", body: { task: held } }, agent);
  // As many steps as the detectors remember, so that they have all of it to look at.
  for (let n = 0; n < OUTCOMES; n += 1) world.run(step(held), agent);
  const { result } = world.run(reserve(held), agent);
  return { index, held, open, reservation: String(result["reservation"]) };
}

/** Every kind of command, over a world that holds what they are about. */
export function lanesIn(world: World): readonly Lane[] {
  const lanes = CASES.map((one): Lane => ({ one, commands: [], ns: { need: [], decide: [], judge: [] } }));
  for (let index = 0; index < HELD; index += 1) {
    const work = workOf(index, world);
    for (const { one, commands } of lanes) {
      const { fence } = one;
      const as = { kind: "agent", actor: `agent-${index}`, ...(fence === null ? {} : { fence }) } as const;
      commands.push(commandOf(one.asked(work), as));
    }
  }
  return lanes;
}
