// One command of a batch, start to end: load, idempotency, catch up, decide, fold, take.

import { actorName, commandKey, judge, NEED_KEYS_MAX } from "../../core/index.ts";
import type {
  Command,
  CommandRow,
  CompiledPolicy,
  Decision,
  Finding,
  HeadRow,
  Judged,
  RecordedDecision,
} from "../../core/index.ts";
import type { StoredHead } from "../../store/index.ts";
import type { Batch, LoadedRows } from "./batch.ts";
import { decodeEvent } from "../codec.ts";
import { OBSERVED_COUNTER, REFUSED_COUNTER, THROTTLED_COUNTER } from "../counters.ts";
import { KernelFault } from "../fault.ts";
import { otherFormat } from "../format.ts";
import type { Reply } from "../kernel.ts";
import { loadFor, loadHead } from "./load.ts";
import type { Policies } from "../policies.ts";

export type Deciding = { readonly policies: Policies; readonly clock: () => number };

/** What a command is judged in. */
type Frame = {
  readonly command: Command;
  readonly rows: LoadedRows;
  readonly policy: CompiledPolicy;
  readonly at: number;
};

function writable(stored: StoredHead | null, { type, workspace }: Command): void {
  if (stored === null) {
    if (type === "adopt_policy") return;
    const problem = `workspace ${workspace} has no log: run \`exec-kernel init\` as the human`;
    throw new KernelFault("workspace.not_initialised", problem);
  }
  const problem = otherFormat(stored, workspace);
  if (problem !== null) throw problem;
}

/** Events that were taken from the end of a log, or rows that were put back alone, must not be written over. */
function agrees(stored: StoredHead | null, { sequence }: HeadRow): void {
  const last = stored?.sequence ?? 0;
  if (last === sequence) return;
  const problem = `the log ends at event ${last} and its rows at ${sequence}, nothing was written: run \`exec-kernel verify\`, restore a backup`;
  throw new KernelFault("log.corrupt", problem);
}

async function frameOf(batch: Batch, command: Command, deciding: Deciding): Promise<Frame> {
  writable(batch.head, command);
  const rows: LoadedRows = new Map();
  const head = await loadHead(batch, rows);
  agrees(batch.head, head);
  const policy = await deciding.policies.inForce(batch, head);
  return { command, rows, policy, at: timeAfter(head, deciding.clock) };
}

/** INVARIANT: time in a log never goes back, whatever the wall clock does. */
export function timeAfter(head: HeadRow, clock: () => number): number {
  return Math.max(Math.trunc(clock()), head.at);
}

function replyOf(
  frame: Frame,
  decision: RecordedDecision,
  at: number,
  sequence: number | null,
  replayed: boolean,
): Reply {
  const { commandId, workspace } = frame.command;
  const whole: Decision = { ...decision, commandId, workspace, at };
  return { decision: whole, id: sequence === null ? null : `d-${sequence}`, replayed };
}

function grantBefore({ rows, command, at }: Frame): CommandRow | null {
  const row = rows.get(commandKey(actorName(command.kind, command.actor), command.commandId));
  return row?.kind === "command" && at < row.expiresAt ? row : null;
}

async function replay(batch: Batch, row: CommandRow, frame: Frame): Promise<Reply> {
  const stored = await batch.event(row.sequence);
  const event = stored === null ? null : decodeEvent(stored.bytes, row.sequence);
  if (event?.decision == null)
    throw new KernelFault(
      "log.corrupt",
      `event ${row.sequence} should carry a decision and does not: run \`exec-kernel verify\``,
    );
  return replyOf(frame, event.decision, event.at, event.sequence, true);
}

/** A judged command, or the reply it was given before. */
export type Considered = { readonly frame: Frame; readonly judged: Judged } | Reply;

export function isReply(considered: Considered): considered is Reply {
  return "id" in considered;
}

/** Loads and judges one command; order: bounds, idempotency, rules. */
export async function consider(batch: Batch, command: Command, deciding: Deciding): Promise<Considered> {
  const frame = await frameOf(batch, command, deciding);
  const { rows, policy, at } = frame;
  const tooMany = await loadFor(batch, rows, command, policy, at);
  const before = tooMany === null ? grantBefore(frame) : null;
  if (before !== null && before.digest === command.digest) return replay(batch, before, frame);
  let outside: Finding | null = null;
  if (tooMany !== null)
    outside = { code: "command.read_set_too_large", numbers: { keys: tooMany, limit: NEED_KEYS_MAX } };
  else if (before !== null)
    outside = { code: "command.id_reused", numbers: { commandId: command.commandId, sequence: before.sequence } };
  return { frame, judged: judge(rows, command, policy, at, outside) };
}

/** What rules found, for the rate at which humans call them wrong. */
function countFindings(batch: Batch, { decision, sequence }: Judged): void {
  const refused = decision.verdict === "refused";
  if (refused && sequence === null) batch.count(THROTTLED_COUNTER, 1);
  if (refused) batch.count(REFUSED_COUNTER + decision.code, 1);
  for (const { code } of decision.wouldHave ?? []) batch.count(OBSERVED_COUNTER + code, 1);
}

/** Makes what was judged part of the batch; the answer may leave once that is committed. */
export function record(batch: Batch, considered: Considered): Reply {
  if (isReply(considered)) return considered;
  const { frame, judged } = considered;
  countFindings(batch, judged);
  batch.take(judged);
  return replyOf(frame, judged.decision, frame.at, judged.sequence, false);
}

/** The answer to what was judged and is not recorded: a dry run. */
export function unrecorded(considered: Considered): Reply {
  if (isReply(considered)) return considered;
  return replyOf(considered.frame, considered.judged.decision, considered.frame.at, null, false);
}
