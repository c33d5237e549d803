// evidence: work is done when what the policy asks for was seen by a harness in this very attempt. An agent's own word is
// no evidence, nor is its review of its own work; without any the work waits in review, and the turn may end.

import { finding } from "./rule.ts";
import { guardRule } from "./guards.ts";
import type { Rule } from "./rule.ts";
import type { Evidence, TaskRow } from "../rows/task-row.ts";

/** What a policy asks for by a special word; anything else is the name of a command that must have ended with 0. */
const KINDS: readonly string[] = ["review", "link"];

/** True where this name is that actor's, with its kind or without. */
function isNameOf(name: string, actor: string | null): boolean {
  return actor !== null && (name === actor || name === actor.slice(actor.indexOf(":") + 1));
}

/** A review that whoever did the work wrote of it. */
function isOwnReview({ what, name }: Evidence, { worker }: TaskRow): boolean {
  return what === "review" && isNameOf(name, worker);
}

function satisfies(wanted: string, seen: Evidence, row: TaskRow): boolean {
  const { what, name, passed } = seen;
  if (!passed || isOwnReview(seen, row)) return false;
  return KINDS.includes(wanted) ? what === wanted : what === "command" && name === wanted;
}

export const evidence: Rule = guardRule("evidence", "evidence", "observe", "done.evidence_missing", (row, _, ctx) => {
  if (ctx.envelope.kind === "human") return null;
  const wanted = ctx.policy.policy.evidence;
  const missing = wanted.filter((one) => !row.evidence.some((seen) => satisfies(one, seen, row)));
  const first = missing[0];
  if (first === undefined) return null;
  const { review } = ctx.policy.policy.lifecycle;
  const numbers = { task: row.id, has: wanted.length - missing.length, of: wanted.length, missing: first };
  const waits = row.state === review ? { waits: 1 } : {};
  const isOwn = first === "review" && row.evidence.some((seen) => seen.passed && isOwnReview(seen, row));
  const own = isOwn ? { worker: row.worker ?? "" } : {};
  return finding("done.evidence_missing", { ...numbers, review: review ?? "", ...waits, ...own });
});
