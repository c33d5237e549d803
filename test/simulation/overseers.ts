// Those around the agents: a human who makes work, answers, halts, resumes and reopens now and then; a harness that
// brings evidence; a timer that sweeps.

import type { Request } from "../../src/kernel/index.ts";
import type { Random } from "../support/random.ts";

export type Around = {
  readonly dice: Random;
  readonly turn: number;
  readonly tasks: readonly string[];
  /** Tasks that agents believe they hold. */
  readonly working: readonly string[];
  readonly agents: readonly string[];
  /** Decisions that refused somebody, latest last. */
  readonly refusals: readonly string[];
  readonly halted: readonly string[];
};

const some = (around: Around): string =>
  around.dice.pick(around.tasks.length === 0 ? ["T-1"] : around.tasks.slice(-40));

function scope(around: Around): string {
  const { dice, agents } = around;
  return dice.pick([`task/${some(around)}`, `lineage/${some(around)}`, `agent/${dice.pick(agents)}`, "workspace"]);
}

export function humanMove(around: Around): Request {
  const { dice, turn, refusals, halted, agents } = around;
  // What is halted is resumed soon: a halt is no way of life.
  if (halted[0] !== undefined && dice.below(2) === 0) return { type: "resume_scope", body: { scope: halted[0] } };
  const decision = dice.pick(["d-1", ...refusals.slice(-20)]);
  const roll = dice.below(100);
  if (roll < 62) return { type: "create_task", body: { title: `human work ${turn}`, kind: "feature" } };
  if (roll < 72) return { type: "approve_request", body: { decision, forMs: 600_000, reason: "go on" } };
  if (roll < 76) return { type: "deny_request", body: { decision, reason: "no" } };
  if (roll < 79) return { type: "halt_scope", body: { scope: scope(around), reason: "stop" } };
  if (roll < 85) return { type: "reopen_task", body: { task: some(around), reason: "again" } };
  if (roll < 90) return { type: "release_task", body: { task: some(around) } };
  if (roll < 95) return { type: "wake_agent", body: { agent: dice.pick(agents) } };
  return { type: "move_task", body: { task: some(around), to: dice.pick(["todo", "cancelled"]) } };
}

export function harnessMove(around: Around): Request {
  const { dice, working } = around;
  const task = working.length > 0 && dice.below(4) > 0 ? dice.pick(working) : some(around);
  const exitCode = around.dice.below(3) === 0 ? 1 : 0;
  return { type: "record_evidence", body: { task, what: "command", name: "npm test", exitCode } };
}

export const sweep: Request = { type: "sweep", body: {} };
