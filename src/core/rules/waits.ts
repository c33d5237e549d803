// waits: who waits for whom never closes a circle. A task waits for its blockers, a parent for its children; whoever
// would wait for itself along such a line would wait for ever.

import type { Context } from "../context.ts";
import type { Draft } from "../event.ts";
import type { TaskEdited, TaskMoved } from "../event-bodies.ts";
import { dependentsKey, taskKey } from "../rows/keys.ts";
import { peekRow, peekTask, readRow } from "../rows/read.ts";
import type { Rows } from "../rows/rows.ts";
import { finding } from "./rule.ts";
import type { Judgement, Rule } from "./rule.ts";

/** Blockers of one task, and tasks that wait for one. */
const BLOCKERS_MAX = 16;
const DEPENDENTS_MAX = 64;

/** Everybody who waits for `task`, near ones first, as far as rows are loaded: those it blocks, and those above it. */
function waiting(task: string, above: readonly string[], rows: Rows): readonly string[] {
  const found = new Set<string>([task, ...above]);
  for (const id of found) {
    for (const dependent of peekRow(rows, dependentsKey(id), "dependents")?.ids ?? []) found.add(dependent);
    for (const ancestor of peekTask(rows, id)?.path ?? []) found.add(ancestor);
  }
  return [...found];
}

/** From whom the search starts, the tasks above it, and whom it must not meet. */
type Question = { readonly task: string; readonly above: readonly string[]; readonly waitsFor: readonly string[] };

/** Only blockers that are new can close a circle; taking some away never needs a search. */
function editedQuestion({ task, blockedBy }: TaskEdited, rows: Rows): Question | null {
  const row = peekTask(rows, task);
  const waitsFor = (blockedBy ?? []).filter((id) => row?.blockedBy.includes(id) !== true);
  return waitsFor.length === 0 ? null : { task, above: row?.path ?? [], waitsFor };
}

/** Ended work waits for nobody; opened again it waits anew. */
function reopenedQuestion({ task, ended }: TaskMoved, rows: Rows): Question | null {
  const row = peekTask(rows, task);
  if (row === null || !row.ended || ended || row.blockedBy.length === 0) return null;
  return { task, above: row.path, waitsFor: row.blockedBy };
}

function questionOf(draft: Draft, rows: Rows): Question | null {
  if (draft.type === "task_created")
    return draft.body.blockedBy.length === 0
      ? null
      : { task: draft.body.task, above: draft.body.path, waitsFor: draft.body.blockedBy };
  if (draft.type === "task_edited") return editedQuestion(draft.body, rows);
  if (draft.type === "task_moved") return reopenedQuestion(draft.body, rows);
  // A parent waits for what is moved below it: whoever waits for the parent must not be among what is moved.
  if (draft.type === "task_placed") {
    const { parent, path, task, below } = draft.body;
    return { task: parent, above: path, waitsFor: [task, ...below.map((one) => one.task)] };
  }
  return null;
}

function tooMany({ task, waitsFor }: Question, ctx: Context): Judgement | null {
  if (waitsFor.length > BLOCKERS_MAX)
    return finding("task.too_many_links", { task, count: waitsFor.length, limit: BLOCKERS_MAX });
  for (const blocker of waitsFor) {
    const ids = readRow(ctx.rows, dependentsKey(blocker), "dependents")?.ids ?? [];
    if (ids.length >= DEPENDENTS_MAX && !ids.includes(task))
      return finding("task.too_many_links", { task: blocker, count: ids.length, limit: DEPENDENTS_MAX });
  }
  return null;
}

export const waits: Rule = {
  name: "waits",
  mode: "enforce",
  fixed: true,
  on: ["task_created", "task_edited", "task_placed", "task_moved"],
  codes: ["lineage.wait_cycle", "task.too_many_links"],
  need: (draft, ctx) => {
    const question = questionOf(draft, ctx.rows);
    if (question === null || ctx.fact) return [];
    return waiting(question.task, question.above, ctx.rows).flatMap((id) => [taskKey(id), dependentsKey(id)]);
  },
  judge: (draft, ctx) => {
    const question = questionOf(draft, ctx.rows);
    if (question === null || ctx.fact) return null;
    const found = waiting(question.task, question.above, ctx.rows);
    const closed = question.waitsFor.find((id) => found.includes(id));
    if (closed !== undefined) return finding("lineage.wait_cycle", { task: question.task, other: closed });
    return draft.type === "task_placed" ? null : tooMany(question, ctx);
  },
};
