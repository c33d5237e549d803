// From a request's checked body to the command's: defaults filled in, digests computed, every field in its place.

import type { Actor, Command, CommandBodies, Finding, Policy } from "../core/index.ts";
import { fingerprint, template } from "../text/index.ts";
import { keyed, sha256 } from "./digest.ts";
import type { Request, RequestBodies } from "./request.ts";

/** What the bodies take from outside the request. */
export type BodyContext = {
  readonly actor: Actor;
  /** Key for the digests of calls and results. */
  readonly digestKey: string;
  /** Judges an adopted policy's form; returns what is wrong with it, in words. */
  readonly readPolicy: (value: unknown) => Policy | string;
  /** SHA-256 of the human key, for the first adoption. */
  readonly humanKey: string | null;
};

type Asked = { [T in Command["type"]]: { readonly type: T; readonly body: CommandBodies[T] } }[Command["type"]];

export function invalid(field: string, problem: string): Finding {
  return { code: "command.invalid", numbers: { field, problem } };
}

function createBody(body: RequestBodies["create_task"]): CommandBodies["create_task"] {
  const kind = body.kind ?? "task";
  return {
    task: body.task ?? null,
    title: body.title,
    taskKind: kind,
    text: body.text ?? null,
    state: body.state ?? null,
    parent: body.parent ?? null,
    createdBy: body.createdBy ?? null,
    assignee: body.assignee ?? null,
    fingerprint: fingerprint({ kind, title: body.title, text: body.text ?? "", scope: body.scope ?? "" }),
    template: template(body.title),
  };
}

/** Amounts with their dimensions in binary order; tokens and cost are dimensions like any other. */
function amountsOf(body: RequestBodies["record_step"]): { readonly [dimension: string]: number } {
  const named: [string, number | undefined][] = [
    ...Object.entries(body.amounts ?? {}),
    ["tokens", body.tokens],
    ["costMicros", body.costMicros],
  ];
  const given = named.filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(given.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The kernel counts these itself: a caller's number would only lie. */
const COUNTED_HERE = ["steps", "durationMs"];

function stepBody(body: RequestBodies["record_step"], ctx: BodyContext): CommandBodies["record_step"] | Finding {
  const twice = ["tokens", "costMicros"].find(
    (name) => Object.hasOwn(body.amounts ?? {}, name) && Object.hasOwn(body, name),
  );
  if (twice !== undefined) return invalid(`amounts.${twice}`, "is given twice");
  const counted = COUNTED_HERE.find((dimension) => Object.hasOwn(body.amounts ?? {}, dimension));
  if (counted !== undefined) return invalid(`amounts.${counted}`, "is counted by the kernel itself");
  return {
    task: body.task,
    tool: body.tool ?? null,
    call: keyed(ctx.digestKey, body.call),
    result: keyed(ctx.digestKey, body.result),
    amounts: amountsOf(body),
    handBack: body.handBack ?? false,
  };
}

function factBody(body: RequestBodies["record_fact"]): CommandBodies["record_fact"] {
  const { task, to, occurredAt, kind = "task", title = task } = body;
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

function sleepBody(body: RequestBodies["sleep_agent"], ctx: BodyContext): CommandBodies["sleep_agent"] | Finding {
  const agent = body.agent ?? (ctx.actor.kind === "agent" ? ctx.actor.id : undefined);
  if (agent === undefined) return invalid("agent", "is missing: say which agent sleeps");
  return { agent, timeoutMs: body.timeoutMs ?? null, reason: body.reason ?? "idle" };
}

/** True for what intake found wrong, as against what was asked. */
export function isFinding(value: object): value is Finding {
  return "code" in value && "numbers" in value;
}

function asked<B extends object>(body: B | Finding, make: (body: B) => Asked): Asked | Finding {
  return isFinding(body) ? body : make(body);
}

/** The command's type and body, or what is wrong with it. */
export function bodyOf({ type, body }: Request, ctx: BodyContext): Asked | Finding {
  switch (type) {
    case "create_task":
      return { type, body: createBody(body) };
    case "claim_task":
      return { type, body: { task: body.task } };
    case "move_task":
      return { type, body: { task: body.task, to: body.to, reason: body.reason ?? null } };
    case "release_task":
      return { type, body: { task: body.task, reason: body.reason ?? null } };
    case "reopen_task":
      return { type, body: { task: body.task, reason: body.reason } };
    case "record_step":
      return asked(stepBody(body, ctx), (made) => ({ type, body: made }));
    case "sleep_agent":
      return asked(sleepBody(body, ctx), (made) => ({ type, body: made }));
    case "wake_agent":
      return { type, body: { agent: body.agent, reason: body.reason ?? null } };
    case "record_fact":
      return { type, body: factBody(body) };
    case "adopt_policy":
      return asked(policyBody(body, ctx), (made) => ({ type, body: made }));
  }
}
