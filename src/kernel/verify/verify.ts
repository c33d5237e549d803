// verify: is the log whole, are the rows its fold, and do they count right? One snapshot of the store, from the first
// event or from the last checkpoint; a report, never an exception, for anything that is wrong in the data.

import { sortedKeys } from "../../core/index.ts";
import type { Row } from "../../core/index.ts";
import type { Store, StoredCheckpoint, StoredEvent, StoredHead, View } from "../../store/index.ts";
import { loadSnapshot } from "../checkpoint/load.ts";
import { rowsHashOf } from "../checkpoint/snapshot.ts";
import { eventsSince, takeCheckpoint } from "../checkpoint/take.ts";
import { forgettable, placeFaults } from "../commit/forget.ts";
import { newerFormat } from "../format.ts";
import { recount } from "../recount/index.ts";
import { WRITER } from "../chain.ts";
import { Chain } from "./chain.ts";
import { compareRows } from "./compare-rows.ts";
import { endOfRows, eventPages, rowPages } from "./pages.ts";
import type { EventPages } from "./pages.ts";
import { Refold } from "./refold.ts";
import { Findings, withBelow } from "./report.ts";
import type { VerifyReport } from "./report.ts";

export type VerifyOptions = {
  /** The chain alone: no event is folded, no row compared. */
  readonly chainOnly?: boolean;
  /** Start from the last checkpoint, where there is one: what lies before it is not looked at. */
  readonly fromCheckpoint?: boolean;
  /** Where all is whole, takes a checkpoint if so many events lie behind the last one; takes none unless told. */
  readonly checkpointEvery?: number;
  /** Is told how many of how many events were looked at. */
  readonly onProgress?: (done: number, total: number) => void;
};

/** What is walked through, and what was found on the way. */
export type Walk = {
  readonly findings: Findings;
  readonly chain: Chain;
  /** Null where the chain alone is checked. */
  readonly refold: Refold | null;
  /** Headers of checkpoints by their sequences. */
  readonly marks: ReadonlyMap<number, StoredCheckpoint>;
  /** The one whose rows are compared with the fold; 0 where there is none. */
  readonly compared: number;
};

/** The stored checkpoint says of the fold so far what is true, or it is found. */
function compareMark(walk: Walk, mark: StoredCheckpoint): void {
  const { findings, refold } = walk;
  if (mark.sequence !== walk.compared || refold === null || refold.broken) return;
  const { rows, at } = refold;
  const hash = rowsHashOf(rows, forgettable(rows.values(), at));
  if (hash.rows !== mark.rows)
    findings.add(`checkpoint ${mark.sequence}`, `says ${mark.rows} rows, the events up to it give ${hash.rows}`);
  else if (hash.digest() !== mark.rowsHash)
    findings.add(`checkpoint ${mark.sequence}`, "its rows are not what the events up to it give");
}

function checkMark(walk: Walk, { sequence, hash, at }: StoredEvent): StoredCheckpoint | null {
  const mark = walk.marks.get(sequence);
  if (mark === undefined) return null;
  if (mark.hash !== hash) walk.findings.add(`checkpoint ${sequence}`, `its hash is not that of event ${sequence}`);
  if (mark.at !== at) walk.findings.add(`checkpoint ${sequence}`, `its time is not that of event ${sequence}`);
  return mark;
}

/** Checks and folds one page; it is cut where a checkpoint is to be compared. */
function take(walk: Walk, page: readonly StoredEvent[]): void {
  let rest: readonly StoredEvent[] = page;
  for (const stored of page) {
    walk.chain.check(stored);
    const mark = walk.marks.size === 0 ? null : checkMark(walk, stored);
    if (mark === null) continue;
    const end = rest.indexOf(stored) + 1;
    walk.refold?.fold(rest.slice(0, end));
    rest = rest.slice(end);
    compareMark(walk, mark);
  }
  walk.refold?.fold(rest);
}

