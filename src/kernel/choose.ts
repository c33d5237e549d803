// Commands that leave the choice to the kernel: the next task that is ready, what has fallen due. The choice is read from
// indexes inside the command's own transaction; what comes out is an ordinary command about named tasks.

import {
  actorKey,
  actorName,
  CORRECTION_MS,
  DUE_PREFIX,
  haltKey,
  lacking,
  leaseLost,
  READY_PREFIX,
  readActor,
  RESERVATION_PREFIX,
  taskKey,
  WORKSPACE_SCOPE,
} from "../core/index.ts";
import type {
  ActorRow,
  Command,
  ReadyRow,
  ReasonCode,
  RecordedDecision,
  ReservationRow,
  Row,
  TaskRow,
} from "../core/index.ts";
import type { View } from "../store/index.ts";
import { decodeRow } from "./codec.ts";
import { haltsIn, headIn } from "./reads.ts";
import { readRow, rowsUnder } from "./row-reads.ts";
import { consider, isReply, timeAfter } from "./submit.ts";
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

/** Tasks whose lease a halt ended and nobody noticed yet: whoever claims one catches it up. */
async function halted(view: View, at: number): Promise<readonly TaskRow[]> {
  const halts = new Map((await haltsIn(view)).map((row) => [haltKey(row.scope), row]));
  if (halts.size === 0) return [];
  const rows = { get: (key: string): Row | null => halts.get(key) ?? null };
  const found: TaskRow[] = [];
  for await (const row of rowsUnder(view, DUE_PREFIX)) {
    const task = row.kind === "due" ? await readRow(view, taskKey(row.task)) : null;
    if (task?.kind === "task" && leaseLost(rows, task, at) !== null) found.push(task);
    if (found.length === TRIES_MAX) break;
  }
  return found.toSorted((a, b) => a.priority - b.priority || a.createdAt - b.createdAt);
}

type Candidate = { readonly task: string; readonly root: string };

async function* ready(view: View, actor: ActorRow, at: number): AsyncGenerator<Candidate> {
  const lost = (await halted(view, at)).map(({ id: task, root, priority }) => ({ task, root, priority }));
  let looked = 0;
  for await (const row of rowsUnder(view, READY_PREFIX)) {
    looked += 1;
    if (looked > READY_MAX) break;
    if (row.kind !== "ready" || !fits(row, actor, at)) continue;
    for (let next = lost[0]; next !== undefined && next.priority <= row.priority; next = lost[0]) {
      lost.shift();
      yield next;
    }
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
async function considerNext(view: View, command: Claim, deciding: Deciding): Promise<Considered> {
  const none = await consider(view, command, deciding);
  if (isReply(none) || none.judged.decision.code !== "claim.nothing_ready") return none;
  const name = actorName(command.kind, command.actor);
  const row = await readRow(view, actorKey(name));
  const actor = row?.kind === "actor" ? row : readActor(new Map([[actorKey(name), null]]), name);
  const at = timeAfter(await headIn(view), deciding.clock);
  const closed = new Set<string>();
  let tries = 0;
  for await (const { task, root } of ready(view, actor, at)) {
    if (closed.has(root)) continue;
    const one = await consider(view, { ...command, body: { task } }, deciding);
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

async function dueTasks(view: View, at: number): Promise<readonly string[]> {
  const page = await view.rows({ prefix: DUE_PREFIX, limit: DUE_MAX });
  return page.flatMap(({ key, bytes }) => {
    const row = decodeRow(bytes, key);
    return row.kind === "due" && dueAt(key) <= at ? [row.task] : [];
  });
}

function isDue(row: ReservationRow, at: number): boolean {
  return at >= (row.presumed ? row.expiresAt + CORRECTION_MS : row.expiresAt);
}

/** Those made earlier end earlier, but for a change of policy: the first that are not over yet end the search. */
async function dueReservations(view: View, at: number): Promise<readonly string[]> {
  const due: string[] = [];
  let open = 0;
  for await (const row of rowsUnder(view, RESERVATION_PREFIX)) {
    if (row.kind !== "reservation") continue;
    if (isDue(row, at)) due.push(row.id);
    else if (!row.presumed) open += 1;
    if (due.length === DUE_MAX || open === OPEN_MAX) break;
  }
  return due;
}

type Sweep = Extract<Command, { readonly type: "sweep" }>;

async function considerSweep(view: View, command: Sweep, deciding: Deciding): Promise<Considered> {
  const at = timeAfter(await headIn(view), deciding.clock);
  const [tasks, reservations] = [await dueTasks(view, at), await dueReservations(view, at)];
  return consider(view, { ...command, body: { tasks, reservations } }, deciding);
}

/** Judges a command, chosen for or as it is. */
export function considerAny(view: View, command: Command, deciding: Deciding): Promise<Considered> {
  if (command.type === "claim_task" && command.body.task === null) return considerNext(view, command, deciding);
  if (command.type === "sweep") return considerSweep(view, command, deciding);
  return consider(view, command, deciding);
}

/** True where a lease is over that nobody has noticed yet: its task is to be ready before the next one is chosen. */
export async function isOverdue(view: View, clock: () => number): Promise<boolean> {
  return (await dueTasks(view, timeAfter(await headIn(view), clock))).length > 0;
}
