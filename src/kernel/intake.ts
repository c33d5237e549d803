// Intake: the form of a command is checked and its digests are computed before the core sees it. Unknown fields,
// wrong types and bad text are refused with the field's name; nothing is guessed.

import * as z from "zod/mini";
import type { Actor, CommandBodies, Command, Envelope, Finding, Policy } from "../core/index.ts";
import { commandDigest, fingerprint, keyed, sha256, template } from "./digest.ts";
import { amount, call, fence, id, text, time, timeoutMs, title } from "./fields.ts";
import type { Request, RequestBodies, RequestType } from "./request.ts";

const optional = z.optional;

const SCHEMAS = {
  create_task: z.strictObject({
    task: optional(id),
    title,
    kind: optional(id),
    text: optional(text),
    scope: optional(text),
    state: optional(id),
    parent: optional(id),
    createdBy: optional(id),
    assignee: optional(id),
  }),
  claim_task: z.strictObject({ task: id }),
  move_task: z.strictObject({ task: id, to: id, reason: optional(text) }),
  release_task: z.strictObject({ task: id, reason: optional(text) }),
  reopen_task: z.strictObject({ task: id, reason: id }),
  record_step: z.strictObject({
    task: id,
    tool: optional(id),
    call: optional(call),
    result: optional(call),
    tokens: optional(amount),
    costMicros: optional(amount),
    amounts: optional(z.record(id, amount)),
    handBack: optional(z.boolean()),
  }),
  sleep_agent: z.strictObject({ agent: optional(id), timeoutMs: optional(timeoutMs), reason: optional(text) }),
  wake_agent: z.strictObject({ agent: id, reason: optional(text) }),
  record_fact: z.strictObject({
    task: id,
    from: optional(z.nullable(id)),
    to: id,
    occurredAt: time,
    title: optional(text),
    kind: optional(id),
    parent: optional(z.nullable(id)),
    createdBy: optional(z.nullable(id)),
    author: optional(z.nullable(id)),
    assignee: optional(z.nullable(id)),
  }),
  adopt_policy: z.strictObject({ policy: z.unknown(), source: z.string() }),
} as const;

const OPTIONS = z.object({ commandId: optional(id), run: optional(id), fence: optional(fence) });

/** What intake needs to know beside the request. */
export type IntakeContext = {
  readonly workspace: string;
  readonly actor: Actor;
  readonly newCommandId: () => string;
  /** Key for the digests of calls and results. */
  readonly digestKey: string;
  /** Judges an adopted policy's form; returns what is wrong with it, in words. */
  readonly readPolicy: (value: unknown) => Policy | string;
  /** SHA-256 of the human key, for the first adoption. */
  readonly humanKey: string | null;
};

function invalid(field: string, problem: string): Finding {
  return { code: "command.invalid", numbers: { field, problem } };
}

function issueFinding(prefix: string, error: z.core.$ZodError): Finding {
  const issue = error.issues[0];
  const path = [prefix, ...(issue?.path ?? []).map(String)].filter((part) => part !== "").join(".");
  if (issue?.code === "unrecognized_keys") return invalid([...path.split(".").filter(Boolean), issue.keys[0]].join("."), "is not a field of this command");
  const named = path === "" ? "body" : path;
  if (issue?.code === "invalid_type") return invalid(named, issue.input === undefined ? "is missing" : `is not a ${issue.expected}`);
  return invalid(named, issue?.message ?? "is malformed");
}

type Bodies = CommandBodies;

