// Intake: the form of a command is checked and its digests are computed before the core sees it. Unknown fields,
// wrong types and bad text are refused with the field's name; nothing is guessed.

import * as z from "zod/mini";
import { EVIDENCE_KINDS, RELEASE_CAUSES, STEP_CLASSES } from "../core/index.ts";
import type { Command, Envelope, Finding } from "../core/index.ts";
import { bodyOf } from "./bodies.ts";
import { invalid, isFinding } from "./body-context.ts";
import type { BodyContext } from "./body-context.ts";
import { commandDigest } from "./digest.ts";
import {
  amount,
  amounts,
  call,
  decisionId,
  fence,
  id,
  line,
  names,
  newName,
  newTaskId,
  note,
  priority,
  reservation,
  scopeName,
  source,
  text,
  time,
  timeoutMs,
  title,
  why,
} from "./fields.ts";
import type { Request, RequestType } from "./request.ts";

const optional = z.optional;

const admission = z.strictObject({
  consumer: text,
  painPoint: text,
  expectedValue: text,
  validationPath: text,
  originCategory: optional(text),
  originEvidence: optional(text),
});

const spending = {
  tokens: optional(amount),
  costMicros: optional(amount),
  costBasis: optional(z.enum(["measured", "estimated", "unpriced"])),
  amounts: optional(amounts),
};

const reserve = {
  task: id,
  tool: optional(id),
  call: optional(call),
  class: optional(z.enum(STEP_CLASSES)),
  ...spending,
  started: optional(z.boolean()),
  handBack: optional(z.boolean()),
};

const { started: _, ...record } = reserve;

