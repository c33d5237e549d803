// Commands that leave the choice to the kernel: the next task that is ready, what has fallen due. The choice is read from
// indexes inside the command's own transaction; what comes out is an ordinary command about named tasks.

import {
  actorKey,
  actorName,
  CORRECTION_MS,
  DUE_PREFIX,
  HEAD_KEY,
  haltKey,
  isSpent,
  lacking,
  leaseLost,
  meterKey,
  READY_PREFIX,
  readActor,
  readMeter,
  RESERVATION_PREFIX,
  rungAt,
  taskKey,
  taskScope,
  WORKSPACE_SCOPE,
} from "../../core/index.ts";
import type {
  ActorRow,
  Command,
  CompiledPolicy,
  ReadyRow,
  ReasonCode,
  RecordedDecision,
  ReservationRow,
  Row,
  TaskRow,
} from "../../core/index.ts";
import type { Batch } from "./batch.ts";
import { loadHead } from "./load.ts";
import { consider, isReply, record, timeAfter } from "./submit.ts";
import type { Considered, Deciding } from "./submit.ts";

/** Tasks whose claim is tried before the answer is that nothing is ready. */
const TRIES_MAX = 128;

/** Rows of the index that one claim looks at: work is bounded even where thousands of tasks are meant for others. */
const READY_MAX = 10_000;

/** What one sweep looks at: each lost lease touches a dozen rows. */
const DUE_MAX = 12;
const OPEN_MAX = 64;

const OF_THE_ACTOR: readonly ReasonCode[] = ["agent.asleep", "run.ended", "lease.too_many"];

/** A refusal that speaks of the one who asks: no other task would be granted either. */
function isOfTheActor({ code, numbers }: RecordedDecision): boolean {
  const scope = String(numbers["scope"] ?? "");
  return OF_THE_ACTOR.includes(code) || scope.startsWith("agent/") || scope === WORKSPACE_SCOPE;
}

/** The parts of a row that say at once whom a task does not fit. */
function fits(row: ReadyRow, actor: ActorRow, at: number): boolean {
  if (row.deadlineAt !== null && at >= row.deadlineAt) return false;
  if (row.notBefore > at || (row.assignee !== null && row.assignee !== actor.actor)) return false;
  return !actor.actor.startsWith("agent:") || lacking(row.needs, actor.capabilities).length === 0;
}

/** What may have ended leases before their time: halts, and a restore, which the head tells of; empty where nothing has. */
async function enders(batch: Batch): Promise<ReadonlyMap<string, Row>> {
  const found = new Map<string, Row>();
  for await (const { key, row } of batch.under(haltKey(""))) found.set(key, row);
  const head = await batch.row(HEAD_KEY);
  if (head?.kind !== "head" || (found.size === 0 && head.incarnation === 0)) return found;
  return found.set(HEAD_KEY, head);
}

/** Tasks whose lease a halt or a restore ended and nobody noticed yet: whoever claims one catches it up. */
async function ended(batch: Batch, at: number): Promise<readonly TaskRow[]> {
  const known = await enders(batch);
  if (known.size === 0) return [];
  const rows = { get: (key: string): Row | null => known.get(key) ?? null };
  const found: TaskRow[] = [];
  for await (const { row } of batch.under(DUE_PREFIX)) {
    const task = row.kind === "due" ? await batch.row(taskKey(row.task)) : null;
    if (task?.kind === "task" && leaseLost(rows, task, at) !== null) found.push(task);
    if (found.length === TRIES_MAX) break;
  }
  return found.toSorted((a, b) => a.priority - b.priority || a.createdAt - b.createdAt);
}

type Candidate = { readonly task: string; readonly root: string };

type Asking = { readonly actor: ActorRow; readonly policy: CompiledPolicy; readonly at: number };

/** The ladder waits for somebody else: its rungs end with time, which the index does not tell. */
function isOthers(row: TaskRow, { actor: { actor }, policy: { policy }, at }: Asking): boolean {
  if (!actor.startsWith("agent:") || policy.modes["escalation"] === "observe") return false;
  const { tier } = rungAt(row, policy, at);
  const { lead } = policy.escalation;
  return tier === "human" || (tier === "lead" && lead !== null && actor !== actorName("agent", lead));
}

/** The task has used up what it may: nobody's claim of it is granted. */
async function isFull(batch: Batch, row: TaskRow, { policy, at }: Asking): Promise<boolean> {
  if (policy.policy.modes["budget"] === "observe") return false;
  const key = meterKey(taskScope(row.id));
  const meter = readMeter(new Map([[key, await batch.row(key)]]), taskScope(row.id));
  return isSpent(row, meter, policy, at);
}

/** Seen at a glance, so that however many there are they hide nothing: a try costs a whole judgement. */
async function isHopeless(batch: Batch, task: string, asking: Asking): Promise<boolean> {
  const row = await batch.row(taskKey(task));
  return row?.kind === "task" && (isOthers(row, asking) || (await isFull(batch, row, asking)));
}

