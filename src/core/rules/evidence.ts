// evidence: work is done when what the policy asks for was seen by a harness in this very attempt. An agent's own word is
// no evidence; without it the work waits in review, and the turn may end.

import { finding } from "./rule.ts";
import { guardRule } from "./guards.ts";
import type { Rule } from "./rule.ts";
import type { Evidence } from "../rows/task-row.ts";

/** What a policy asks for by a special word; anything else is the name of a command that must have ended with 0. */
const KINDS: readonly string[] = ["review", "link"];

function satisfies(wanted: string, { what, name, passed }: Evidence): boolean {
  return passed && (KINDS.includes(wanted) ? what === wanted : what === "command" && name === wanted);
}

export const evidence: Rule = guardRule("evidence", "evidence", "observe", "done.evidence_missing", (row, _, ctx) => {
  if (ctx.envelope.kind === "human") return null;
  const wanted = ctx.policy.policy.evidence;
  const missing = wanted.filter((one) => !row.evidence.some((seen) => satisfies(one, seen)));
  const first = missing[0];
  if (first === undefined) return null;
  const { review } = ctx.policy.policy.lifecycle;
  const numbers = { task: row.id, has: wanted.length - missing.length, of: wanted.length, missing: first };
  const waits = row.state === review ? { waits: 1 } : {};
  return finding("done.evidence_missing", { ...numbers, review: review ?? "", ...waits });
});
