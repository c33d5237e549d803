// One command, start to end, inside one store transaction: load, idempotency, catch up, decide, fold, append.

import { actorName, commandKey, judge, NEED_KEYS_MAX } from "../core/index.ts";
import type {
  Command,
  CommandRow,
  CompiledPolicy,
  Decision,
  Finding,
  HeadRow,
  Judged,
  RecordedDecision,
  Row,
} from "../core/index.ts";
import type { RowChange, Session, StoredHead, View } from "../store/index.ts";
import { GENESIS, headAfter, seal } from "./chain.ts";
import { checkedRow, decodeEvent } from "./codec.ts";
import { KernelFault } from "./fault.ts";
import type { Reply } from "./kernel.ts";
import { loadFor, loadHead } from "./load.ts";
import type { LoadedRows } from "./load.ts";
import type { Policies } from "./policies.ts";

/** The log format this kernel writes; a head that asks for a newer one is read, never written. */
const WRITER = 1;

/** Counted outside the fold once an actor's refusals are no longer recorded. */
export const THROTTLED_COUNTER = "actor.throttled";

export type Deciding = { readonly policies: Policies; readonly clock: () => number };

/** What a command is judged in. */
type Frame = {
  readonly command: Command;
  readonly stored: StoredHead | null;
  readonly rows: LoadedRows;
  readonly head: HeadRow;
  readonly policy: CompiledPolicy;
  readonly at: number;
};

function writable(stored: StoredHead | null, command: Command): void {
  if (stored === null && command.type !== "adopt_policy") {
    throw new KernelFault(
      "workspace.not_initialised",
      `workspace ${command.workspace} has no log: run \`exec-kernel init\` as the human`,
    );
  }
  if (stored !== null && stored.minWriter > WRITER) {
    const formats = `format ${stored.minWriter}, this one writes ${WRITER}`;
    throw new KernelFault(
      "workspace.read_only",
      `workspace ${command.workspace} is written by a newer exec-kernel (${formats}): update this one`,
    );
  }
}

async function frameOf(view: View, command: Command, deciding: Deciding): Promise<Frame> {
  const stored = await view.head();
  writable(stored, command);
  const rows: LoadedRows = new Map();
  const head = await loadHead(view, rows);
  const policy = await deciding.policies.inForce(view, head);
  // INVARIANT: time in a log never goes back, whatever the wall clock does.
  const at = Math.max(Math.trunc(deciding.clock()), head.at);
  return { command, stored, rows, head, policy, at };
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

async function replay(view: View, row: CommandRow, frame: Frame): Promise<Reply> {
  const stored = await view.event(row.sequence);
  const event = stored === null ? null : decodeEvent(stored.bytes, row.sequence);
  if (event?.decision == null)
    throw new KernelFault(
      "log.corrupt",
      `event ${row.sequence} should carry a decision and does not: run \`exec-kernel verify\``,
    );
  return replyOf(frame, event.decision, event.at, event.sequence, true);
}

/** A judged command, or the reply it was given before. */
type Considered = { readonly frame: Frame; readonly judged: Judged } | Reply;

/** Loads and judges one command; order: bounds, idempotency, rules. */
async function consider(view: View, command: Command, deciding: Deciding): Promise<Considered> {
  const frame = await frameOf(view, command, deciding);
  const { rows, policy, at } = frame;
  const tooMany = await loadFor(view, rows, command, policy, at);
  const before = tooMany === null ? grantBefore(frame) : null;
  if (before !== null && before.digest === command.digest) return replay(view, before, frame);
  let outside: Finding | null = null;
  if (tooMany !== null)
    outside = { code: "command.read_set_too_large", numbers: { keys: tooMany, limit: NEED_KEYS_MAX } };
  else if (before !== null)
    outside = { code: "command.id_reused", numbers: { commandId: command.commandId, sequence: before.sequence } };
  return { frame, judged: judge(rows, rows.keys(), command, policy, at, outside) };
}

function changesOf(changed: ReadonlyMap<string, Row>): readonly RowChange[] {
  return [...changed].map(([key, row]) => ({ key, bytes: checkedRow(key, row) }));
}

/** Judges and records one command; replays the answer where this command id was granted before. */
export async function submitIn(session: Session, command: Command, deciding: Deciding): Promise<Reply> {
  const considered = await consider(session, command, deciding);
  if ("id" in considered) return considered;
  const { frame, judged } = considered;
  const { stored } = frame;
  if (judged.sequence === null) await session.count(THROTTLED_COUNTER, 1);
  const sealed = seal(judged.events, stored?.hash ?? GENESIS);
  const next = headAfter(sealed, stored);
  if (sealed.length > 0 && next !== null) await session.append(stored, next, sealed, changesOf(judged.changed));
  return replyOf(frame, judged.decision, frame.at, judged.sequence, false);
}

/** Judges one command and writes nothing: a dry run. */
export async function considerIn(view: View, command: Command, deciding: Deciding): Promise<Reply> {
  const considered = await consider(view, command, deciding);
  return "id" in considered
    ? considered
    : replyOf(considered.frame, considered.judged.decision, considered.frame.at, null, false);
}
