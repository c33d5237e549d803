// Says what the audit does not know: what the files do not tell, what the table has no meaning for, and where a finding
// may be less than it seems. A number that is not said to be doubtful will be believed.

import type { ReasonCode } from "../core/index.ts";
import type { Notes } from "./notes.ts";
import type { NotJudged, RuleReport } from "./report.ts";

/** Everything that was not judged, or not fully; only what occurred, and last what such files never hold. */
export function notJudged(notes: Notes, rules: readonly RuleReport[]): readonly NotJudged[] {
  const has = (code: ReasonCode): boolean => rules.some((rule) => rule.code === code);
  const all: readonly NotJudged[] = [
    ...unknownWords(notes),
    {
      count: notes.snapshots,
      what: "issues of snapshots",
      why: "skipped states and reopenings cannot be seen where no moves are told",
    },
    {
      count: notes.bookkeeping,
      what: "deletions of ended work, and their undoing",
      why: "bookkeeping of the tracker, neither a skip nor a reopening",
    },
    {
      count: notes.deletedAtFirstSight,
      what: "tasks that were deleted when first seen",
      why: "a deletion does not tell how the work ended",
    },
    {
      count: notes.otherHands,
      what: `moves such as ${topMove(notes)}`,
      why: "legal for a release or a human, and no file tells whose hand it was",
    },
    { count: notes.unnamed, what: "tasks whose author is not named", why: "for busywork they count as one author" },
    { count: notes.moreParents, what: "lines with a second parent or origin", why: "the first one was judged" },
    { count: notes.parentsAbsent, what: "tasks below a parent that is nowhere told", why: "judged as roots" },
    {
      count: notes.undated,
      what: "issues without a creation time",
      why: "not judged for busywork and repeated titles",
    },
    { count: notes.repeatedIds, what: "lines of snapshots that repeat an id", why: "the first one was judged" },
    { count: notes.idsInMoreFiles, what: "ids that stand in more than one file", why: "each file's task was counted" },
  ];
  const weak = has("lineage.duplicate_open") || has("lineage.duplicate_recent");
  const bodies = { count: 0, what: "the bodies of tasks", why: "the same kind and title may still be other work (*)" };
  const never = {
    count: 0,
    what: "steps, budgets, leases, sleep, and who is a person",
    why: "such files do not tell them",
  };
  return [...all.filter(({ count }) => count > 0), ...(weak ? [bodies] : []), never];
}

function unknownWords({ unknownWords: words }: Notes): readonly NotJudged[] {
  const byCount = [...words].toSorted(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  return byCount.map(([word, { count, file, line }]) => ({
    count,
    what: `lines with the word "${word}"`,
    why: `no meaning in the table, first at ${file}:${line}`,
  }));
}

function topMove({ otherHandMoves }: Notes): string {
  const [top] = [...otherHandMoves].toSorted(([, x], [, y]) => y - x);
  return top?.[0] ?? "";
}