const SCHEMAS = {
  create_task: z.strictObject({
    task: optional(newTaskId),
    title,
    kind: optional(id),
    text: optional(text),
    scope: optional(text),
    state: optional(id),
    parent: optional(id),
    createdBy: optional(id),
    assignee: optional(newName),
    priority: optional(priority),
    needs: optional(names),
    blockedBy: optional(names),
    limits: optional(amounts),
    deadlineAt: optional(time),
    admission: optional(admission),
  }),
  edit_task: z.strictObject({
    task: id,
    priority: optional(priority),
    needs: optional(names),
    blockedBy: optional(names),
    limits: optional(amounts),
    deadlineAt: optional(time),
  }),
  assign_task: z.strictObject({ task: id, assignee: optional(newName), reason: optional(why) }),
  place_task: z.strictObject({ task: id, parent: id }),
  claim_task: z.strictObject({ task: optional(id) }),
  renew_lease: z.strictObject({ task: id }),
  move_task: z.strictObject({
    task: id,
    to: id,
    reason: optional(why),
    lesson: optional(z.strictObject({ what: optional(note), blocker: optional(note), workaround: optional(note) })),
  }),
  release_task: z.strictObject({ task: id, cause: optional(z.enum(RELEASE_CAUSES)), reason: optional(why) }),
  reopen_task: z.strictObject({ task: id, reason: line }),
  reserve_step: z.strictObject(reserve),
  settle_step: z.strictObject({
    reservation: reservation,
    result: optional(call),
    failed: optional(z.boolean()),
    ...spending,
    next: optional(z.strictObject(reserve)),
  }),
  cancel_step: z.strictObject({ reservation }),
  record_step: z.strictObject({ ...record, result: optional(call), failed: optional(z.boolean()) }),
  record_evidence: z.strictObject({
    task: id,
    what: z.enum(EVIDENCE_KINDS),
    name: id,
    exitCode: optional(z.number()),
    approved: optional(z.boolean()),
    output: optional(call),
    attempt: optional(fence),
    of: optional(fence),
  }),
  start_run: z.strictObject({ run: id, task: optional(id) }),
  end_run: z.strictObject({ run: id, agent: optional(id), reason: optional(why) }),
  register_agent: z.strictObject({ agent: optional(newName), capabilities: optional(names) }),
  sleep_agent: z.strictObject({ agent: optional(newName), timeoutMs: optional(timeoutMs), reason: optional(why) }),
  wake_agent: z.strictObject({ agent: newName, reason: optional(why) }),
  halt_scope: z.strictObject({ scope: scopeName, reason: note }),
  resume_scope: z.strictObject({ scope: scopeName, reason: optional(why) }),
  approve_request: z.strictObject({
    decision: decisionId,
    add: optional(amounts),
    forMs: optional(timeoutMs),
    reason: note,
  }),
  deny_request: z.strictObject({ decision: decisionId, reason: note }),
  mark_wrong: z.strictObject({ decision: decisionId, reason: optional(why) }),
  sweep: z.strictObject({}),
  record_fact: z.strictObject({
    task: newTaskId,
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
  start_incarnation: z.strictObject({
    restoredFrom: z.strictObject({
      sequence: z.int().check(z.minimum(1)),
      hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    }),
  }),
  adopt_policy: z.strictObject({ policy: z.unknown(), source }),
} as const;

const OPTIONS = z.object({ commandId: optional(id), run: optional(id), fence: optional(fence) });

/** What intake needs to know beside the request. */
export type IntakeContext = BodyContext & { readonly workspace: string; readonly newCommandId: () => string };

/** What is wrong, in words, by the first issue that was found. */
function problemOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return "is not a field of this command";
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? "has a malformed name";
  if (issue.code === "invalid_value") return `is not one of ${issue.values.join(", ")}`;
  if (issue.code !== "invalid_type") return issue.message;
  return issue.input === undefined ? "is missing" : `is not a ${issue.expected}`;
}

function issueFinding(error: z.core.$ZodError): Finding {
  const issue = error.issues[0];
  if (issue === undefined) return invalid("body", "is malformed");
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  return invalid([...issue.path, ...unknown].map(String).join(".") || "body", problemOf(issue));
}

/** The digest covers the checked body, so that the order of a caller's fields does not matter. */
function commandOf(request: Request, envelope: Omit<Envelope, "digest">, ctx: IntakeContext): Command | Finding {
  const asked = bodyOf(request, ctx);
  if (isFinding(asked)) return asked;
  return { ...envelope, ...asked, digest: commandDigest(asked.type, asked.body) };
}

const BY_DIMENSION = ["amounts", "limits", "add"];

/** A record drops `__proto__` unseen while it is checked: the place of one that was sent. */
function inheritedName(body: unknown, place = ""): string | null {
  if (typeof body !== "object" || body === null) return null;
  for (const [name, value] of Object.entries(body)) {
    if (typeof value !== "object" || value === null) continue;
    if (BY_DIMENSION.includes(name) && Object.hasOwn(value, "__proto__")) return `${place}${name}.__proto__`;
    const found = name === "next" ? inheritedName(value, "next.") : null;
    if (found !== null) return found;
  }
  return null;
}

function isKnownType(type: string): type is RequestType {
  return Object.hasOwn(SCHEMAS, type);
}

/** A command ready for the core, or what is wrong with its form. Never throws on bad input. */
export function intake(request: Request, ctx: IntakeContext): Command | Finding {
  const asked: unknown = request;
  if (typeof asked !== "object" || asked === null) return invalid("request", "is not an object");
  const type: unknown = request.type;
  if (typeof type !== "string") return invalid("type", "is not a string");
  if (!isKnownType(type)) return invalid("type", `${JSON.stringify(type)} is not a command`);
  const options = OPTIONS.safeParse(request, { reportInput: true });
  if (!options.success) return issueFinding(options.error);
  const inherited = inheritedName(request.body);
  if (inherited !== null) return invalid(inherited, "is no name for a dimension: use letters and digits");
  const checked = SCHEMAS[type].safeParse(request.body, { reportInput: true });
  if (!checked.success) return issueFinding(checked.error);
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
  return commandOf(request, envelope, ctx);
}
