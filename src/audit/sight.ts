// What one line tells of a task, whichever format it came in: who and what it is, and when it was made.

import { masked, workText } from "../text/index.ts";

/**
 * One task as one line shows it. `madeMs` is when it was made as far as the line knows, `dated` whether the line really
 * says so. `lifeMs` is how long it took from made to closed, null where that is not told. `otherWork` is true where the
 * line has another creation time than earlier lines of this id: the id was given to other work.
 */
export type Sight = {
  readonly line: number;
  readonly task: string;
  readonly title: string;
  readonly kind: string;
  readonly author: string | null;
  readonly assignee: string | null;
  readonly parent: string | null;
  readonly origin: string | null;
  readonly madeMs: number;
  readonly dated: boolean;
  readonly lifeMs: number | null;
  readonly otherWork: boolean;
};

/** A move in the file's own words. */
export type Words = { readonly from: string; readonly to: string };

/** The kernel's kind of a task whose line names none. */
export const DEFAULT_KIND = "task";

const DAY_MS = 86_400_000;

/**
 * Which tasks are made from one template. The texts themselves are compared, not their digests: exact and cheaper. The
 * day is part of it because files are told out of order, and the rule's own row keeps the count of one day only. A task
 * without a title or a day is a template of its own: nothing is known that could repeat.
 */
export function templateOf({ task, title, madeMs, dated }: Sight): string {
  return title === "" || !dated ? `of ${task}` : `${Math.floor(madeMs / DAY_MS)} ${masked(title)}`;
}

/** Which tasks are the same work: kind and title, because no body is read from these files. */
export function fingerprintOf({ task, title, kind, dated }: Sight): string {
  return title === "" || !dated ? `of ${task}` : workText({ kind, title, text: "", scope: "" });
}
