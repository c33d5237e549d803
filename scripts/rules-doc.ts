// Writes the generated parts of docs/rules.md: of each rule its codes, its mode, its numbers with their day-one values,
// and a refusal as it is really told: `npm run docs`. A test holds the page to them.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { explainPolicy } from "../src/config/index.ts";
import { DAY_ONE_POLICY, RULES } from "../src/core/index.ts";
import type { Rule } from "../src/core/index.ts";
import { ruleExample } from "../test/support/rule-examples.ts";

const PAGE = join(import.meta.dirname, "../docs/rules.md");

/** The keys of the configuration file that a rule reads, beside its own mode. */
export const RULE_KEYS: { readonly [rule: string]: readonly string[] } = {
  lease: ["lease.ttl_seconds"],
  escalation: [
    "escalation.attempts_max",
    "escalation.retries_max",
    "escalation.backoff_first_seconds",
    "escalation.backoff_factor",
    "escalation.backoff_max_seconds",
    "escalation.lead",
  ],
  lifecycle: ["lifecycle_table"],
  reason: ["lifecycle_table.guards"],
  blockers: ["lifecycle_table.guards"],
  "open-children": ["lifecycle_table.guards"],
  review: ["lifecycle_table.guards"],
  evidence: ["lifecycle_table.guards", "evidence"],
  depth: ["lineage.depth"],
  children: ["lineage.children"],
  descendants: ["lineage.descendants"],
  creations: ["lineage.creations", "lineage.creations_window_seconds"],
  "cause-hops": ["lineage.cause_hops_max"],
  "ping-pong": ["lineage.assignments_max"],
  "ping-pong-chain": ["lineage.assignments_max"],
  flapping: ["lineage.entries_max"],
  signature: ["lineage.signatures_max"],
  "live-agents": ["lineage.live_agents"],
  duplicate: ["lineage.duplicate_window_seconds"],
  template: ["lineage.templates_per_day"],
  provenance: ["lineage.root_agents"],
  admission: ["admission"],
  repetition: ["steps.repeats", "steps.errors", "steps.poll_seconds", "steps.slow_poll_seconds", "steps.polls"],
  circling: ["steps.rounds", "steps.short_rounds"],
  variation: ["steps.variations"],
  stall: ["steps.stale", "steps.failing", "steps.mutate", "steps.observe", "steps.verify"],
  monologue: ["steps.messages"],
  budget: [
    "budget.task",
    "budget.lineage",
    "budget.agent",
    "budget.workspace",
    "budget.hand_back_steps",
    "budget.reservation_seconds",
  ],
};

const TESTS = "test/core/rules/";

/** Test files of rules that have none of their own name, or more than that one. */
const TEST_FILES: { readonly [rule: string]: readonly string[] } = {
  reason: ["guards"],
  blockers: ["guards"],
  "open-children": ["guards"],
  review: ["guards"],
  continuity: ["lifecycle"],
  "ping-pong-chain": ["ping-pong"],
  lease: ["lease", "lease-terms"],
  escalation: ["escalation", "ladder"],
  budget: ["budget", "budget-tree", "reservations"],
  ...Object.fromEntries(
    ["cycle", "reprocess", "depth", "identity", "children", "descendants", "duplicate", "template", "provenance"].map(
      (name) => [name, ["lineage"]],
    ),
  ),
};

/** The files that hold the rule, from the root of the repository. */
export function testsOf(rule: string): readonly string[] {
  return (TEST_FILES[rule] ?? [rule]).map((name) => `${TESTS}${name}.test.ts`);
}

function at(tree: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return tree;
  const entries: [string, unknown][] = typeof tree === "object" && tree !== null ? Object.entries(tree) : [];
  return at(new Map(entries).get(name), rest);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key}: ${shown(part)}`)
    .join(", ")} }`;
}

/** A key with what it stands at on day one; the lifecycle table has a page of its own. */
function keyText(path: string): string {
  if (path.startsWith("lifecycle_table")) return `\`${path}\` ([lifecycle.md](lifecycle.md))`;
  const dayOne: unknown = parse(explainPolicy(DAY_ONE_POLICY));
  return `\`${path}: ${shown(at(dayOne, path.split(".")))}\``;
}

function modeText({ mode, fixed }: Rule): string {
  if (fixed === true) return "`enforce`, always";
  const other = mode === "enforce" ? "may be set to `observe`" : "may be set to `enforce`";
  return `\`${mode}\`; ${other}`;
}

/** The facts of one rule, as they stand in the code. */
export function ruleFacts(rule: Rule): string {
  const keys = RULE_KEYS[rule.name] ?? [];
  return [
    `- codes: ${rule.codes.map((code) => `\`${code}\``).join(", ")}`,
    `- mode: ${modeText(rule)}`,
    ...(keys.length === 0 ? [] : [`- numbers: ${keys.map(keyText).join(", ")}`]),
    `- held by: ${testsOf(rule.name)
      .map((path) => `\`${path}\``)
      .join(", ")}`,
    "",
    "```text",
    ruleExample(rule.name),
    "```",
  ].join("\n");
}

/** The page with its generated parts as the code has them now. */
export function withRuleFacts(page: string): string {
  return page.replaceAll(
    /(<!-- rule: ([\w-]+) -->\n)(?:(?!<!--)[\s\S])*(<!-- end -->)/g,
    (whole, begin: string, name: string, end: string) => {
      const rule = RULES.find((one) => one.name === name);
      return rule === undefined ? whole : `${begin}${ruleFacts(rule)}\n${end}`;
    },
  );
}

if (import.meta.main) writeFileSync(PAGE, withRuleFacts(readFileSync(PAGE, "utf8")));