async function* ready(batch: Batch, asking: Asking): AsyncGenerator<Candidate> {
  const { actor, at } = asking;
  const lost = (await ended(batch, at)).map(({ id: task, root, priority }) => ({ task, root, priority }));
  let looked = 0;
  for await (const { row } of batch.under(READY_PREFIX)) {
    looked += 1;
    if (looked > READY_MAX) break;
    if (row.kind !== "ready" || !fits(row, actor, at)) continue;
    for (let next = lost[0]; next !== undefined && next.priority <= row.priority; next = lost[0]) {
      lost.shift();
      yield next;
    }
    if (await isHopeless(batch, row.task, asking)) continue;
    yield row;
  }
  yield* lost;
}

/** A refusal that no other task below the same root would escape. */
function isOfTheLineage({ numbers }: RecordedDecision, root: string): boolean {
  return numbers["root"] === root || numbers["scope"] === `lineage/${root}`;
}

type Claim = Extract<Command, { readonly type: "claim_task" }>;

/** The claim of the first ready task that is granted; else the refusal that says most. */
async function considerNext(batch: Batch, command: Claim, deciding: Deciding): Promise<Considered> {
  const none = await consider(batch, command, deciding);
  if (isReply(none) || none.judged.decision.code !== "claim.nothing_ready") return none;
  const name = actorName(command.kind, command.actor);
  const row = await batch.row(actorKey(name));
  const actor = row?.kind === "actor" ? row : readActor(new Map([[actorKey(name), null]]), name);
  const at = await timeIn(batch, deciding);
  const policy = await deciding.policies.inForce(batch, await loadHead(batch, new Map()));
  const closed = new Set<string>();
  let tries = 0;
  for await (const { task, root } of ready(batch, { actor, policy, at })) {
    if (closed.has(root)) continue;
    const one = await consider(batch, { ...command, body: { task } }, deciding);
    if (isReply(one) || one.judged.decision.verdict === "granted") return one;
    if (isOfTheActor(one.judged.decision)) return one;
    if (isOfTheLineage(one.judged.decision, root)) closed.add(root);
    tries += 1;
    if (tries === TRIES_MAX) break;
  }
  return none;
}

/** When a key of the index of what falls due says so, in milliseconds. */
function dueAt(key: string): number {
  return Number(key.slice(DUE_PREFIX.length).split("/", 1)[0]);
}

async function dueTasks(batch: Batch, at: number): Promise<readonly string[]> {
  const due: string[] = [];
  for await (const { key, row } of batch.under(DUE_PREFIX)) {
    if (row.kind !== "due" || dueAt(key) > at || due.length === DUE_MAX) break;
    due.push(row.task);
  }
  return due;
}

function isDue(row: ReservationRow, at: number): boolean {
  return at >= (row.presumed ? row.expiresAt + CORRECTION_MS : row.expiresAt);
}

/** Those made earlier end earlier, but for a change of policy: the first that are not over yet end the search. */
async function dueReservations(batch: Batch, at: number): Promise<readonly string[]> {
  const due: string[] = [];
  let open = 0;
  for await (const { row } of batch.under(RESERVATION_PREFIX)) {
    if (row.kind !== "reservation") continue;
    if (isDue(row, at)) due.push(row.id);
    else if (!row.presumed) open += 1;
    if (due.length === DUE_MAX || open === OPEN_MAX) break;
  }
  return due;
}

async function timeIn(batch: Batch, { clock }: Deciding): Promise<number> {
  return timeAfter(await loadHead(batch, new Map()), clock);
}

type Sweep = Extract<Command, { readonly type: "sweep" }>;

async function considerSweep(batch: Batch, command: Sweep, deciding: Deciding): Promise<Considered> {
  const at = await timeIn(batch, deciding);
  const [tasks, reservations] = [await dueTasks(batch, at), await dueReservations(batch, at)];
  return consider(batch, { ...command, body: { tasks, reservations } }, deciding);
}

/** Judges a command, chosen for or as it is. */
export function considerAny(batch: Batch, command: Command, deciding: Deciding): Promise<Considered> {
  if (command.type === "claim_task" && command.body.task === null) return considerNext(batch, command, deciding);
  if (command.type === "sweep") return considerSweep(batch, command, deciding);
  return consider(batch, command, deciding);
}

/** After a long silence many leases may be over at once; the rest is noticed by the next claim. */
const SWEEPS_MAX = 32;

/** Leases that are over are given back before the next task is chosen: `sweep` makes a timer's command. */
export async function sweepBefore(
  batch: Batch,
  { type, body }: Command,
  deciding: Deciding,
  sweep: () => Command,
): Promise<void> {
  if (type !== "claim_task" || !("task" in body) || body.task !== null) return;
  for (let sweeps = 0; sweeps < SWEEPS_MAX; sweeps += 1) {
    if ((await dueTasks(batch, await timeIn(batch, deciding))).length === 0) return;
    record(batch, await considerAny(batch, sweep(), deciding));
  }
}
