// The report of a verification in lines: what was checked, what was found, and what to do then.

import type { VerifyReport } from "../../kernel/index.ts";
import type { Paint } from "./paint.ts";
import { plural } from "./text.ts";

function whole({ depth, from }: VerifyReport): string {
  const chain = from === 0 ? "chain intact" : `chain intact after event ${from}`;
  return depth === "chain" ? `${chain}, rows not looked at` : `${chain}, 0 rows differ`;
}

function counted({ depth, events, rows }: VerifyReport): string {
  return depth === "chain" ? plural(events, "event") : `${plural(events, "event")}, ${plural(rows, "row")}`;
}

/** For stdout. */
export function verifyLines(report: VerifyReport, tookMs: number, paint: Paint): readonly string[] {
  const { ok, findings, found, headHash } = report;
  const verdict = ok ? paint("green", whole(report)) : paint("red", plural(found, "finding"));
  const seconds = (tookMs / 1_000).toFixed(1);
  return [
    `verify  ${counted(report)}, ${verdict}, head ${headHash.slice(0, 12)}, ${seconds} s`,
    ...findings.map(({ at, problem }) => `  ${at}: ${problem}`),
    ...(report.checkpoint === null ? [] : [`checkpoint  taken at event ${report.checkpoint}`]),
    ...(found > findings.length ? [`  and ${found - findings.length} more`] : []),
  ];
}

/** For stderr, where something was found: how far the log can be trusted, and the way out. */
export function wayOut({ lastGood, badSequence }: VerifyReport): string {
  const good =
    badSequence === null ? "the log itself is whole: what differs is beside it" : `the last good event is ${lastGood}`;
  return `${good}. do not write to this store: keep a copy of it, then restore a backup (exec-kernel restore --help)`;
}

/** The same where lines of an export were checked: nothing is wrong with a store because of that. */
export function wayOutOfExport({ lastGood, badSequence, events }: VerifyReport): string {
  const way = "verify the store that it came from, or ask for the file again";
  if (events === 0 && badSequence === null) return `an export has a line for each event: ${way}`;
  const good = badSequence === null ? "the chain is whole" : `the last good event is ${lastGood}`;
  return `${good}. this file is not the log that was written: ${way}`;
}
