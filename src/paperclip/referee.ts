// The kernel's side of the adapter: what is asked of it, and its refusals as errors. No rule is here: the kernel decides.

import { randomUUID } from "node:crypto";
import type { Admission, Decision } from "../core/index.ts";
import type { AdmissionRequest, Kernel, Request } from "../kernel/index.ts";
import { isOurTask, taskIdOf, taskNamedIn } from "./admission-text.ts";
import { IdleEnforcementError, KernelRefusalError } from "./errors.ts";
import { textOf } from "./issue.ts";
import type { PaperclipIssue } from "./issue.ts";
import { reasonText } from "./texts.ts";

/** The kernel as the agent, and as whoever handed it in. */
export type Referee = {
  readonly agent: Kernel;
  readonly given: Kernel;
  /** The agent's name in the kernel. */
  readonly name: string;
  readonly agentId: string;
  /** Fences of the tasks that this adapter claimed. */
  readonly fences: Map<string, number>;
};

/** Acts as an agent always: a kernel handed in as somebody else's is turned into that agent's. */
export function refereeFor(given: Kernel, agentId: string): Referee {
  const { actor } = given;
  if (actor?.kind === "agent") return { given, agent: given, name: actor.id, agentId, fences: new Map() };
  const agent = given.as({ kind: "agent", id: agentId, proven: actor?.proven ?? false });
  return { given, agent, name: agentId, agentId, fences: new Map() };
}

/** The refusal as the error it is to a caller of the adapter. */
function refusalError(decision: Decision): Error {
  const isIdle = decision.code === "agent.asleep";
  return isIdle ? new IdleEnforcementError(decision.message, decision) : new KernelRefusalError(decision);
}

/** Submits as this kernel's actor; throws the refusal. */
export async function granted(kernel: Kernel, request: Request): Promise<Decision> {
  const { decision } = await kernel.submit(request);
  if (decision.verdict === "refused") throw refusalError(decision);
  return decision;
}

/** The kernel's refusal of any new work of this agent's while it sleeps, or null; a trial, of which nothing is kept. */
export async function isAsleep({ agent }: Referee): Promise<Decision | null> {
  const { decision } = await agent.submit({ type: "create_task", dryRun: true, body: { title: "am I awake?" } });
  return decision.code === "agent.asleep" ? decision : null;
}

/** The id that an issue's task has in the kernel: the one its description names, else the issue's own. */
export function taskOf(issue: PaperclipIssue): string {
  return taskNamedIn(textOf(issue, "description")) ?? issue.id;
}

export type Creation = {
  readonly commandId: string;
  readonly title: string;
  readonly kind: string;
  readonly admission: Admission;
  readonly description: string;
  readonly parent: string | null;
  readonly assigneeAgentId: string;
};

/** A grant, or the task that stands for this work already and may lack its issue. */
export type Created = { readonly task: string; readonly standing: Decision | null };

/** The admission as the kernel takes it: what was not given is left out. */
function stated({ originCategory, originEvidence, ...fields }: Admission): AdmissionRequest {
  return {
    ...fields,
    ...(typeof originCategory === "string" ? { originCategory } : {}),
    ...(typeof originEvidence === "string" ? { originEvidence } : {}),
  };
}

/** Creates the task; throws the refusal, save one that names a task which an adapter made: its issue may be missing. */
export async function createTask(referee: Referee, creation: Creation): Promise<Created> {
  const { commandId, title, kind, admission, description, parent, assigneeAgentId } = creation;
  const task = taskIdOf(commandId);
  const assignee = assigneeAgentId === referee.agentId ? referee.name : assigneeAgentId;
  const body = {
    task,
    title,
    kind,
    assignee,
    admission: stated(admission),
    ...(description.trim() === "" ? {} : { text: description }),
    ...(parent === null ? {} : { parent }),
  };
  const { decision } = await referee.agent.submit({ type: "create_task", commandId, body });
  if (decision.verdict === "granted") return { task, standing: null };
  const existing = decision.numbers["existing"];
  if (
    decision.code === "lineage.duplicate_open" &&
    typeof existing === "string" &&
    (await isFresh(existing, referee, decision))
  )
    return { task: existing, standing: decision };
  throw refusalError(decision);
}

/** Paperclip remembers the key of a creation for 7 days: asked again later, it would make a second issue. */
const MENDED_WITHIN_MS = 86_400_000;

async function isFresh(task: string, { given }: Referee, { at }: Decision): Promise<boolean> {
  if (!isOurTask(task)) return false;
  const row = (await given.task(task))?.task;
  return row !== undefined && at - row.createdAt < MENDED_WITHIN_MS;
}

/** Claims the issue's task; true where it was claimed now, false where this agent held it before. */
export async function claim(referee: Referee, issue: PaperclipIssue): Promise<boolean> {
  const task = taskOf(issue);
  const { decision } = await referee.agent.submit({ type: "claim_task", body: { task } });
  const isHeld = decision.code === "lease.yours_already";
  if (decision.verdict === "refused" && !isHeld) throw refusalError(decision);
  const fence = isHeld ? decision.numbers["fence"] : decision.result?.["fence"];
  if (typeof fence === "number") referee.fences.set(task, fence);
  return !isHeld;
}

/** Gives back a task whose issue could not be had. */
export async function release(referee: Referee, issue: PaperclipIssue): Promise<void> {
  const task = taskOf(issue);
  const fence = referee.fences.get(task);
  const body = { task, reason: "Paperclip did not hand out the issue" };
  await referee.agent.submit({ type: "release_task", body, ...(fence === undefined ? {} : { fence }) });
  referee.fences.delete(task);
}

/** Moves the issue's task; passes where it stands there already: an earlier move whose other half was lost. */
export async function move(referee: Referee, issue: PaperclipIssue, to: string, reason: string | null): Promise<void> {
  let decision = await moved(referee, issue, to, reason);
  if (referee.fences.has(taskOf(issue)) && isLost(decision)) {
    // The lease of its own claim ran out, and nobody else took the task: the issue is still checked out to this agent.
    await claim(referee, issue);
    decision = await moved(referee, issue, to, reason);
  }
  if (decision.verdict === "refused" && decision.code !== "lifecycle.same_state") throw refusalError(decision);
}

/** Nobody holds the task; a move out of where it went back to would skip the claim. */
function isLost({ code, numbers }: Decision): boolean {
  return code === "lifecycle.transition_skipped" && numbers["claim"] === 1;
}

async function moved(referee: Referee, issue: PaperclipIssue, to: string, reason: string | null): Promise<Decision> {
  const task = taskOf(issue);
  const fence = referee.fences.get(task);
  const { decision } = await referee.agent.submit({
    type: "move_task",
    body: { task, to, ...(reason === null ? {} : { reason: reasonText(reason) }) },
    ...(fence === undefined ? {} : { fence }),
  });
  return decision;
}

/** True for a refusal that says that the kernel has never heard of the task. */
export function isUnknownTask(error: unknown): boolean {
  if (!(error instanceof KernelRefusalError)) return false;
  return error.decision.code === "task.unknown" || error.decision.code === "task.parent_unknown";
}

export function newCommandId(): string {
  return randomUUID();
}
