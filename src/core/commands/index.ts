// The commands the kernel knows. A new one: its body in command.ts, its file here, one line in each function below.

import type { Command } from "../command.ts";
import type { Context, Plan } from "../context.ts";
import type { Rows } from "../rows/rows.ts";
import { adoptPolicy } from "./adopt-policy.ts";
import { endRun, registerAgent, sleepAgent, startRun, wakeAgent } from "./agents.ts";
import { approveRequest, denyRequest, markWrong } from "./approvals.ts";
import { createTask } from "./create-task.ts";
import { assignTask, editTask, placeTask } from "./edit-task.ts";
import { recordEvidence } from "./evidence.ts";
import { haltScope, resumeScope } from "./halts.ts";
import { claimTask, moveTask, releaseTask, reopenTask } from "./move-task.ts";
import { recordFact } from "./record-fact.ts";
import { cancelStep, recordStep, renewLease, reserveStep, settleStep } from "./steps.ts";
import { startIncarnation } from "./start-incarnation.ts";
import { sweep } from "./sweep.ts";
import type { CommandSpec } from "../context.ts";
import type { CommandOf, CommandType } from "../command.ts";

/** What is asked of a command's spec, bound to the command, so that each caller need not know its type. */
export type Bound = {
  readonly keys: (actor: string) => readonly string[];
  readonly related: (rows: Rows) => readonly string[];
  readonly beside: (rows: Rows) => readonly string[];
  readonly propose: (ctx: Context) => Plan;
};

function bind<T extends CommandType>(spec: CommandSpec<T>, command: CommandOf<T>): Bound {
  return {
    keys: (actor) => spec.keys(command, actor),
    related: (rows) => spec.related?.(command, rows) ?? [],
    beside: (rows) => spec.beside?.(command, rows) ?? [],
    propose: (ctx) => spec.propose(command, ctx),
  };
}

/** The command with its spec. */
export function specOf(command: Command): Bound {
  switch (command.type) {
    case "adopt_policy":
      return bind(adoptPolicy, command);
    case "start_incarnation":
      return bind(startIncarnation, command);
    case "create_task":
      return bind(createTask, command);
    case "edit_task":
      return bind(editTask, command);
    case "assign_task":
      return bind(assignTask, command);
    case "place_task":
      return bind(placeTask, command);
    case "claim_task":
      return bind(claimTask, command);
    case "renew_lease":
      return bind(renewLease, command);
    case "move_task":
      return bind(moveTask, command);
    case "release_task":
      return bind(releaseTask, command);
    case "reopen_task":
      return bind(reopenTask, command);
    case "reserve_step":
      return bind(reserveStep, command);
    case "settle_step":
      return bind(settleStep, command);
    case "cancel_step":
      return bind(cancelStep, command);
    case "record_step":
      return bind(recordStep, command);
    case "record_evidence":
      return bind(recordEvidence, command);
    case "start_run":
      return bind(startRun, command);
    case "end_run":
      return bind(endRun, command);
    case "register_agent":
      return bind(registerAgent, command);
    case "sleep_agent":
      return bind(sleepAgent, command);
    case "wake_agent":
      return bind(wakeAgent, command);
    case "halt_scope":
      return bind(haltScope, command);
    case "resume_scope":
      return bind(resumeScope, command);
    case "approve_request":
      return bind(approveRequest, command);
    case "deny_request":
      return bind(denyRequest, command);
    case "mark_wrong":
      return bind(markWrong, command);
    case "sweep":
      return bind(sweep, command);
    case "record_fact":
      return bind(recordFact, command);
  }
}
