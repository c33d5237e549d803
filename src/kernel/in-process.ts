// The kernel in this process: one store, one workspace, as one actor.

import { uuidv7 } from "uuidv7";
import { ACTOR_KINDS, refusalOf } from "../core/index.ts";
import type { Actor, Command, Decision, Event, Policy, Refusal } from "../core/index.ts";
import type { Store, View } from "../store/index.ts";
import { stillRefusing } from "./approved.ts";
import { sha256 } from "./digest.ts";
import { isFinding } from "./body-context.ts";
import { budgetIn, metersIn } from "./budget-reads.ts";
import { Batch } from "./commit/batch.ts";
import { considerAny } from "./commit/choose.ts";
import { nameProblem } from "./fields.ts";
import { GroupCommit } from "./commit/group-commit.ts";
import type { Commits } from "./commit/group-commit.ts";
import { growthIn } from "./growth.ts";
import { intake } from "./intake.ts";
import type { Kernel, PolicyView, Reply } from "./kernel.ts";
import { adoptionOf, openPolicies } from "./policies.ts";
import type { Policies } from "./policies.ts";
import { agentsIn, decisionIn, eventsIn, haltsIn, headIn, lessonsIn, runIn, taskIn, tasksIn } from "./reads.ts";
import { explain, policyAt } from "./past/explain.ts";
import { replayIn } from "./past/replay.ts";
import type { Request } from "./request.ts";
import { isOverIn, pendingIn, rulesIn } from "./rule-reads.ts";
import { RowCache } from "./commit/row-cache.ts";
import { timeAfter, unrecorded } from "./commit/submit.ts";
import { standingIn } from "./standing.ts";
import { strandedBy } from "./stranded.ts";
import { checkpointIfDue } from "./checkpoint/if-due.ts";
import { verifyStore } from "./verify/verify.ts";
import { whatIfIn } from "./past/what-if.ts";

export type KernelOptions = {
  readonly store: Store;
  readonly workspace: string;
  /** Null: nobody said who acts; reads work, commands are refused. */
  readonly actor: Actor | null;
  /** Milliseconds since 1970; the wall clock unless told. */
  readonly clock?: () => number;
  /** Ids for commands that bring none; UUIDs of version 7 unless told. */
  readonly newCommandId?: () => string;
  /** Secret under which calls and results are digested. */
  readonly digestKey: string;
  /** Checks a policy's form; a text says what is wrong with it. */
  readonly readPolicy: (value: unknown) => Policy | string;
  /** The human key's text, when this process may read it: the first adoption names it. */
  readonly humanKey?: string | null;
  /** Where commands are committed, by the clock and the ids that are used there; through `store` here unless told. */
  readonly commits?: Commits;
};

type Parts = Required<KernelOptions> & { readonly policies: Policies };

/** An answer given before the log was touched. */
function untouched(finding: Parameters<typeof refusalOf>[0], parts: Parts, commandId: string): Reply {
  const decision: Decision = {
    ...refusalOf(finding, 0, ""),
    commandId,
    workspace: parts.workspace,
    at: Math.trunc(parts.clock()),
  };
  return { decision, id: null, replayed: false };
}

/** A credential is code's, not a caller's: a malformed one is a mistake of the program. */
function checkActor(actor: Actor | null): void {
  if (actor === null) return;
  if (!ACTOR_KINDS.includes(actor.kind))
    throw new TypeError(`actor.kind is ${String(actor.kind)}: use ${ACTOR_KINDS.join(", ")}`);
  const problem = typeof actor.id === "string" && actor.id.trim() !== "" ? nameProblem(actor.id) : "is empty";
  if (problem !== null) throw new TypeError(`actor.id ${problem}`);
}

/** The id that a caller gave, whatever else is wrong with the request. */
function givenId(request: unknown): string {
  if (typeof request !== "object" || request === null || !("commandId" in request)) return "";
  return typeof request.commandId === "string" ? request.commandId : "";
}

/** The event of the decision that a request names; a log does not change, so it may be read beforehand. */
async function namedDecision({ store, workspace }: Parts, request: Request): Promise<Event | null> {
  const body: unknown = request?.body;
  if (typeof body !== "object" || body === null || !("decision" in body)) return null;
  const { decision } = body;
  if (typeof decision !== "string") return null;
  return (await store.read(workspace, (view) => decisionIn(view, decision)))?.event ?? null;
}

