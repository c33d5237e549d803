// The commands the kernel knows. A new one: its body in command.ts, its file here, one line in each function below.

import type { Command } from "../command.ts";
import type { Context, Plan } from "../context.ts";
import type { Rows } from "../rows/rows.ts";
import { adoptPolicy } from "./adopt-policy.ts";
import { createTask } from "./create-task.ts";
import { claimTask, moveTask, releaseTask, reopenTask } from "./move-task.ts";
import { recordFact } from "./record-fact.ts";
import { recordStep } from "./record-step.ts";
import { sleepAgent, wakeAgent } from "./sleep-wake.ts";
import type { CommandSpec } from "../context.ts";
import type { CommandOf, CommandType } from "../command.ts";

/** What is asked of a command's spec, bound to the command, so that each caller need not know its type. */
export type Bound = {
  readonly keys: (actor: string) => readonly string[];
  readonly related: (rows: Rows) => readonly string[];
  readonly propose: (ctx: Context) => Plan;
};

function bind<T extends CommandType>(spec: CommandSpec<T>, command: CommandOf<T>): Bound {
  return {
    keys: (actor) => spec.keys(command, actor),
    related: (rows) => spec.related?.(command, rows) ?? [],
    propose: (ctx) => spec.propose(command, ctx),
  };
}

/** The command with its spec. */
export function specOf(command: Command): Bound {
  switch (command.type) {
    case "adopt_policy":
      return bind(adoptPolicy, command);
    case "create_task":
      return bind(createTask, command);
    case "claim_task":
      return bind(claimTask, command);
    case "move_task":
      return bind(moveTask, command);
    case "release_task":
      return bind(releaseTask, command);
    case "reopen_task":
      return bind(reopenTask, command);
    case "record_step":
      return bind(recordStep, command);
    case "sleep_agent":
      return bind(sleepAgent, command);
    case "wake_agent":
      return bind(wakeAgent, command);
    case "record_fact":
      return bind(recordFact, command);
  }
}
