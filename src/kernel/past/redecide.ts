// One command of the past, decided again: loaded by `need` as it was then, judged by the rules of this version, and held
// against what the log says. What no event keeps is told apart from what differs.

import {
  actorName,
  commandKey,
  Defect,
  HEAD_KEY,
  judge,
  need,
  NEED_KEYS_MAX,
  NEED_ROUNDS_MAX,
} from "../../core/index.ts";
import type { Command, CompiledPolicy, Event, Finding, Judged, RecordedDecision, Row, Rows } from "../../core/index.ts";
import { encodeEvent } from "../codec.ts";
import { commandsOf } from "./command.ts";
import type { PastCommand } from "./walk.ts";

/**
 * `same`: byte for byte. `partly`: the verdict, code and numbers, where the log does not keep all of what was asked.
 * `unknown`: the log does not keep what was asked. `differs`: decided otherwise.
 */
export type Agreement = "same" | "partly" | "unknown" | "differs";

export type Redecided = {
  readonly agreement: Agreement;
  /** What differs, in words; empty unless it does. */
  readonly problem: string;
  /** What is decided now; null where the log does not keep what was asked. */
  readonly judged: Judged | null;
  /** Rows that deciding read, by key, in the order of reading; null where there was none. */
  readonly read: ReadonlyMap<string, Row | null>;
};

/** Rows that remember which of them were asked for. */
class Recording implements Rows {
  readonly read: Map<string, Row | null> = new Map();
  readonly #rows: ReadonlyMap<string, Row | null>;

  constructor(rows: ReadonlyMap<string, Row | null>) {
    this.#rows = rows;
  }

  get(key: string): Row | null | undefined {
    const row = this.#rows.get(key);
    if (row !== undefined) this.read.set(key, row);
    return row;
  }
}

type Loaded = { readonly rows: ReadonlyMap<string, Row | null>; readonly tooMany: number | null };

/** Loads as a kernel does, from rows that are all there. */
function loadFrom(all: Rows, command: Command, policy: CompiledPolicy, at: number): Loaded {
  const rows = new Map<string, Row | null>([[HEAD_KEY, all.get(HEAD_KEY) ?? null]]);
  for (let round = 0; ; round += 1) {
    const keys = need(rows, command, policy, at);
    if (keys.length === 0) return { rows, tooMany: null };
    const total = rows.size + keys.length;
    if (round === NEED_ROUNDS_MAX || total > NEED_KEYS_MAX) return { rows, tooMany: total };
    for (const key of keys) rows.set(key, all.get(key) ?? null);
  }
}

/** Found before the rules: too many rows, or an id that was granted for something else. */
function outsideOf({ rows, tooMany }: Loaded, command: Command, at: number): Finding | null {
  if (tooMany !== null) return { code: "command.read_set_too_large", numbers: { keys: tooMany, limit: NEED_KEYS_MAX } };
  const row = rows.get(commandKey(actorName(command.kind, command.actor), command.commandId));
  if (row?.kind !== "command" || at >= row.expiresAt) return null;
  return { code: "command.id_reused", numbers: { commandId: command.commandId, sequence: row.sequence } };
}

type Again = { readonly judged: Judged; readonly read: ReadonlyMap<string, Row | null> };

function again(command: Command, { rows, policy, events }: PastCommand): Again {
  const at = events[0]?.at ?? 0;
  const loaded = loadFrom(rows, command, policy, at);
  const recording = new Recording(loaded.rows);
  const judged = judge(recording, command, policy, at, outsideOf(loaded, command, at));
  return { judged, read: recording.read };
}

/** Texts that a refusal does not keep make a missing admission of every one: what it was found to be is not compared. */
const ADMISSION = "lineage.admission_incomplete";

function said(decision: RecordedDecision, whole: boolean): string {
  const { verdict, code, numbers, result } = decision;
  return JSON.stringify([verdict, code, code === ADMISSION && !whole ? {} : numbers, result]);
}

/** The log keeps neither the next step that was refused with a settlement, nor the texts of a refused creation. */
function isKeptWhole({ decided }: PastCommand): boolean {
  if (decided === null) return true;
  if (decided.decision.nextRefused !== undefined) return false;
  return decided.type !== "command_refused" || decided.body.command !== "create_task";
}

function firstDifference(was: readonly string[], becomes: readonly Event[]): number {
  const bytes = becomes.map(encodeEvent);
  const at = was.findIndex((one, index) => one !== bytes[index]);
  return at < 0 && bytes.length > was.length ? was.length : at;
}

function inWords({ verdict, code, numbers }: RecordedDecision): string {
  const list = Object.entries(numbers).map(([name, value]) => `${name}=${value}`);
  return [verdict, code, ...list].join(" ");
}

function problemOf({ decided, events, bytes }: PastCommand, judged: Judged, at: number): string {
  if (decided !== null && said(decided.decision, true) !== said(judged.decision, true))
    return `it was ${inWords(decided.decision)}; these rules say ${inWords(judged.decision)}`;
  const [was, becomes] = [events[at], judged.events[at]];
  if (was === undefined) return `these rules write a ${becomes?.type ?? "nothing"} more`;
  if (becomes === undefined) return `these rules do not write the ${was.type}`;
  if (was.type !== becomes.type) return `it is a ${was.type}; these rules write a ${becomes.type}`;
  return `the ${was.type} has other bytes: ${shortDifference(bytes[at] ?? "", encodeEvent(becomes))}`;
}

const AROUND = 40;

/** Where two texts part. */
function shortDifference(was: string, becomes: string): string {
  let at = 0;
  while (at < was.length && was[at] === becomes[at]) at += 1;
  const cut = (text: string): string => text.slice(Math.max(0, at - AROUND), at + AROUND);
  return `...${cut(was)}... against ...${cut(becomes)}...`;
}

function compared(past: PastCommand, { judged, read }: Again): Redecided {
  const { decided, bytes } = past;
  const at = firstDifference(bytes, judged.events);
  if (at < 0) return { agreement: "same", problem: "", judged, read };
  if (!isKeptWhole(past) && decided !== null && said(decided.decision, false) === said(judged.decision, false))
    return { agreement: "partly", problem: "", judged, read };
  return { agreement: "differs", problem: problemOf(past, judged, at), judged, read };
}

const NOTHING_READ: ReadonlyMap<string, Row | null> = new Map();

/** Bodies that an older version wrote may lack what a rule reads now. */
function tried(past: PastCommand, command: Command): Redecided {
  try {
    return compared(past, again(command, past));
  } catch (error) {
    if (!(error instanceof Defect || error instanceof TypeError)) throw error;
    return { agreement: "differs", problem: `it cannot be judged: ${error.message}`, judged: null, read: NOTHING_READ };
  }
}

/** A sweep that left nothing cannot be seen; one whose events another command left cannot be told from it. */
function isGuess({ decided }: PastCommand): boolean {
  return decided === null;
}

/** Decides it again under the policy of its time; of several readings of the log the one that agrees counts. */
export function redecide(past: PastCommand): Redecided {
  let first: Redecided | null = null;
  for (const command of commandsOf(past)) {
    const found = tried(past, command);
    if (found.agreement === "same" || found.agreement === "partly") return found;
    first ??= found;
  }
  const unknown: Redecided = { agreement: "unknown", problem: "", judged: null, read: NOTHING_READ };
  return first === null || isGuess(past) ? unknown : first;
}