async function submit(parts: Parts, request: Request): Promise<Reply> {
  const commandId = givenId(request);
  if (parts.actor === null) return untouched({ code: "actor.unknown", numbers: {} }, parts, commandId);
  const { store, workspace, actor, newCommandId, digestKey, readPolicy } = parts;
  const humanKey = parts.humanKey === null ? null : sha256(parts.humanKey);
  const decision = await namedDecision(parts, request);
  const command = intake(request, { workspace, actor, newCommandId, digestKey, readPolicy, humanKey, decision });
  if (isFinding(command)) return untouched(command, parts, commandId);
  const stranded =
    command.type === "adopt_policy"
      ? await store.read(workspace, (view) => strandedBy(view, command, parts.policies))
      : null;
  if (stranded !== null) return untouched(stranded, parts, commandId);
  const isDry = request.dryRun === true;
  const reply = isDry ? await dryRun(parts, command) : await parts.commits.submit(command);
  return command.type === "approve_request" && decision !== null && reply.decision.verdict === "granted"
    ? withObstacles(reply, await store.read(workspace, (view) => stillRefusing(view, command, decision, !isDry, parts)))
    : reply;
}

function dryRun({ store, workspace, ...parts }: Parts, command: Command): Promise<Reply> {
  return store.read(workspace, async (view) => {
    const batch = await Batch.open(view, new RowCache());
    return unrecorded(await considerAny(batch, command, parts));
  });
}

function withObstacles(reply: Reply, stillRefused: readonly Refusal[]): Reply {
  return stillRefused.length === 0 ? reply : { ...reply, stillRefused };
}

async function policyView(view: View): Promise<PolicyView> {
  const { body, sequence, kind, actor } = await adoptionOf(view, await headIn(view));
  return { policy: body.policy, hash: body.hash, source: body.source, sequence, author: `${kind}:${actor}` };
}

function kernelOf(parts: Parts): Kernel {
  checkActor(parts.actor);
  const { store, workspace, policies, clock } = parts;
  const read = <T>(work: (view: View) => Promise<T>): Promise<T> => store.read(workspace, work);
  // INVARIANT: what is read is told by the same time as what is decided.
  const now = async (view: View): Promise<number> => timeAfter(await headIn(view), clock);
  const inForce = async (view: View): ReturnType<Policies["inForce"]> => policies.inForce(view, await headIn(view));
  return {
    workspace,
    actor: parts.actor,
    as: (actor) => kernelOf({ ...parts, actor }),
    submit: (request) => submit(parts, request),
    head: () => read(headIn),
    task: (id) => read(async (view) => taskIn(view, id, await inForce(view), await now(view))),
    tasks: (filter) => read((view) => tasksIn(view, filter)),
    agents: () => read(async (view) => agentsIn(view, await now(view))),
    budget: (scope, window) =>
      read(async (view) => budgetIn(view, scope, await inForce(view), await now(view), window)),
    meters: () => read(metersIn),
    halts: () => read(haltsIn),
    run: (actor, run) => read((view) => runIn(view, actor, run)),
    lessons: (query, limit) => read((view) => lessonsIn(view, query, limit)),
    pending: (limit) => read(async (view) => pendingIn(view, limit, await now(view), await standingIn(view, parts))),
    isOver: (id) => read(async (view) => isOverIn(view, await decisionIn(view, id), await standingIn(view, parts))),
    rules: () => read(async (view) => rulesIn(view, await inForce(view))),
    whatIf: (policy, onProgress) => read((view) => whatIfIn(view, policy, onProgress ?? (() => undefined))),
    replay: (onProgress) => read((view) => replayIn(view, onProgress ?? (() => undefined))),
    explain: (id, onProgress) => explain(store, workspace, id, onProgress ?? (() => undefined)),
    policyAt: (sequence) => policyAt(store, workspace, sequence),
    events: (afterSequence, limit) => read((view) => eventsIn(view, afterSequence, limit)),
    decision: (id) => read((view) => decisionIn(view, id)),
    policy: () => read(policyView),
    growth: () => read(async (view) => growthIn(view, await now(view))),
    verify: (options) => verifyStore(store, workspace, options ?? {}),
    checkpoint: async () => (await checkpointIfDue(store, workspace)) !== null,
  };
}

/**
 * A kernel over an open store; the store stays the caller's to close.
 * @throws TypeError for an actor without a kind or a readable id.
 */
export function createKernel(options: KernelOptions): Kernel {
  const defaults = { clock: Date.now, newCommandId: uuidv7, humanKey: null };
  const given = { ...defaults, ...options };
  return kernelOf({ commits: new GroupCommit(given), ...given, policies: openPolicies() });
}
