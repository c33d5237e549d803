// Creating an issue: the admission first, then the rest, then the kernel, then Paperclip. The kernel's task comes first,
// because a refusal after the issue stands would come too late; both halves carry the same command id, so that after a
// crash between them the same call finishes the work and never does it twice.

import { admissionProblem } from "../core/index.ts";
import type { Admission } from "../core/index.ts";
import { descriptionOf } from "./admission-text.ts";
import { commandIdArgument, idArgument, textArgument } from "./arguments.ts";
import { needAwake, noticed } from "./awake.ts";
import { asKnown } from "./desk.ts";
import type { Desk } from "./desk.ts";
import { KernelRefusalError, TaskAdmissionError } from "./errors.ts";
import { field } from "./http.ts";
import type { PaperclipIssue } from "./issue.ts";
import { createTask, newCommandId, taskOf } from "./referee.ts";
import type { Created, Referee } from "./referee.ts";
import { needed } from "./settings.ts";

export type CreateOptions = {
  readonly parentId?: string | undefined;
  readonly goalId?: string | undefined;
  /** Left out: this agent. */
  readonly assigneeAgentId?: string | undefined;
  readonly description?: string | undefined;
  /**
   * Give the same one again after a crash: the same issue comes back, never a second one. 1 to 180 letters, digits and
   * signs of . _ : / @ + # -
   */
  readonly commandId?: string | undefined;
};

/** What is asked for, with every default in its place. */
type Asked = {
  readonly title: string;
  readonly kind: string;
  readonly admission: Admission;
  readonly options: CreateOptions;
  readonly companyId: string;
  readonly assigneeAgentId: string;
  readonly commandId: string;
};

/** Creates the issue, or throws why not: TaskAdmissionError first, then IdleEnforcementError, then the kernel's refusal. */
export async function createIssue(
  title: string,
  kind: string,
  admission: Admission,
  options: CreateOptions,
  desk: Desk,
): Promise<PaperclipIssue> {
  const problem = admissionProblem(admission);
  if (problem !== null) throw new TaskAdmissionError(title, problem.field, problem.problem);
  checkOptions(options);
  textArgument("description, with its admission,", descriptionOf(options.description ?? "", kind, admission, null));
  const { settings, referee } = desk;
  // Without a parent nothing is read before the kernel decides.
  if (referee === null || options.parentId !== undefined)
    await needAwake(`${JSON.stringify(title)} is not created`, desk);
  const asked: Asked = {
    title,
    kind,
    admission,
    options,
    companyId: needed(settings, "companyId", "createTask"),
    assigneeAgentId: options.assigneeAgentId ?? needed(settings, "agentId", "createTask"),
    commandId: options.commandId ?? newCommandId(),
  };
  return referee === null ? post(asked, null, desk) : createBoth(asked, referee, desk);
}

function checkOptions({ parentId, goalId, assigneeAgentId, description = "", commandId }: CreateOptions): void {
  for (const [name, value] of Object.entries({ parentId, goalId, assigneeAgentId }))
    if (value !== undefined) idArgument(name, value);
  if (commandId !== undefined) commandIdArgument(commandId);
  if (typeof description !== "string") textArgument("description", description);
}

async function createBoth(asked: Asked, referee: Referee, desk: Desk): Promise<PaperclipIssue> {
  const { task, standing } = await createdTask(asked, referee, desk);
  desk.rest.end();
  const issue = await post(asked, task, desk);
  // The task stood before, and its issue too: the refusal stands. Only a missing half is made good.
  if (standing !== null && field(issue, "deduplicated") === true) throw new KernelRefusalError(standing, issue.id);
  return issue;
}

async function createdTask(asked: Asked, referee: Referee, desk: Desk): Promise<Created> {
  const { title, kind, admission, options, assigneeAgentId, commandId } = asked;
  const { parentId, description = "" } = options;
  const common = { commandId, title, kind, admission, description, assigneeAgentId };
  if (parentId === undefined) {
    return createTask(referee, { ...common, parent: null }).catch((error: unknown) => {
      throw noticed(error, desk);
    });
  }
  const parent = await desk.client.issue(parentId);
  const made = await asKnown(parent, desk, (known) => createTask(known, { ...common, parent: taskOf(parent) }));
  if (made === null) throw new Error("a kernel is there and was not asked: a defect");
  return made;
}

function post(asked: Asked, task: string | null, { client }: Desk): Promise<PaperclipIssue> {
  const { title, kind, admission, options, companyId, assigneeAgentId, commandId } = asked;
  const { parentId, goalId, description = "" } = options;
  return client.create(companyId, {
    title,
    description: descriptionOf(description, kind, admission, task),
    assigneeAgentId,
    ...(parentId === undefined ? {} : { parentId }),
    ...(goalId === undefined ? {} : { goalId }),
    idempotencyKey: task ?? commandId,
    allowDuplicate: task !== null,
  });
}
