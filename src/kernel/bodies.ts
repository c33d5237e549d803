// From a request's checked body to the command's: defaults filled in, digests computed, every field in its place.

import type { Command, CommandBodies, Finding } from "../core/index.ts";
import { fingerprint, template, visible } from "../text/index.ts";
import { approveBody, denyBody, markBody } from "./answer-bodies.ts";
import { invalid, isFinding, sorted, unique } from "./body-context.ts";
import type { BodyContext } from "./body-context.ts";
import { sha256 } from "./digest.ts";
import type { Request, RequestBodies } from "./request.ts";
import { evidenceBody, recordBody, reserveBody, settleBody } from "./step-bodies.ts";

type Asked = { [T in Command["type"]]: { readonly type: T; readonly body: CommandBodies[T] } }[Command["type"]];

type CreateRequest = RequestBodies["create_task"];

function admissionOf({ admission }: CreateRequest): CommandBodies["create_task"]["admission"] {
  if (admission === undefined) return null;
  const { consumer, painPoint, expectedValue, validationPath, originCategory, originEvidence } = admission;
  return {
    consumer,
    painPoint,
    expectedValue,
    validationPath,
    originCategory: originCategory ?? null,
    originEvidence: originEvidence ?? null,
  };
}

const USUAL_PRIORITY = 2;

type Terms = Pick<CommandBodies["create_task"], "priority" | "needs" | "blockedBy" | "limits" | "deadlineAt">;

/** What bears on when and by whom it is done. */
function termsOf(body: CreateRequest): Terms {
  return {
    priority: body.priority ?? USUAL_PRIORITY,
    needs: unique(body.needs ?? []),
    blockedBy: unique(body.blockedBy ?? []),
    limits: sorted(Object.entries(body.limits ?? {})),
    deadlineAt: body.deadlineAt ?? null,
  };
}

function createBody(body: CreateRequest): CommandBodies["create_task"] {
  const kind = visible(body.kind ?? "task");
  return {
    task: body.task ?? null,
    title: body.title,
    taskKind: kind,
    text: body.text ?? null,
    state: body.state ?? null,
    parent: body.parent ?? null,
    createdBy: body.createdBy ?? null,
    assignee: body.assignee ?? null,
    ...termsOf(body),
    admission: admissionOf(body),
    fingerprint: fingerprint({ kind, title: body.title, text: body.text ?? "", scope: body.scope ?? "" }),
    template: template(body.title),
  };
}

function editBody(body: RequestBodies["edit_task"]): CommandBodies["edit_task"] | Finding {
  const { task, priority = null, deadlineAt = null } = body;
  const needs = body.needs === undefined ? null : unique(body.needs);
  const blockedBy = body.blockedBy === undefined ? null : unique(body.blockedBy);
  const limits = body.limits === undefined ? null : sorted(Object.entries(body.limits));
  if ([priority, deadlineAt, needs, blockedBy, limits].every((field) => field === null))
    return invalid("body", "changes nothing: give priority, needs, blockedBy, limits or deadlineAt");
  return { task, priority, needs, blockedBy, limits, deadlineAt };
}

function factBody(body: RequestBodies["record_fact"]): CommandBodies["record_fact"] {
  const { task, to, occurredAt, title = task } = body;
  const kind = visible(body.kind ?? "task");
  // Without a title nothing says what the work is: only the id tells it apart.
  const text = body.title === undefined ? task : "";
  const { from = null, parent = null, createdBy = null, author = null, assignee = null } = body;
  const work = fingerprint({ kind, title, text, scope: "" });
  const digests = { fingerprint: work, template: body.title === undefined ? work : template(title) };
  return { task, from, to, occurredAt, title, taskKind: kind, parent, createdBy, author, assignee, ...digests };
}

function policyBody(body: RequestBodies["adopt_policy"], ctx: BodyContext): CommandBodies["adopt_policy"] | Finding {
  const policy = ctx.readPolicy(body.policy);
  if (typeof policy === "string") return invalid("policy", policy);
  return { policy, source: body.source, hash: sha256(JSON.stringify(policy)), humanKey: ctx.humanKey };
}

/** The agent that the request is about: the one named, else the one that asks. */
function agentOf(agent: string | undefined, ctx: BodyContext): string | Finding {
  if (agent !== undefined) return agent;
  return ctx.actor.kind === "agent" ? ctx.actor.id : invalid("agent", "is missing: say which agent it is about");
}

