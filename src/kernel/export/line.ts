// One event as a line of an export: {"sequence":N,"hash":"...","event":<the exact stored bytes>}. The bytes stand in it as
// they are, so that whoever has the line can hash them.

import type { StoredEvent } from "../../store/index.ts";

/** The line, without its end. */
export function exportLine({ sequence, hash, bytes }: StoredEvent): string {
  return `{"sequence":${sequence},"hash":"${hash}","event":${bytes}}`;
}

const LINE = /^\{"sequence":(\d{1,15}),"hash":"([0-9a-f]{64})","event":(\{.*\})\}$/s;

/** Time and type, as the first fields of the bytes tell them. */
const OPENING = /^\{"v":\d+,"sequence":\d+,"at":(\d+),"workspace":("(?:[^"\\]|\\.)*"),"type":"([^"\\]*)",/;

/** The event of a line, and the workspace it says it is of; null where the line is no line of an export. */
export function readExportLine(line: string): { readonly event: StoredEvent; readonly workspace: string } | null {
  const [, sequence, hash, bytes] = LINE.exec(line) ?? [];
  if (sequence === undefined || hash === undefined || bytes === undefined) return null;
  const [, at = "0", workspace = '""', type = ""] = OPENING.exec(bytes) ?? [];
  const event = { sequence: Number(sequence), at: Number(at), type, bytes, hash };
  return { event, workspace: unquoted(workspace) };
}

/** The text that these JSON bytes are; the bytes themselves where they are none, which is no workspace's name. */
function unquoted(bytes: string): string {
  try {
    return String(JSON.parse(bytes));
  } catch {
    return bytes;
  }
}