function createBody(body: RequestBodies["create_task"]): Bodies["create_task"] {
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
  const named: [string, number | undefined][] = [...Object.entries(body.amounts ?? {}), ["tokens", body.tokens], ["costMicros", body.costMicros]];
  const given = named.filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(given.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The kernel counts these itself: a caller's number would only lie. */
const COUNTED_HERE = ["steps", "durationMs"];

function stepBody(body: RequestBodies["record_step"], ctx: IntakeContext): Bodies["record_step"] | Finding {
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

function factBody(body: RequestBodies["record_fact"]): Bodies["record_fact"] {
  const kind = body.kind ?? "task";
  const name = body.title ?? body.task;
  return {
    task: body.task,
    from: body.from ?? null,
    to: body.to,
    occurredAt: body.occurredAt,
    title: name,
    taskKind: kind,
    parent: body.parent ?? null,
    createdBy: body.createdBy ?? null,
    author: body.author ?? null,
    assignee: body.assignee ?? null,
    fingerprint: fingerprint({ kind, title: name, text: body.title === undefined ? body.task : "", scope: "" }),
    template: template(name),
  };
}

function policyBody(body: RequestBodies["adopt_policy"], ctx: IntakeContext): Bodies["adopt_policy"] | Finding {
  const policy = ctx.readPolicy(body.policy);
  if (typeof policy === "string") return invalid("policy", policy);
  return { policy, source: body.source, hash: sha256(JSON.stringify(policy)), humanKey: ctx.humanKey };
}

function sleepBody(body: RequestBodies["sleep_agent"], ctx: IntakeContext): Bodies["sleep_agent"] | Finding {
  const agent = body.agent ?? (ctx.actor.kind === "agent" ? ctx.actor.id : undefined);
  if (agent === undefined) return invalid("agent", "is missing: say which agent sleeps");
  return { agent, timeoutMs: body.timeoutMs ?? null, reason: body.reason ?? "idle" };
}

/** The digest covers the checked body, so that the order of a caller's fields does not matter. */
function sealed(command: Command | Finding): Command | Finding {
  return isFinding(command) ? command : { ...command, digest: commandDigest(command.type, command.body) };
}

function commandOf(request: Request, envelope: Omit<Envelope, "digest">, ctx: IntakeContext): Command | Finding {
  const base = { ...envelope, digest: "" };
  switch (request.type) {
    case "create_task":
      return { ...base, type: request.type, body: createBody(request.body) };
    case "claim_task":
      return { ...base, type: request.type, body: { task: request.body.task } };
    case "move_task":
      return { ...base, type: request.type, body: { task: request.body.task, to: request.body.to, reason: request.body.reason ?? null } };
    case "release_task":
      return { ...base, type: request.type, body: { task: request.body.task, reason: request.body.reason ?? null } };
    case "reopen_task":
      return { ...base, type: request.type, body: { task: request.body.task, reason: request.body.reason } };
    case "record_step":
      return withBody(stepBody(request.body, ctx), (body) => ({ ...base, type: request.type, body }));
    case "sleep_agent":
      return withBody(sleepBody(request.body, ctx), (body) => ({ ...base, type: request.type, body }));
    case "wake_agent":
      return { ...base, type: request.type, body: { agent: request.body.agent, reason: request.body.reason ?? null } };
    case "record_fact":
      return { ...base, type: request.type, body: factBody(request.body) };
    case "adopt_policy":
      return withBody(policyBody(request.body, ctx), (body) => ({ ...base, type: request.type, body }));
  }
}

function withBody<B extends object>(body: B | Finding, make: (body: B) => Command): Command | Finding {
  return isFinding(body) ? body : make(body);
}

/** True for what intake found wrong, as against a command. */
export function isFinding(value: object): value is Finding {
  return "code" in value && "numbers" in value;
}

function isKnownType(type: string): type is RequestType {
  return Object.hasOwn(SCHEMAS, type);
}

/** A command ready for the core, or what is wrong with its form. Never throws on bad input. */
export function intake(request: Request, ctx: IntakeContext): Command | Finding {
  const type: string = request.type;
  if (!isKnownType(type)) return invalid("type", `${JSON.stringify(type)} is not a command`);
  const options = OPTIONS.safeParse(request, { reportInput: true });
  if (!options.success) return issueFinding("", options.error);
  const checked = SCHEMAS[type].safeParse(request.body, { reportInput: true });
  if (!checked.success) return issueFinding("", checked.error);
  const { workspace, actor } = ctx;
  const { commandId, run, fence: fenceGiven } = options.data;
  const envelope = {
    v: 1 as const,
    workspace,
    commandId: commandId ?? ctx.newCommandId(),
    actor: actor.id,
    kind: actor.kind,
    proven: actor.proven,
    run: run ?? null,
    fence: fenceGiven ?? null,
  };
  return sealed(commandOf(request, envelope, ctx));
}
