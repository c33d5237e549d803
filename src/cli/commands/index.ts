// The one command table: help, parsing, suggestions and completion all read it. A new command: its file, its line here.

import type { CommandSpec } from "../args/spec.ts";
import { SEED_SPECS } from "../seed/index.ts";
import { agentRegister } from "./agent-register.ts";
import { agents } from "./agents.ts";
import { approve } from "./approve.ts";
import { audit } from "./audit.ts";
import { auditShow } from "./audit-show.ts";
import { backup } from "./backup.ts";
import { budgetShow } from "./budget-show.ts";
import { completionFor } from "./completion.ts";
import { configCheck } from "./config-check.ts";
import { configSchemaCommand } from "./config-schema.ts";
import { configShow } from "./config-show.ts";
import { configTable } from "./config-table.ts";
import { demo } from "./demo.ts";
import { deny } from "./deny.ts";
import { doctor } from "./doctor.ts";
import { events } from "./events.ts";
import { evidenceRecord } from "./evidence-record.ts";
import { exportCommand } from "./export.ts";
import { halt } from "./halt.ts";
import { halts } from "./halts.ts";
import { init } from "./init.ts";
import { lessons } from "./lessons.ts";
import { pending } from "./pending.ts";
import { policyAdopt } from "./policy-adopt.ts";
import { policyShow } from "./policy-show.ts";
import { policyWhatIf } from "./policy-what-if.ts";
import { replay } from "./replay.ts";
import { restore } from "./restore.ts";
import { resume } from "./resume.ts";
import { rules } from "./rules.ts";
import { runEnd } from "./run-end.ts";
import { runStart } from "./run-start.ts";
import { stepCancel } from "./step-cancel.ts";
import { stepRecord } from "./step-record.ts";
import { stepReserve } from "./step-reserve.ts";
import { stepSettle } from "./step-settle.ts";
import { sweep } from "./sweep.ts";
import { taskClaim } from "./task-claim.ts";
import { taskCreate } from "./task-create.ts";
import { taskDone } from "./task-done.ts";
import { taskEdit } from "./task-edit.ts";
import { taskHeartbeat } from "./task-heartbeat.ts";
import { taskList } from "./task-list.ts";
import { taskMove } from "./task-move.ts";
import { taskRelease } from "./task-release.ts";
import { taskReopen } from "./task-reopen.ts";
import { taskShow } from "./task-show.ts";
import { taskTree } from "./task-tree.ts";
import { verify } from "./verify.ts";
import { wake } from "./wake.ts";
import { why } from "./why.ts";
import { wrong } from "./wrong.ts";

export type Section = { readonly title: string; readonly commands: readonly CommandSpec[] };

/** In the order of the help. */
export const SECTIONS: readonly Section[] = [
  { title: "begin", commands: [demo, audit, auditShow, init, doctor] },
  {
    title: "tasks",
    commands: [
      taskCreate,
      taskList,
      taskShow,
      taskTree,
      taskEdit,
      taskClaim,
      taskHeartbeat,
      taskMove,
      taskDone,
      taskRelease,
      taskReopen,
      evidenceRecord,
      lessons,
    ],
  },
  { title: "spending", commands: [stepReserve, stepSettle, stepCancel, stepRecord, budgetShow] },
  { title: "agents", commands: [agents, agentRegister, wake, runStart, runEnd] },
  { title: "a human decides", commands: [pending, approve, deny, halt, resume, halts, wrong] },
  { title: "what happened", commands: [events, why, verify, replay, sweep] },
  { title: "safe keeping", commands: [backup, restore, exportCommand] },
  {
    title: "rules",
    commands: [rules, policyShow, policyAdopt, policyWhatIf, configCheck, configShow, configTable, configSchemaCommand],
  },
  { title: "shell", commands: [completionFor(() => COMMANDS)] },
  { title: "as the Python package has them; without a workspace too", commands: SEED_SPECS },
];

export const COMMANDS: readonly CommandSpec[] = SECTIONS.flatMap(({ commands }) => commands);
