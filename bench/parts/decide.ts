// The pure core: what judging one command costs once its rows are at hand. Every command is another one, with rows of
// its own, and all kinds take turns, as in a kernel at work.

import { decide as decideOne, judge } from "../../src/core/index.ts";
import type { Command, Row } from "../../src/core/index.ts";
import { quantile } from "../measure/statistics.ts";
import { alone, nanoseconds } from "../report/row.ts";
import type { Target } from "../report/row.ts";
import { AT, commandOf, newTask, POLICY, step, World } from "../world.ts";
import type { Asked } from "../world.ts";
import type { Part } from "./setting.ts";

const HELD = 256;

type Case = {
  readonly what: string;
  readonly code: string;
  /** It is about the task that its actor holds, under the fence of it. */
  readonly onHeld: boolean;
  readonly targetNs: number;
  readonly asked: (index: number, held: string, open: string) => Asked;
};

const CASES: readonly Case[] = [
  { what: "a step", code: "step.recorded", onHeld: true, targetNs: 2_000, asked: (_, held) => step(held) },
  {
    what: "a move",
    code: "task.moved",
    onHeld: true,
    targetNs: 2_000,
    asked: (_, held) => ({ type: "move_task", body: { task: held, to: "in_review", reason: null, lesson: null } }),
  },
  {
    what: "a refused move",
    code: "lifecycle.transition_skipped",
    onHeld: false,
    targetNs: 2_000,
    asked: (_, __, open) => ({ type: "move_task", body: { task: open, to: "done", reason: null, lesson: null } }),
  },
  {
    what: "a new task",
    code: "task.created",
    onHeld: true,
    targetNs: 10_000,
    asked: (index, held) => newTask(`write part ${index} of the parser`, held),
  },
];

type Stage = "need" | "decide" | "judge";
type Lane = { readonly one: Case; readonly commands: Command[]; readonly ns: Record<Stage, number[]> };

/** Tasks three levels deep that agents hold and have worked on, and as many open ones. */
function prepared(world: World): readonly Lane[] {
  const lanes = CASES.map((one): Lane => ({ one, commands: [], ns: { need: [], decide: [], judge: [] } }));
  for (let index = 0; index < HELD; index += 1) {
    const agent = { kind: "agent", actor: `agent-${index}` } as const;
    const human = { kind: "human", actor: "ada" } as const;
    const root = world.run(newTask(`root ${index} of ${agent.actor}`, null), human);
    const open = world.run(newTask(`middle ${index} of ${agent.actor}`, root), human);
    const held = world.run(newTask(`leaf ${index} of ${agent.actor}`, open), human);
    world.run({ type: "claim_task", body: { task: held } }, agent);
    world.run(step(held), agent);
    for (const { one, commands } of lanes)
      commands.push(commandOf(one.asked(index, held, open), { ...agent, ...(one.onHeld ? { fence: 1 } : {}) }));
  }
  return lanes;
}

function check({ one, commands }: Lane, world: World): void {
  for (const command of commands) {
    const { code } = decideOne(world.loaded(command), command, POLICY, AT + 1).decision;
    if (code !== one.code) throw new Error(`${one.what} was decided as ${code}`);
  }
}

/** Times single calls; the clock's own reading, some 40 ns, is in them. */
function time(lanes: readonly Lane[], calls: number, world: World): void {
  for (let call = 0; call < calls; call += 1) {
    for (const { commands, ns } of lanes) {
      const command = commands[call % HELD];
      if (command === undefined) continue;
      const rows = new Map<string, Row | null>();
      const started = performance.now();
      world.load(rows, command);
      const loaded = performance.now();
      decideOne(rows, command, POLICY, AT + 1);
      const decided = performance.now();
      judge(rows, rows.keys(), command, POLICY, AT + 1);
      const judged = performance.now();
      ns.decide.push((decided - loaded) * 1e6);
      ns.judge.push((judged - decided) * 1e6);
      ns.need.push((loaded - started) * 1e6);
    }
  }
}

function figure(ns: readonly number[]): ReturnType<typeof nanoseconds> {
  return nanoseconds(quantile(ns, 0.5), quantile(ns, 0.99));
}

export const decide: Part = {
  name: "decide",
  run: async ({ effort }) => {
    const world = new World();
    const lanes = prepared(world);
    for (const lane of lanes) check(lane, world);
    time(lanes, Math.max(HELD, effort.decisions / 2), world);
    for (const { ns } of lanes) for (const times of Object.values(ns)) times.length = 0;
    time(lanes, effort.decisions, world);
    const target = (value: number): Target => ({ kind: "below", value });
    return [
      ...lanes.map(({ one, ns }) => alone(`decide ${one.what}`, figure(ns.decide), target(one.targetNs))),
      ...lanes.map(({ one, ns }) => alone(`find the rows of ${one.what} (need)`, figure(ns.need), null)),
      ...lanes.map(({ one, ns }) => alone(`judge ${one.what}: decide and fold`, figure(ns.judge), null)),
    ];
  },
};
