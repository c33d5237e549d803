// Steps for tests of the detectors: calls by a short name, and worlds in which an agent takes them.

import { DIGEST_LENGTH, readSteps } from "../../src/core/index.ts";
import type { Call, CommandBodies, JudgedCall, StepMemory } from "../../src/core/index.ts";
import { record } from "./asks.ts";
import { agent } from "./world.ts";
import type { As, World } from "./world.ts";

/** A digest of the right length that reads as the name. */
export const digestOf = (name: string): string => name.padEnd(DIGEST_LENGTH, "_").slice(0, DIGEST_LENGTH);

export function callOf(name: string, more: Partial<Call> = {}): Call {
  const digest = digestOf(name);
  return { digest, shape: digest, command: null, class: "observe", watches: false, ...more };
}

export function judgedCall(name: string, more: Partial<JudgedCall> = {}): JudgedCall {
  const digest = digestOf(name);
  return { digest, shape: digest, class: "observe", polled: false, ...more };
}

type Took = Partial<Omit<CommandBodies["record_step"], "call" | "result">> & { readonly as?: As };

/** The agent takes a step on a task; gives the decision's code. */
export function take(world: World, task: string, call: Call, result: string | null, more: Took = {}): string {
  const { as = agent("a-1"), ...body } = more;
  const told = result === null ? null : digestOf(result);
  return world.code(record(task, { call, result: told, ...body }), as);
}

export const memoryOf = (world: World, task: string): StepMemory => readSteps(world, task);
