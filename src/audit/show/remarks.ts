// What goes with the numbers: which findings to look at before believing them, which files they come from, what was not
// judged and why, and the lines that nobody could read.

import type { Report } from "../report.ts";
import { counted, days, grouped } from "./amounts.ts";
import { columnLines } from "./columns.ts";
import type { PageOptions } from "./page-options.ts";
import { hanging, harmless } from "./plain.ts";

const BAD_LINES_SHOWN = 5;
const FILES_SHOWN = 20;

/** `names` are short names of files by their paths. */
type FileOptions = PageOptions & { readonly names: ReadonlyMap<string, string> };

/** Findings that may be less than they seem. */
export function checkFirst({ rules }: Report, { width, paint }: PageOptions): readonly string[] {
  const doubtful = rules.filter(({ otherWork }) => otherWork > 0);
  const counts = doubtful.map(
    ({ code, otherWork, findings }) => `${grouped(otherWork)} of ${grouped(findings)} ${code}`,
  );
  const remarks =
    counts.length === 0
      ? []
      : [`${counts.join(" and ")} came with another creation time: the id was given to other work.`];
  if (rules.some(({ weak }) => weak))
    remarks.push("* by kind and title alone, the bodies are not compared: not counted above.");
  if (remarks.length === 0) return [];
  return [paint("yellow", "check first"), ...remarks.flatMap((remark) => hanging("  ", remark, width))];
}

/** One line a file, the most broken first; nothing for a single file. */
export function fileLines({ files }: Report, { width, paint, names }: FileOptions): readonly string[] {
  if (files.length < 2) return [];
  const shown = files.toSorted((a, b) => b.broken - a.broken || b.tasks - a.tasks).slice(0, FILES_SHOWN);
  const [heading = "", ...lines] = columnLines(
    [
      { cells: ["BROKEN", ...shown.map(({ broken }) => grouped(broken))], align: "right" },
      { cells: ["TASKS", ...shown.map(({ tasks }) => grouped(tasks))], align: "right" },
      { cells: ["FILE", ...shown.map(({ path }) => harmless(names.get(path) ?? path))], takesRest: true },
      { cells: ["", ...shown.map(({ range }) => days(range))] },
    ],
    width,
    "",
  );
  const left = files.length - shown.length;
  const more = left > 0 ? [`  and ${counted(left, "more file")} (--json names all)`] : [];
  return [paint("dim", heading), ...lines, ...more];
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
export function badLines(
  { badLines: bad, skipped }: Pick<Report, "badLines" | "skipped">,
  { width, paint }: PageOptions,
): readonly string[] {
  const shown = bad.first
    .slice(0, BAD_LINES_SHOWN)
    .map(({ file, line, why }) => `${file}${line === 0 ? "" : `:${line}`} ${why}`);
  const left = bad.count - shown.length;
  const more =
    left > 0 && shown.length > 0
      ? [
          `and ${counted(left, "more line")} (--json names ${bad.first.length === bad.count ? "all" : grouped(bad.first.length)})`,
        ]
      : [];
  const lines = [...shown, ...more].flatMap((line) => hanging("  ", harmless(line), width));
  const out = bad.count === 0 ? [] : [paint("yellow", `${counted(bad.count, "bad line")}, left out`), ...lines];
  const paths = skipped
    .slice(0, FILES_SHOWN)
    .flatMap(({ path, why }) => hanging("  ", harmless(`${path} ${why}`), width));
  return skipped.length === 0
    ? out
    : [...out, paint("yellow", `${counted(skipped.length, "path")} not read`), ...paths];
}
