// Writes docs/reasons.md from the reason table: `node scripts/reasons-doc.ts`. A test holds the page to the table.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isReasonCode, reason, REASONS, RULES } from "../src/core/index.ts";
import type { Numbers, ReasonCode } from "../src/core/index.ts";

const HEAD = `# Reasons

Every decision carries one of these codes. The page is generated from the reason table (\`src/core/reasons/\`);
codes are only ever added.

- **exit**: 0 granted, 1 refused and final, 2 the form is wrong, 4 refused, a retry later can help, 5 refused, a human is needed.
- **retry**: \`never\`: the same request stays refused. \`later\`: time can help. \`changed\`: another request can pass.
- **override**: who may let the very request through.
- **rule**: the rule that finds it, and the rule's mode on day one.
`;

/** Sample values, so that each row shows its words. */
const SAMPLE: Numbers = {
  task: "T-12",
  parent: "T-31",
  root: "T-1",
  existing: "T-88",
  agent: "agent:a-2",
  actor: "agent:a-3",
  holder: "agent:a-7",
  from: "todo",
  to: "done",
  seen: "todo",
  state: "in_progress",
  skips: "in_progress",
  legal: "in_progress, blocked, cancelled",
  states: "backlog, todo, in_progress, in_review, blocked, done, cancelled",
  needs: "human",
  kind: "feature",
  by: "parent",
  command: "reopen_task",
  commandId: "c-7",
  sequence: 417,
  incarnation: 2_628_000,
  field: "title",
  problem: "is empty",
  keys: 300,
  hash: "9f86d081884c",
  depth: 7,
  limit: 6,
  count: 6,
  attempt: 2,
  fence: 4,
  current: 5,
  steps: 17,
  claim: 1,
  scope: "task/T-12",
  dimension: "steps",
  used: 6,
  amount: 7,
  handBackLeft: 3,
  period: 4,
  strikes: 1,
  left: 2,
  leftMs: 1_620_000,
  agoMs: 3_600_000,
  windowMs: 86_400_000,
  reservation: "r-32",
  owner: "agent:a-2",
  run: "night-7",
  decision: "d-417",
  refused: "lineage.duplicate_open",
  verdict: "approved",
  name: "npm test",
  passed: 1,
  capabilities: "signing, review",
  lacks: "signing",
  blockers: "T-3, T-5",
  other: "T-2",
  found: 3,
  held: 16,
  hops: 9,
  failures: 2,
  parks: 5,
  lead: "agent:boss",
  lateMs: 300_000,
  ttlMs: 1_800_000,
};

/** Values that read better for one code than the common ones. */
const SPECIAL: { readonly [code: string]: Numbers } = {
  "lifecycle.same_state": { to: "todo" },
  "lifecycle.terminal": { from: "done", to: "todo" },
  "lifecycle.not_ended": { from: "blocked", legal: "todo, in_progress, cancelled" },
  "lifecycle.not_initial": { legal: "todo, backlog" },
  "lifecycle.not_yours": { from: "in_progress", to: "todo", needs: "system", kind: "agent" },
  "lifecycle.state_unknown": { to: "flying" },
  "lineage.reprocessed": { state: "done" },
  "lineage.duplicate_recent": { state: "done" },
  "actor.not_allowed": { kind: "agent", needs: "human" },
  "fact.discontinuous": { from: "in_review" },
  "fact.recorded": { to: "done" },
  "task.created": { state: "todo", depth: 1 },
  "task.released": { to: "todo" },
  "budget.hard_limit": { used: 800, held: 0, asks: 1, limit: 800 },
  "budget.soft_limit": { used: 301, held: 0, limit: 300 },
  "request.approved": { scope: "task/T-12", now: "800 of 1000 steps" },
  "decision.marked": { codes: "lineage.ping_pong" },
  "approval.answered": { by: "human:ada" },
  "approval.no_override": { refused: "lease.taken" },
  "approval.other_limit": { given: "costMicros" },
  "agent.capability_not_given": { agent: "a-7", lacks: "root, signing" },
  "halt.active": { scope: "lineage/T-1", by: "human:ada" },
  "halt.already": { scope: "lineage/T-1", by: "human:ada" },
  "halt.not_halted": { scope: "lineage/T-1" },
  "scope.halted": { scope: "lineage/T-1" },
  "scope.resumed": { scope: "lineage/T-1" },
  "scope.unknown": { scope: "everything" },
  "lifecycle.blockers_open": { count: 2 },
  "lifecycle.children_open": { count: 2 },
  "lifecycle.reason_missing": { to: "blocked" },
  "done.evidence_missing": { has: 0, of: 1, missing: "npm test", review: "in_review" },
  "evidence.not_current": { attempt: 1, of: 1, currentAttempt: 2, currentFence: 2 },
  "lease.too_many": { limit: 16 },
  "lease.lineage_full": { count: 64, limit: 64 },
  "lease.endless": { holder: "human:ada" },
  "escalation.dead_letter": { limit: 5 },
  "lineage.cause_hops_exceeded": { limit: 8 },
  "lineage.wait_cycle": { task: "T-1" },
  "lineage.other_root": { other: "T-9" },
  "lineage.move_too_large": { limit: 64 },
  "lineage.creations_exceeded": { count: 60, limit: 60, windowMs: 600_000 },
  "lineage.ping_pong": { count: 2, limit: 2 },
  "lineage.ping_pong_chain": { count: 2, limit: 2 },
  "lineage.flapping": { to: "in_progress", count: 3, limit: 3 },
  "lineage.signature_repeated": { count: 2, limit: 2 },
  "lineage.live_agents_exceeded": { count: 20, limit: 20 },
  "lineage.admission_incomplete": { field: "consumer", problem: "is a placeholder" },
  "task.too_many_links": { limit: 16 },
  "task.placed": { depth: 2 },
  "task.assigned": { assignee: "agent:a-2" },
  "budget.hand_back_spent": { used: 3, limit: 3 },
  "step.hand_back": { steps: 1, limit: 3 },
  "budget.dimension_unknown": { dimension: "pages" },
  "budget.amount_too_large": { dimension: "tokens", amount: 2 ** 41, limit: 2 ** 40 },
  "command.read_set_too_large": { limit: 256 },
};

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function ruleOf(code: ReasonCode): string {
  const rule = RULES.find((item) => item.codes.includes(code));
  return rule === undefined ? "" : `${rule.name} (${rule.mode})`;
}

function row(code: ReasonCode): string {
  const { means, http, exit, retry, override, says, next } = reason(code);
  const numbers = { ...SAMPLE, ...SPECIAL[code] };
  const words = [says(numbers), ...next(numbers)].join("<br>");
  return `| \`${code}\` | ${cell(means)} | ${http} | ${exit} | ${retry} | ${override ?? ""} | ${ruleOf(code)} | ${cell(words)} |`;
}

function table(title: string, codes: readonly ReasonCode[]): string {
  return `\n## ${title}\n\n| code | means | http | exit | retry | override | rule | says, and names next |\n|---|---|---|---|---|---|---|---|\n${codes.map(row).join("\n")}\n`;
}

/** The whole page. */
export function reasonsPage(): string {
  const codes = Object.keys(REASONS).filter(isReasonCode);
  const grants = codes.filter((code) => reason(code).exit === 0);
  return (
    HEAD +
    table("Granted", grants) +
    table(
      "Refused",
      codes.filter((code) => !grants.includes(code)),
    )
  );
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, "../docs/reasons.md"), reasonsPage());
