// What goes with the numbers: which findings to look at before believing them, which files they come from, what was not
// judged and why, and the lines that nobody could read.

import type { Report } from "../report.ts";
import { counted, days, grouped } from "./amounts.ts";
import type { PageOptions } from "./page-options.ts";
import { cut, fit, hanging, harmless, padEnd, widthOf } from "./plain.ts";

const BAD_LINES_SHOWN = 5;
const FILES_SHOWN = 20;
const PATH_WIDTH_MAX = 44;

/** Findings that may be less than they seem. */
export function checkFirst({ rules }: Report, { width, paint }: PageOptions): readonly string[] {
  const doubtful = rules.filter(({ otherWork }) => otherWork > 0);
  const remarks = doubtful.map(
    ({ code, otherWork, findings }) => `${grouped(otherWork)} of the ${grouped(findings)} of ${code}: the id came back with another creation time, so it was given to other work.`,
  );
  if (rules.some(({ weak }) => weak)) remarks.push("* by kind and title alone, the bodies are not compared: not counted above.");
  if (remarks.length === 0) return [];
  return [paint("yellow", "check first"), ...remarks.flatMap((remark) => hanging("  ", remark, width))];
}

/** One line a file, the most broken first; nothing for a single file. */
export function fileLines({ files }: Report, { width, paint }: PageOptions): readonly string[] {
  if (files.length < 2) return [];
  const sorted = files.toSorted((a, b) => b.broken - a.broken || b.tasks - a.tasks);
  const shown = sorted.slice(0, FILES_SHOWN);
  const pathWidth = Math.min(PATH_WIDTH_MAX, Math.max(...shown.map(({ path }) => widthOf(harmless(path)))));
  const lines = shown.map(({ path, tasks, broken, range }) => {
    const counts = `${grouped(broken).padStart(8)}  ${grouped(tasks).padStart(8)}`;
    return cut(`${counts}  ${padEnd(fit(path, pathWidth), pathWidth)}  ${days(range)}`, width);
  });
  const left = files.length - shown.length;
  const more = left > 0 ? [`  and ${counted(left, "more file")} (--json names all)`] : [];
  return [paint("dim", `${"BROKEN".padStart(8)}  ${"TASKS".padStart(8)}  FILE`), ...lines, ...more];
}

/** Whatever was not judged, with the reason. */
export function notJudgedLines({ notJudged }: Report, { width, paint }: PageOptions): readonly string[] {
  const counts = notJudged.map(({ count }) => (count === 0 ? "" : grouped(count)));
  const countWidth = Math.max(...counts.map((count) => count.length));
  const lines = notJudged.flatMap(({ what, why }, index) =>
    hanging(`  ${(counts[index] ?? "").padStart(countWidth)}  `, harmless(`${what}: ${why}`), width),
  );
  return [paint("bold", "not judged"), ...lines];
}

/** Lines that could not be read, and paths that were left out. */
export function badLines({ badLines: bad, skipped }: Report, { width, paint }: PageOptions): readonly string[] {
  const shown = bad.first.slice(0, BAD_LINES_SHOWN).map(({ file, line, why }) => `${file}${line === 0 ? "" : `:${line}`} ${why}`);
  const left = bad.count - shown.length;
  const more = left > 0 && shown.length > 0 ? [`and ${counted(left, "more line")} (--json names ${bad.first.length === bad.count ? "all" : grouped(bad.first.length)})`] : [];
  const lines = [...shown, ...more].flatMap((line) => hanging("  ", harmless(line), width));
  const out = bad.count === 0 ? [] : [paint("yellow", `${counted(bad.count, "bad line")}, left out`), ...lines];
  const paths = skipped.slice(0, FILES_SHOWN).flatMap(({ path, why }) => hanging("  ", harmless(`${path} ${why}`), width));
  return skipped.length === 0 ? out : [...out, paint("yellow", `${counted(skipped.length, "path")} not read`), ...paths];
}
