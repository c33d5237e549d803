// The rows of a checkpoint, read back from its snapshot: only where they give the hash that its header says.

import type { Row } from "../../core/index.ts";
import type { Store, StoredCheckpoint } from "../../store/index.ts";
import { decodeRow } from "../codec.ts";
import { KernelFault } from "../fault.ts";
import { RowsHash, rowsIn, unpack } from "./snapshot.ts";

/** Rows by their keys, or what is wrong with the snapshot. */
export async function loadSnapshot(
  store: Store,
  workspace: string,
  checkpoint: StoredCheckpoint,
): Promise<ReadonlyMap<string, Row> | string> {
  const rows = new Map<string, Row>();
  const hash = new RowsHash();
  for (let part = 0; part < checkpoint.parts; part += 1) {
    const bytes = await store.checkpoints.part(workspace, checkpoint.sequence, part);
    if (bytes === null) return `part ${part + 1} of ${checkpoint.parts} of its snapshot is missing`;
    const problem = addPart(bytes, rows, hash);
    if (problem !== null) return `part ${part + 1} of ${checkpoint.parts} of its snapshot ${problem}`;
  }
  if (hash.rows !== checkpoint.rows) return `its snapshot has ${hash.rows} rows, it says ${checkpoint.rows}`;
  return hash.digest() === checkpoint.rowsHash ? rows : "its snapshot does not give the hash of its rows";
}

function addPart(bytes: Uint8Array, into: Map<string, Row>, hash: RowsHash): string | null {
  const text = unpack(bytes);
  const rows = text === null ? null : rowsIn(text);
  if (text === null || rows === null) return "is not readable";
  hash.add(text, rows.length);
  for (const { key, bytes: row } of rows) {
    try {
      into.set(key, decodeRow(row, key));
    } catch (error) {
      if (error instanceof KernelFault) return `has no row under ${key}`;
      throw error;
    }
  }
  return null;
}