/** Walks through every event after the start of the walk. */
export async function walkThrough(
  walk: Walk,
  pages: EventPages,
  total: number,
  onProgress: VerifyOptions["onProgress"] = () => undefined,
): Promise<void> {
  for await (const page of pages(walk.chain.sequence)) {
    take(walk, page);
    onProgress(walk.chain.sequence, total);
  }
}

/** Counts anew what folded rows count; the first by key comes first. */
export function recountInto(findings: Findings, rows: ReadonlyMap<string, Row>, told: boolean): void {
  const wrong = new Map<string, string[]>();
  try {
    for (const { key, problem } of recount(rows, told)) wrong.set(key, [...(wrong.get(key) ?? []), problem]);
  } catch (error) {
    // Bytes that were tampered with, and found as such, may fold to rows that lack what is counted.
    if (!(error instanceof TypeError)) throw error;
    findings.add("rows", `cannot be counted anew (${error.message})`);
  }
  for (const key of sortedKeys(wrong.keys())) for (const problem of wrong.get(key) ?? []) findings.row(key, problem);
}

function checkHead({ chain, findings }: Walk, head: StoredHead | null): void {
  if (head === null) {
    if (chain.sequence > 0) findings.add("head", "is missing");
    return;
  }
  if (head.minWriter !== WRITER)
    findings.add("head", `asks for writers of format ${head.minWriter}, this one writes ${WRITER}`);
  chain.end(head.sequence, `the head names event ${head.sequence}`);
  if (head.sequence < chain.sequence)
    findings.add("head", `names sequence ${head.sequence}, the log ends at ${chain.sequence}`);
  else if (head.sequence === chain.sequence && head.hash !== chain.hash)
    findings.add("head", "its hash is not the last event's");
}

/** Rows that stand further than the log tell that its end is gone, also where the head went with it. */
async function checkEnd({ chain }: Walk, view: View): Promise<void> {
  const rowsAt = await endOfRows(view);
  if (rowsAt !== null) chain.end(rowsAt, `the rows stand at event ${rowsAt}`);
}

/** What was found, once everything was walked through. */
export function reportOf({ findings, chain, refold }: Walk, from: number, rows: number): VerifyReport {
  const { count, first, lastGood, badKey } = findings;
  return {
    ok: count === 0,
    depth: refold === null ? "chain" : "rows",
    from,
    events: chain.sequence,
    rows,
    headHash: chain.hash,
    checkpoint: null,
    checkpointProblem: null,
    badSequence: lastGood === null ? null : lastGood + 1,
    badKey,
    lastGood: lastGood ?? chain.sequence,
    findings: first,
    found: count,
  };
}

type Start = {
  readonly sequence: number;
  readonly hash: string | undefined;
  readonly rows: ReadonlyMap<string, Row>;
};

const THE_START: Start = { sequence: 0, hash: undefined, rows: new Map() };

/** Walks through a view and compares what it holds; returns how many rows are stored. */
async function verifyView(view: View, walk: Walk, { sequence: from }: Start, options: VerifyOptions): Promise<number> {
  const head = await view.head();
  await walkThrough(walk, eventPages(view), head?.sequence ?? 0, options.onProgress);
  checkHead(walk, head);
  await checkEnd(walk, view);
  for (const at of walk.marks.keys())
    if (at > walk.chain.sequence) walk.findings.add(`checkpoint ${at}`, `the log ends at event ${walk.chain.sequence}`);
  const { refold, findings } = walk;
  if (refold === null || refold.broken) return 0;
  const isSpent = forgettable(refold.rows.values(), refold.at);
  const fold = { rows: refold.rows, isSpent, isFromCheckpoint: from > 0 };
  const rows = await compareRows(() => rowPages(view), fold, findings);
  recountInto(findings, refold.rows, refold.told || from > 0);
  const counters = await view.counters();
  const wrong = [
    ...(from === 0 ? refold.counters.faults(counters) : []),
    ...placeFaults(counters, walk.chain.sequence),
  ];
  for (const problem of wrong) findings.add("counters", problem);
  return rows;
}

