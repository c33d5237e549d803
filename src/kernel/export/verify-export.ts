// verify --export: the same checks over the lines of an export, without any store: the chain, and the fold with its counts
// where the export begins with the first event.

import type { StoredEvent } from "../../store/index.ts";
import { Chain } from "../verify/chain.ts";
import { Refold } from "../verify/refold.ts";
import { Findings } from "../verify/report.ts";
import type { VerifyReport } from "../verify/report.ts";
import { recountInto, reportOf, walkThrough } from "../verify/verify.ts";
import type { VerifyOptions, Walk } from "../verify/verify.ts";
import { exportLine, readExportLine } from "./line.ts";

/** A line of a file with its number from 1; a text that is null says that it cannot be read, and why. */
export type FileLine = { readonly line: number; readonly text: string | null; readonly problem: string };

const PAGE = 500;

/** Events in pages; the first line that is none is found, and nothing after it is read. */
async function* pagesOf(lines: AsyncIterable<FileLine>, findings: Findings): AsyncGenerator<readonly StoredEvent[]> {
  let page: StoredEvent[] = [];
  let last = 0;
  for await (const { line, text, problem } of lines) {
    const read = text === null ? null : readExportLine(text);
    if (read === null) {
      if (page.length > 0) yield page;
      const why = text === null ? problem : "is cut short, or no line of an export";
      findings.lastGood ??= last;
      findings.add(`line ${line}`, `${why}; the last whole event before it is ${last}`);
      return;
    }
    page.push(read.event);
    last = read.event.sequence;
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** What the first event tells: the workspace, and whether there is anything before it. */
async function walkOf(
  pages: AsyncIterator<readonly StoredEvent[]>,
  findings: Findings,
): Promise<[Walk, StoredEvent[]]> {
  const { value, done } = await pages.next();
  const first: readonly StoredEvent[] = done === true ? [] : value;
  const [event] = first;
  const workspace = event === undefined ? "" : workspaceOf(event);
  const isWhole = event === undefined || event.sequence === 1;
  const rest = { findings, marks: new Map(), compared: 0 };
  // The hash before the first line of a part is not known: that line is taken as it is, and the chain starts after it.
  if (isWhole) return [{ ...rest, chain: new Chain(workspace, findings), refold: new Refold(findings) }, [...first]];
  return [{ ...rest, chain: new Chain(workspace, findings, event.sequence, event.hash), refold: null }, first.slice(1)];
}

function workspaceOf(event: StoredEvent): string {
  return readExportLine(exportLine(event))?.workspace ?? "";
}

/** Verifies the lines of an export; a report, never an exception, for anything that is wrong in them. */
export async function verifyExport(
  lines: AsyncIterable<FileLine>,
  options: Pick<VerifyOptions, "chainOnly" | "onProgress"> = {},
): Promise<VerifyReport> {
  const findings = new Findings();
  const pages = pagesOf(lines, findings);
  const [found, first] = await walkOf(pages, findings);
  const walk = options.chainOnly === true ? { ...found, refold: null } : found;
  const from = walk.chain.sequence;
  await walkThrough(
    walk,
    async function* () {
      if (first.length > 0) yield first;
      yield* pages;
    },
    0,
    options.onProgress,
  );
  const { refold, chain } = walk;
  if (chain.sequence === 0) findings.add("export", "has no event in it");
  if (refold !== null && !refold.broken) recountInto(findings, refold.rows, refold.told);
  return reportOf(walk, from, refold?.rows.size ?? 0);
}
