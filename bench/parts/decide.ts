// The pure core, with every rule refusing: what judging one command costs once its rows are at hand. Every command is
// another one, with rows of its own, and all kinds take turns, as in a kernel at work.

import { decide as decideOne, judge } from "../../src/core/index.ts";
import { HELD, lanesIn } from "../lanes.ts";
import type { Lane } from "../lanes.ts";
import { quantile } from "../measure/statistics.ts";
import { alone, nanoseconds } from "../report/row.ts";
import type { Figure, Target } from "../report/row.ts";
import { AT, find, POLICY, World } from "../world.ts";
import type { Part } from "./setting.ts";

const P99_NS = 10_000;

function check({ one, commands }: Lane, world: World): void {
  for (const command of commands) {
    const { code } = decideOne(find(world, command), command, POLICY, AT + 1).decision;
    if (code !== one.code) throw new Error(`${one.what} was decided as ${code}`);
  }
}

/** Times single calls; the clock's own reading, some 40 ns, is in them. */
function time(lanes: readonly Lane[], calls: number, world: World): void {
  for (let call = 0; call < calls; call += 1) {
    for (const { commands, ns } of lanes) {
      const command = commands[call % HELD];
      if (command === undefined) continue;
      const source = find(world, command);
      const started = performance.now();
      const rows = find(source, command);
      const loaded = performance.now();
      decideOne(rows, command, POLICY, AT + 1);
      const decided = performance.now();
      judge(rows, command, POLICY, AT + 1);
      const judged = performance.now();
      ns.decide.push((decided - loaded) * 1e6);
      ns.judge.push((judged - decided) * 1e6);
      ns.need.push((loaded - started) * 1e6);
    }
  }
}

function singles(ns: readonly number[]): Figure {
  return nanoseconds(quantile(ns, 0.5), quantile(ns, 0.99));
}

function below(value: number | null): Target | null {
  return value === null ? null : { kind: "below", value, p99: Math.max(P99_NS, value * 2) };
}

export const decide: Part = {
  name: "decide",
  run: async ({ effort }) => {
    const world = new World();
    const lanes = lanesIn(world);
    for (const lane of lanes) check(lane, world);
    time(lanes, Math.max(HELD, effort.decisions / 2), world);
    for (const { ns } of lanes) for (const times of Object.values(ns)) times.length = 0;
    time(lanes, effort.decisions, world);
    return [
      ...lanes.map(({ one, ns }) => alone(`decide ${one.what}`, singles(ns.decide), below(one.targetNs))),
      ...lanes.map(({ one, ns }) => alone(`find the rows of ${one.what} (need)`, singles(ns.need), null)),
      ...lanes.map(({ one, ns }) => alone(`judge ${one.what}: decide and fold`, singles(ns.judge), null)),
    ];
  },
};
