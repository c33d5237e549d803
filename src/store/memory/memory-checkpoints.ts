// Checkpoints in memory. What they are of never outlives the process either; tests and simulations want them all the same.

import { checkCheckpoint, checkPart, SNAPSHOTS_KEPT } from "../contract.ts";
import { StoreDefect } from "../fault.ts";
import type { Checkpoints, StoredCheckpoint } from "../store.ts";

type Kept = { readonly headers: StoredCheckpoint[]; readonly parts: Map<number, Map<number, Uint8Array>> };

/** What the store is asked about a workspace before anything is done for it: whether it is open, and has a log. */
type Ask = (workspace: string) => { readonly hasLog: boolean };

export class MemoryCheckpoints implements Checkpoints {
  readonly #ask: Ask;
  readonly #kept = new Map<string, Kept>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async list(workspace: string): Promise<readonly StoredCheckpoint[]> {
    this.#ask(workspace);
    return [...(this.#kept.get(workspace)?.headers ?? [])];
  }

  async part(workspace: string, sequence: number, part: number): Promise<Uint8Array | null> {
    this.#ask(workspace);
    checkPart(sequence, part);
    return this.#kept.get(workspace)?.parts.get(sequence)?.get(part) ?? null;
  }

  async savePart(workspace: string, sequence: number, part: number, bytes: Uint8Array): Promise<void> {
    checkPart(sequence, part);
    const { parts } = this.#of(workspace);
    const own = parts.get(sequence) ?? new Map<number, Uint8Array>();
    // Copied: what the caller does to its bytes later must not reach the snapshot.
    parts.set(sequence, own.set(part, Uint8Array.from(bytes)));
  }

  async save(workspace: string, checkpoint: StoredCheckpoint): Promise<boolean> {
    checkCheckpoint(checkpoint);
    const { headers, parts } = this.#of(workspace);
    const { sequence } = checkpoint;
    const own = parts.get(sequence) ?? new Map<number, Uint8Array>();
    const whole = Array.from({ length: checkpoint.parts }, (_, part) => own.has(part)).every(Boolean);
    if (!whole || (headers.at(-1)?.sequence ?? 0) >= sequence) return false;
    headers.push({ ...checkpoint });
    const oldest = headers.at(-SNAPSHOTS_KEPT)?.sequence ?? 0;
    for (const old of parts.keys()) if (old < oldest) parts.delete(old);
    return true;
  }

  #of(workspace: string): Kept {
    if (!this.#ask(workspace).hasLog) throw new StoreDefect("a workspace without a log has no checkpoint");
    let kept = this.#kept.get(workspace);
    if (kept === undefined) this.#kept.set(workspace, (kept = { headers: [], parts: new Map() }));
    return kept;
  }
}
