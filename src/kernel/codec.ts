// Exact bytes: events and rows to text and back, fields always in one order. What is hashed is what is stored.

import { Defect, EVENT_TYPES } from "../core/index.ts";
import type { Event, Row } from "../core/index.ts";
import { unreadable } from "./damage.ts";
import { KernelFault } from "./fault.ts";

/** The envelope in its one order. INVARIANT: bodies and rows are built field by field in one place each, so that the
 * order of their fields is fixed too; only records keyed by callers' names are sorted where they are built. */
export function encodeEvent(event: Event): string {
  return JSON.stringify({
    v: event.v,
    sequence: event.sequence,
    at: event.at,
    workspace: event.workspace,
    type: event.type,
    commandId: event.commandId,
    actor: event.actor,
    kind: event.kind,
    proven: event.proven,
    run: event.run,
    fence: event.fence,
    digest: event.digest,
    body: event.body,
    decision: event.decision,
  });
}

/** The version of events that this kernel writes and reads. */
export const EVENT_VERSION = 3;

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field as a message names it: whatever stands there. */
export function told(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "none");
}

/** Of a version and a type that this kernel knows. */
function isKnown(value: unknown): value is Event {
  return (
    isRecord(value) &&
    value["v"] === EVENT_VERSION &&
    typeof value["type"] === "string" &&
    Object.hasOwn(EVENT_TYPES, value["type"])
  );
}

/** The latest moment, before and after 1970, that a date can name. */
const DATE_MAX_MS = 8.64e15;

/** A place, a time, a body and a decision: the rest is the kernel's own, as the chain vouches. */
function isWhole({ sequence, at: time, body, decision }: Event, at: number): boolean {
  if (sequence !== at || !Number.isInteger(time) || Math.abs(time) > DATE_MAX_MS || !isRecord(body)) return false;
  return decision === null || (isRecord(decision) && typeof decision.verdict === "string");
}

function parsed(bytes: string, sequence: number): Event {
  let value: unknown;
  try {
    value = JSON.parse(bytes);
  } catch {
    throw unreadable(sequence);
  }
  if (isKnown(value)) {
    if (isWhole(value, sequence)) return value;
    throw unreadable(sequence);
  }
  const what = isRecord(value) ? `type ${told(value["type"])}, version ${told(value["v"])}` : "no event";
  const isOld = isRecord(value) && typeof value["v"] === "number" && value["v"] < EVENT_VERSION;
  const wayOut = isOld
    ? "it was written before the first release: make a new workspace"
    : "use the newer exec-kernel that wrote it";
  throw new KernelFault("log.unknown_event", `event ${sequence} is of an unknown kind (${what}): ${wayOut}`);
}

/**
 * The event that these bytes at `sequence` are.
 * @throws KernelFault `log.unknown_event` for a type or version of a newer kernel, `log.corrupt` for bytes that are no event.
 */
export function decodeEvent(bytes: string, sequence: number): Event {
  const event = parsed(bytes, sequence);
  if (Object.keys(event.body).length === 0) throw unreadable(sequence);
  return event;
}

const DECISION = ',"decision":{"verdict":"granted",';
const NEXT = ',"next":[],"';
const BARE_DECISION = ',"decision":{"verdict":"granted"}}';

/** Nothing was waived or would have been refused: where it was, that follows a grant's empty list of what is next. */
function isPlain(bytes: string, at: number): boolean {
  const next = bytes.indexOf(NEXT, at);
  const after = next + NEXT.length;
  // Mostly nothing is: then what there was to say is over here, and half of the rest need not be looked through.
  if (next > 0 && (bytes.startsWith('result":', after) || bytes.startsWith('judgedAt":', after))) return true;
  return !bytes.includes('"waived":', at) && !bytes.includes('"wouldHave":', at);
}

/**
 * An event as far as folding and counting read it: of a grant's decision, which is half of its bytes, what was waived or
 * would have refused it, else nothing but that it was granted.
 * INVARIANT: the decision is the envelope's last field, and no body has a field of this name and form; its own fields
 * stand in one order too.
 * @throws KernelFault as `decodeEvent` does.
 */
export function decodeToFold(bytes: string, sequence: number): Event {
  const at = bytes.indexOf(DECISION);
  if (at < 0 || !isPlain(bytes, at)) return parsed(bytes, sequence);
  return parsed(bytes.slice(0, at) + BARE_DECISION, sequence);
}

/** Every kind of row there is. */
export const ROW_KINDS: { readonly [K in Row["kind"]]: true } = {
  head: true,
  task: true,
  text: true,
  meter: true,
  reservation: true,
  steps: true,
  actor: true,
  ring: true,
  run: true,
  halt: true,
  children: true,
  dependents: true,
  live: true,
  ready: true,
  due: true,
  lesson: true,
  answer: true,
  wrong: true,
  fingerprint: true,
  template: true,
  command: true,
};

function isRow(value: unknown): value is Row {
  return isRecord(value) && typeof value["kind"] === "string" && Object.hasOwn(ROW_KINDS, value["kind"]);
}

export function encodeRow(row: Row): string {
  return JSON.stringify(row);
}

/** @throws KernelFault `log.corrupt` for bytes that are no row. */
export function decodeRow(bytes: string, key: string): Row {
  let value: unknown;
  try {
    value = JSON.parse(bytes);
  } catch {
    value = null;
  }
  if (isRow(value)) return value;
  throw new KernelFault("log.corrupt", `row ${key} is not readable: run \`exec-kernel verify\``);
}

/** A row that would not fit is a defect of intake's limits. */
const ROW_BYTES_MAX = 65_536;

export function checkedRow(key: string, row: Row): string {
  const bytes = encodeRow(row);
  if (bytes.length > ROW_BYTES_MAX) throw new Defect(`row ${key} has ${bytes.length} bytes, limit ${ROW_BYTES_MAX}`);
  return bytes;
}