function sleepBody(body: RequestBodies["sleep_agent"], ctx: BodyContext): CommandBodies["sleep_agent"] | Finding {
  const agent = agentOf(body.agent, ctx);
  if (typeof agent !== "string") return agent;
  return { agent, timeoutMs: body.timeoutMs ?? null, reason: body.reason ?? "idle" };
}

function registerBody(
  body: RequestBodies["register_agent"],
  ctx: BodyContext,
): CommandBodies["register_agent"] | Finding {
  const agent = agentOf(body.agent, ctx);
  return typeof agent === "string" ? { agent, capabilities: unique(body.capabilities ?? []) } : agent;
}

function lessonOf(lesson: RequestBodies["move_task"]["lesson"]): CommandBodies["move_task"]["lesson"] {
  if (lesson === undefined) return null;
  return { what: lesson.what ?? null, blocker: lesson.blocker ?? null, workaround: lesson.workaround ?? null };
}

function moveBody({ task, to, reason, lesson }: RequestBodies["move_task"]): CommandBodies["move_task"] {
  return { task, to, reason: reason ?? null, lesson: lessonOf(lesson) };
}

function assignBody({ task, assignee, reason }: RequestBodies["assign_task"]): CommandBodies["assign_task"] {
  return { task, assignee: assignee ?? null, reason: reason ?? null };
}

function releaseBody({ task, cause, reason }: RequestBodies["release_task"]): CommandBodies["release_task"] {
  return { task, cause: cause ?? "given_back", reason: reason ?? null };
}

function endBody({ run, agent, reason }: RequestBodies["end_run"]): CommandBodies["end_run"] {
  return { run, agent: agent ?? null, reason: reason ?? null };
}

function asked<B extends object>(body: B | Finding, make: (body: B) => Asked): Asked | Finding {
  return isFinding(body) ? body : make(body);
}

/** The command's type and body, or what is wrong with it. */
export function bodyOf({ type, body }: Request, ctx: BodyContext): Asked | Finding {
  switch (type) {
    case "create_task":
      return { type, body: createBody(body) };
    case "edit_task":
      return asked(editBody(body), (made) => ({ type, body: made }));
    case "assign_task":
      return { type, body: assignBody(body) };
    case "place_task":
      return { type, body: { task: body.task, parent: body.parent } };
    case "claim_task":
      return { type, body: { task: body.task ?? null } };
    case "renew_lease":
      return { type, body: { task: body.task } };
    case "move_task":
      return { type, body: moveBody(body) };
    case "release_task":
      return { type, body: releaseBody(body) };
    case "reopen_task":
      return { type, body: { task: body.task, reason: body.reason } };
    case "reserve_step":
      return asked(reserveBody(body, ctx), (made) => ({ type, body: made }));
    case "settle_step":
      return asked(settleBody(body, ctx), (made) => ({ type, body: made }));
    case "cancel_step":
      return { type, body: { reservation: body.reservation } };
    case "record_step":
      return asked(recordBody(body, ctx), (made) => ({ type, body: made }));
    case "record_evidence":
      return asked(evidenceBody(body), (made) => ({ type, body: made }));
    case "start_run":
      return { type, body: { run: body.run, task: body.task ?? null } };
    case "end_run":
      return { type, body: endBody(body) };
    case "register_agent":
      return asked(registerBody(body, ctx), (made) => ({ type, body: made }));
    case "sleep_agent":
      return asked(sleepBody(body, ctx), (made) => ({ type, body: made }));
    case "wake_agent":
      return { type, body: { agent: body.agent, reason: body.reason ?? null } };
    case "halt_scope":
      return { type, body: { scope: body.scope, reason: body.reason } };
    case "resume_scope":
      return { type, body: { scope: body.scope, reason: body.reason ?? null } };
    case "approve_request":
      return asked(approveBody(body, ctx), (made) => ({ type, body: made }));
    case "deny_request":
      return asked(denyBody(body, ctx), (made) => ({ type, body: made }));
    case "mark_wrong":
      return asked(markBody(body, ctx), (made) => ({ type, body: made }));
    case "sweep":
      return { type, body: { tasks: [], reservations: [] } };
    case "record_fact":
      return { type, body: factBody(body) };
    case "start_incarnation":
      return { type, body: { restoredFrom: body.restoredFrom } };
    case "adopt_policy":
      return asked(policyBody(body, ctx), (made) => ({ type, body: made }));
  }
}