/** Where a walk from the last checkpoint starts; at the first event where there is none, or it is broken. */
async function startAt(
  store: Store,
  workspace: string,
  mark: StoredCheckpoint | undefined,
  chainOnly: boolean,
  findings: Findings,
): Promise<Start> {
  if (mark === undefined) return THE_START;
  const { sequence, hash } = mark;
  if (chainOnly) return { sequence, hash, rows: new Map() };
  const rows = await loadSnapshot(store, workspace, mark);
  if (typeof rows !== "string") return { sequence, hash, rows };
  findings.add(`checkpoint ${sequence}`, rows);
  return THE_START;
}

/** The event of the checkpoint that a walk starts after is still the one it was taken at. */
async function checkStart(view: View, { sequence, hash }: Start, findings: Findings): Promise<void> {
  if (sequence === 0) return;
  const stored = await view.event(sequence);
  if (stored === null) findings.event(sequence, "is missing, and a checkpoint was taken at it");
  else if (stored.hash !== hash) findings.add(`checkpoint ${sequence}`, `its hash is not that of event ${sequence}`);
}

type Walked = { readonly walk: Walk; readonly report: VerifyReport };

async function walkStore(store: Store, workspace: string, findings: Findings, options: VerifyOptions): Promise<Walked> {
  const { chainOnly = false, fromCheckpoint = false } = options;
  const marks = await store.checkpoints.list(workspace);
  const start = await startAt(store, workspace, fromCheckpoint ? marks.at(-1) : undefined, chainOnly, findings);
  const walk: Walk = {
    findings,
    chain: new Chain(workspace, findings, start.sequence, start.hash),
    refold: chainOnly ? null : new Refold(findings, start.rows),
    marks: new Map(marks.map((mark) => [mark.sequence, mark])),
    compared: marks.at(-1)?.sequence ?? 0,
  };
  return store.read(workspace, async (view) => {
    const newer = newerFormat(await view.head(), workspace);
    if (newer !== null) throw newer;
    await checkStart(view, start, findings);
    return { walk, report: reportOf(walk, start.sequence, await verifyView(view, walk, start, options)) };
  });
}

/** The report, and a checkpoint of what was walked through where that is whole and one is due. */
async function withCheckpoint(
  store: Store,
  workspace: string,
  { walk, report }: Walked,
  every: number,
): Promise<VerifyReport> {
  const { chain, refold, marks } = walk;
  if (!report.ok || refold === null || eventsSince([...marks.values()], chain.sequence) < every) return report;
  const { sequence, hash } = chain;
  try {
    const taken = await takeCheckpoint(store, workspace, { sequence, hash, at: refold.at, rows: refold.rows });
    return { ...report, checkpoint: taken?.sequence ?? null };
  } catch (error) {
    // A full disk, or one that this user may not write to, takes nothing from what was found.
    if (error instanceof Error && error.name === "StoreFault") return { ...report, checkpointProblem: error.message };
    throw error;
  }
}

/**
 * Verifies one workspace of a store.
 * @throws KernelFault `workspace.read_only` for a log of a newer format, of which nothing can be said.
 */
export async function verifyStore(store: Store, workspace: string, options: VerifyOptions): Promise<VerifyReport> {
  const findings = new Findings();
  const isWhole = options.chainOnly !== true && options.fromCheckpoint !== true;
  // Below the log and above it at the same time: a large file is checked in a thread. What lies below is told first.
  const [below, walked] = await Promise.allSettled([
    isWhole ? store.check() : [],
    walkStore(store, workspace, findings, options),
  ]);
  if (below.status === "rejected") throw below.reason;
  if (walked.status === "rejected") throw walked.reason;
  const { walk } = walked.value;
  const report = withBelow(walked.value.report, below.value);
  return withCheckpoint(store, workspace, { walk, report }, options.checkpointEvery ?? Infinity);
}
