// The one command table: help, parsing, suggestions and completion all read it. A new command: its file, its line here.

import type { CommandSpec } from "../args/spec.ts";
import { SEED_SPECS } from "../seed/index.ts";
import { agents } from "./agents.ts";
import { audit } from "./audit.ts";
import { budgetShow } from "./budget-show.ts";
import { completionFor } from "./completion.ts";
import { configCheck } from "./config-check.ts";
import { configSchemaCommand } from "./config-schema.ts";
import { configShow } from "./config-show.ts";
import { configTable } from "./config-table.ts";
import { demo } from "./demo.ts";
import { doctor } from "./doctor.ts";
import { events } from "./events.ts";
import { init } from "./init.ts";
import { policyAdopt } from "./policy-adopt.ts";
import { policyShow } from "./policy-show.ts";
import { stepRecord } from "./step-record.ts";
import { taskClaim } from "./task-claim.ts";
import { taskCreate } from "./task-create.ts";
import { taskDone } from "./task-done.ts";
import { taskList } from "./task-list.ts";
import { taskMove } from "./task-move.ts";
import { taskRelease } from "./task-release.ts";
import { taskReopen } from "./task-reopen.ts";
import { taskShow } from "./task-show.ts";
import { taskTree } from "./task-tree.ts";
import { verify } from "./verify.ts";
import { wake } from "./wake.ts";
import { why } from "./why.ts";

export type Section = { readonly title: string; readonly commands: readonly CommandSpec[] };

/** In the order of the help. */
export const SECTIONS: readonly Section[] = [
  { title: "begin", commands: [demo, audit, init, doctor] },
  {
    title: "tasks",
    commands: [taskCreate, taskList, taskShow, taskTree, taskClaim, taskMove, taskDone, taskRelease, taskReopen],
  },
  { title: "spending", commands: [stepRecord, budgetShow] },
  { title: "agents", commands: [agents, wake] },
  { title: "what happened", commands: [events, why, verify] },
  { title: "rules", commands: [policyShow, policyAdopt, configCheck, configShow, configTable, configSchemaCommand] },
  { title: "shell", commands: [completionFor(() => COMMANDS)] },
  { title: "as the Python package has them; without a workspace too", commands: SEED_SPECS },
];

export const COMMANDS: readonly CommandSpec[] = SECTIONS.flatMap(({ commands }) => commands);
