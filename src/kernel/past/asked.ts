// What was asked, read back from the bodies of the events that a grant left: one function a kind of command. Where an event
// does not keep all of it, every reading is given, the likeliest first.

import { extensionOf, readMeter, WINDOWS } from "../../core/index.ts";
import type {
  Amounts,
  Call,
  CommandBodies,
  CommandType,
  Event,
  EventBodies,
  RefusedRequest,
  Rows,
} from "../../core/index.ts";

/** A command without its envelope. */
export type Asked = { [T in CommandType]: { readonly type: T; readonly body: CommandBodies[T] } }[CommandType];

/** The name after `agent:`, or the whole of another's. */
export function agentName(actor: string): string {
  return actor.startsWith("agent:") ? actor.slice("agent:".length) : actor;
}

const nameOrNull = (actor: string | null): string | null => (actor === null ? null : agentName(actor));

/** Whether a call watches something is not kept: as it was judged, and the other way. */
function callsOf(call: EventBodies["step_recorded"]["call"]): readonly (Call | null)[] {
  if (call === null) return [null];
  const { digest, shape, command, class: kind } = call;
  return [call.polled, !call.polled].map((watches) => ({ digest, shape, command, class: kind, watches }));
}

type Step = EventBodies["step_reserved"];

export function stepsOf({
  task,
  tool,
  call,
  amounts,
  started,
  handBack,
}: Step): readonly CommandBodies["reserve_step"][] {
  return callsOf(call).map((one) => ({ task, tool, call: one, amounts, started, handBack }));
}

export function createdOf(body: EventBodies["task_created"]): Asked {
  const { task, title, taskKind, text, state, parent, createdBy, priority, needs, blockedBy } = body;
  const { limits, deadlineAt, admission, fingerprint, template } = body;
  const terms = { priority, needs, blockedBy, limits, deadlineAt, admission, fingerprint, template };
  const assignee = nameOrNull(body.assignee);
  return {
    type: "create_task",
    body: { task, title, taskKind, text, state, parent, createdBy, assignee, ...terms },
  };
}

/** What is taught is spelled out: it says the same as what was left to the kernel. */
function lessonIn(own: readonly Event[]): CommandBodies["move_task"]["lesson"] {
  const found = own.find((event) => event.type === "lesson_learnt");
  if (found === undefined) return null;
  const { what, blocker, workaround } = found.body;
  return { what, blocker, workaround };
}

export function movesOf(body: EventBodies["task_moved"], own: readonly Event[]): readonly Asked[] {
  const { task, to, reason, cause, via } = body;
  const move: Asked = { type: "move_task", body: { task, to, reason, lesson: lessonIn(own) } };
  if (via === "claim") return reason === null ? [{ type: "claim_task", body: { task } }, move] : [move];
  if (via === "release") return [{ type: "release_task", body: { task, cause: cause ?? "given_back", reason } }];
  if (via === "reopen") return [{ type: "reopen_task", body: { task, reason: reason ?? "" } }];
  return [move];
}

type Fact = CommandBodies["record_fact"];
type Told = Pick<
  Fact,
  "title" | "taskKind" | "parent" | "createdBy" | "author" | "assignee" | "fingerprint" | "template"
>;

/** What a fact told of a task that was new. */
function toldOf(body: EventBodies["task_created"]): Told {
  const { title, taskKind, parent, createdBy, fingerprint, template } = body;
  const author = body.author.startsWith("agent:") ? agentName(body.author) : null;
  return { title, taskKind, parent, createdBy, author, assignee: nameOrNull(body.assignee), fingerprint, template };
}

/** Of a known task only a new parent is kept. */
function toldAgain(task: string, own: readonly Event[]): Told {
  const parent = own.find((event) => event.type === "task_placed")?.body.parent ?? null;
  const nothing = { createdBy: null, author: null, assignee: null, fingerprint: "", template: "" };
  return { title: task, taskKind: "task", parent, ...nothing };
}

export function factOf({ task, from, to, occurredAt }: EventBodies["fact_recorded"], own: readonly Event[]): Asked {
  const made = own.find((event) => event.type === "task_created")?.body;
  const told = made === undefined ? toldAgain(task, own) : toldOf(made);
  return { type: "record_fact", body: { task, from, to, occurredAt, ...told } };
}

export function settlementsOf(body: EventBodies["step_settled"], own: readonly Event[]): readonly Asked[] {
  const { reservation, result, failed, amounts } = body;
  const next = own.find((event) => event.type === "step_reserved")?.body;
  const nexts = next === undefined ? [null] : stepsOf(next);
  return nexts.map((one) => ({ type: "settle_step", body: { reservation, result, failed, amounts, next: one } }));
}

/** What was asked for is not kept, only by how much a limit was raised: the usual sum, and what that would come to. */
function addsOf(
  { scope, raises }: EventBodies["request_approved"],
  refused: RefusedRequest,
  rows: Rows,
  at: number,
): readonly (Amounts | null)[] {
  const [raise] = raises;
  if (raise === undefined || scope === null) return [null];
  const window = Math.max(
    0,
    WINDOWS.findIndex((name) => name === refused.numbers["window"]),
  );
  const extra = Number(refused.numbers["extra"] ?? 0);
  const since = extensionOf(readMeter(rows, scope), raise.dimension, window, at) - extra;
  return [null, { [raise.dimension]: raise.add + since }];
}

export function approvalsOf(
  body: EventBodies["request_approved"],
  refused: RefusedRequest | null,
  rows: Rows,
  at: number,
): readonly Asked[] {
  if (refused === null) return [];
  const [forMs, { reason }] = [body.until - at, body];
  return addsOf(body, refused, rows, at).map((add) => ({
    type: "approve_request",
    body: { refused, add, forMs, reason },
  }));
}

export function denialsOf({ reason }: EventBodies["request_denied"], refused: RefusedRequest | null): readonly Asked[] {
  return refused === null ? [] : [{ type: "deny_request", body: { refused, reason } }];
}

export function recordsOf(body: EventBodies["step_recorded"]): readonly Asked[] {
  const { task, tool, call, result, failed, amounts, handBack } = body;
  return callsOf(call).map((one) => {
    return { type: "record_step", body: { task, tool, call: one, result, failed, amounts, handBack } };
  });
}

export function editOf(body: EventBodies["task_edited"]): Asked {
  const { task, priority, needs, blockedBy, limits, deadlineAt } = body;
  return { type: "edit_task", body: { task, priority, needs, blockedBy, limits, deadlineAt } };
}

export function assignmentOf({ task, assignee, reason }: EventBodies["task_assigned"]): Asked {
  return { type: "assign_task", body: { task, assignee: nameOrNull(assignee), reason } };
}

/** `self` (kind:id) is who asked: its own run needs no name. */
export function endOf({ run, actor, reason }: EventBodies["run_ended"], self: string): Asked {
  return { type: "end_run", body: { run, agent: actor === self ? null : agentName(actor), reason } };
}

export function registrationOf({ agent, capabilities }: EventBodies["agent_registered"]): Asked {
  return { type: "register_agent", body: { agent: agentName(agent), capabilities } };
}

export function sleepOf({ agent, until, reason }: EventBodies["agent_slept"], at: number): Asked {
  const timeoutMs = until === null ? null : until - at;
  return { type: "sleep_agent", body: { agent: agentName(agent), timeoutMs, reason } };
}
