// XState as the peer of the lifecycle table: the same states and edges, stepped by its pure transition function.

import { createMachine, transition } from "xstate";
import { timeOf } from "../measure/clock.ts";
import type { Timed } from "../measure/pairs.ts";

export const XSTATE = "XState";

type Pair = readonly [from: string, to: string];

/** Steps through these edges, each from a snapshot that is at hand. */
export function xstateOver(pairs: readonly Pair[]): Timed {
  const names = [...new Set(pairs.flat())];
  const edgesOf = (from: string): { readonly [event: string]: string } =>
    Object.fromEntries(pairs.filter(([start]) => start === from).map(([, to]) => [to, to]));
  const machine = createMachine({
    initial: names[0] ?? "",
    states: Object.fromEntries(names.map((name) => [name, { on: edgesOf(name) }])),
  });
  const steps = pairs.map(([from, to]) => ({ state: machine.resolveState({ value: from }), event: { type: to } }));
  let sum = 0;
  return (count) => {
    const ns = timeOf(() => {
      for (let left = count; left > 0; left -= steps.length)
        for (const { state, event } of steps) sum += transition(machine, state, event).length;
    });
    if (sum === 0) throw new Error("nothing was stepped through");
    return ns;
  };
}
