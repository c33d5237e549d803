// verify: is the log whole, and are the rows its fold? Reads one snapshot, checks every hash and sequence, folds every
// event and compares the rows.

import { Defect, HEAD_KEY } from "../core/index.ts";
import type { StoredEvent, StoredHead, View } from "../store/index.ts";
import { chainHash, GENESIS } from "./chain.ts";
import { decodeEvent, encodeRow } from "./codec.ts";
import { KernelFault } from "./fault.ts";
import { forgettable } from "./forget.ts";
import { Folded, foldInto } from "./folded.ts";

/** One thing that is wrong, at an event's sequence or under a row's key. */
export type VerifyFinding = { readonly at: string; readonly problem: string };

export type VerifyReport = {
  readonly ok: boolean;
  readonly events: number;
  readonly rows: number;
  readonly headHash: string;
  /** The first of them, at most FINDINGS_MAX. */
  readonly findings: readonly VerifyFinding[];
  /** How many there are in all. */
  readonly found: number;
};

const FINDINGS_MAX = 20;
const PAGE = 1_000;

class Findings {
  readonly first: VerifyFinding[] = [];
  count = 0;

  add(at: string, problem: string): void {
    this.count += 1;
    if (this.first.length < FINDINGS_MAX) this.first.push({ at, problem });
  }
}

type Walk = {
  readonly workspace: string;
  readonly folded: Folded;
  readonly findings: Findings;
  sequence: number;
  hash: string;
  broken: boolean;
};

function checkPlace(walk: Walk, stored: StoredEvent): void {
  const at = `event ${stored.sequence}`;
  if (stored.sequence !== walk.sequence + 1)
    walk.findings.add(at, `follows event ${walk.sequence}: events are missing between them`);
  if (chainHash(walk.hash, stored.bytes) !== stored.hash)
    walk.findings.add(at, "its hash does not cover its bytes and the hash before it: it or an earlier one was changed");
}

function fold(walk: Walk, stored: StoredEvent): void {
  if (walk.broken) return;
  try {
    const event = decodeEvent(stored.bytes, stored.sequence);
    if (event.sequence !== stored.sequence || event.at !== stored.at || event.type !== stored.type)
      walk.findings.add(`event ${stored.sequence}`, "its columns differ from its bytes");
    if (event.workspace !== walk.workspace)
      walk.findings.add(`event ${stored.sequence}`, `it was written for workspace ${event.workspace}`);
    foldInto(walk.folded, event);
  } catch (error) {
    if (!(error instanceof Defect || error instanceof KernelFault || error instanceof TypeError)) throw error;
    walk.broken = true;
    walk.findings.add(`event ${stored.sequence}`, `it cannot be folded (${error.message}); rows are not compared`);
  }
}

function differs(key: string, bytes: string, walk: Walk): string | null {
  const row = walk.folded.get(key);
  if (row === null) return "no event explains it";
  return encodeRow(row) === bytes ? null : "differs from the fold of the log";
}

/** Folded rows that the store does not have; those whose time is over may be kept or swept away. */
function compareMissing(walk: Walk, seen: ReadonlySet<string>): void {
  const head = walk.folded.get(HEAD_KEY);
  const mayBeGone = forgettable(walk.folded.rows.values(), head?.kind === "head" ? head.at : 0);
  for (const [key, row] of walk.folded.rows)
    if (!seen.has(key) && !mayBeGone(row)) walk.findings.add(`row ${key}`, "is missing from the store");
}

/** Compares every stored row with its fold; returns how many there are. */
async function compareRows(view: View, walk: Walk): Promise<number> {
  const seen = new Set<string>();
  let after: string | undefined;
  for (;;) {
    const page = await view.rows({ prefix: "", limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { key, bytes } of page) {
      seen.add(key);
      const problem = differs(key, bytes, walk);
      if (problem !== null) walk.findings.add(`row ${key}`, problem);
    }
    after = page.at(-1)?.key;
    if (page.length < PAGE) break;
  }
  compareMissing(walk, seen);
  return seen.size;
}

function checkHead(walk: Walk, head: StoredHead | null): void {
  if (head === null) {
    if (walk.sequence > 0) walk.findings.add("head", "is missing");
    return;
  }
  if (head.sequence !== walk.sequence)
    walk.findings.add("head", `names sequence ${head.sequence}, the log ends at ${walk.sequence}`);
  else if (head.hash !== walk.hash) walk.findings.add("head", "its hash is not the last event's");
}

/** Verifies one workspace from its first event; a report, never an exception, for anything wrong in the data. */
export async function verifyIn(
  view: View,
  workspace: string,
  onProgress: (done: number, total: number) => void,
): Promise<VerifyReport> {
  const head = await view.head();
  const walk: Walk = {
    workspace,
    folded: new Folded(),
    findings: new Findings(),
    sequence: 0,
    hash: GENESIS,
    broken: false,
  };
  for (;;) {
    const page = await view.events(walk.sequence, PAGE);
    for (const stored of page) {
      checkPlace(walk, stored);
      fold(walk, stored);
      walk.sequence = stored.sequence;
      walk.hash = stored.hash;
    }
    onProgress(walk.sequence, head?.sequence ?? 0);
    if (page.length < PAGE) break;
  }
  checkHead(walk, head);
  const rows = walk.broken ? 0 : await compareRows(view, walk);
  const { first, count } = walk.findings;
  return { ok: count === 0, events: walk.sequence, rows, headHash: walk.hash, findings: first, found: count };
}
