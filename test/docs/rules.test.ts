// docs/rules.md against the rules, and the rule book against both: each item of it has a section and a test.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { RULE_KEYS, ruleFacts, testsOf, withRuleFacts } from "../../scripts/rules-doc.ts";
import { KEYS } from "../../src/config/key-table.ts";
import { HELD_MAX, LIVE_MAX, RULES } from "../../src/core/index.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const page = read("docs/rules.md");

const headings = (text: string): readonly string[] =>
  [...text.matchAll(/^#{2,3} (.+)$/gm)].map(([, name = ""]) => name);

describe("docs/rules.md", () => {
  test("has a section for every rule, and for nothing that is none", () => {
    const sections = headings(page).flatMap((name) => /^`(.+)`$/.exec(name)?.[1] ?? []);
    assert.deepEqual(sections.toSorted(), RULES.map(({ name }) => name).toSorted());
  });

  test("tells codes, mode, numbers, tests and an example as they are", () => {
    assert.equal(page, withRuleFacts(page), "run `npm run docs`");
    for (const rule of RULES) {
      assert.ok(page.includes(`<!-- rule: ${rule.name} -->\n${ruleFacts(rule)}\n<!-- end -->`), rule.name);
      for (const code of rule.codes) assert.ok(ruleFacts(rule).includes(`\`${code}\``), code);
    }
  });

  test("its numbers of leases are those of the code, and no file asks for more agents than that", () => {
    const text = page.replaceAll("\n", " ");
    assert.ok(
      text.includes(`One actor holds at most ${HELD_MAX} tasks, and at most ${LIVE_MAX} leases are open below`),
    );
    assert.ok(text.includes(`A file may ask for at most ${LIVE_MAX}: no more leases`));
    const live = KEYS.find(({ path }) => path === "lineage.live_agents")?.value;
    assert.equal(live?.type === "limit" && live.max, LIVE_MAX);
  });

  for (const { name, codes } of RULES)
    test(`${name}: a test file holds each of its codes`, () => {
      const texts = testsOf(name).map(read).join("\n");
      for (const code of codes) assert.ok(texts.includes(`"${code}"`), code);
    });

  test("its keys are keys of the configuration file, and no number of the lineage is left out", () => {
    const named = Object.values(RULE_KEYS).flat();
    const known = KEYS.map(({ path }) => path);
    for (const key of named)
      assert.ok(
        known.some((path) => path === key || path.startsWith(`${key}.`)),
        key,
      );
    for (const key of known.filter((path) => /^(lineage|escalation|lease|admission|evidence|steps)\b/.test(path)))
      assert.ok(named.includes(key), key);
  });
});

const core = (name: string): string => `test/core/${name}.test.ts`;
const rule = (name: string): string => core(`rules/${name}`);

/** Each item of the rule book, the page and section that tells it, and the test that holds it. */
const BOOK: readonly (readonly [item: string, page: string, section: string, test: string])[] = [
  ["depth", "rules", "`depth`", rule("lineage")],
  ["children per task", "rules", "`children`", rule("lineage")],
  ["descendants per root", "rules", "`descendants`", rule("lineage")],
  ["creations per agent per window", "rules", "`creations`", rule("creations")],
  ["cycle by parent and by created-by", "rules", "`cycle`", rule("lineage")],
  ["circles of waiting", "rules", "`waits`", rule("waits")],
  ["identity loop", "rules", "`identity`", rule("lineage")],
  ["signature among the ancestors", "rules", "`signature`", rule("signature")],
  ["ping-pong", "rules", "`ping-pong`", rule("ping-pong")],
  ["flapping", "rules", "`flapping`", rule("flapping")],
  ["causeHops", "rules", "`cause-hops`", rule("cause-hops")],
  ["originRoot", "rules", "Lineage: loops through the making of tasks", rule("cause-hops")],
  ["live agents per root", "rules", "`live-agents`", rule("live-agents")],
  ["duplicate", "rules", "`duplicate`", rule("lineage")],
  ["template", "rules", "`template`", rule("lineage")],
  ["re-processing", "rules", "`reprocess`", rule("lineage")],
  ["provenance", "rules", "`provenance`", rule("lineage")],
  ["admission", "rules", "`admission`", rule("admission")],
  ["move limits", "rules", "Lineage: loops through the making of tasks", core("commands/place-task")],
  ["lifecycle", "rules", "`lifecycle`", rule("lifecycle")],
  ["state guards", "rules", "`reason`", rule("guards")],
  ["review by another", "rules", "`review`", rule("guards")],
  ["evidence", "rules", "`evidence`", rule("evidence")],
  ["repetition, and of errors", "rules", "`repetition`", rule("repetition")],
  ["cycles of period 2 to 8", "rules", "`circling`", rule("circling")],
  ["varied arguments", "rules", "`variation`", rule("variation")],
  ["stall", "rules", "`stall`", rule("stall")],
  ["monologue", "rules", "`monologue`", rule("monologue")],
  ["polling", "rules", "`repetition`", rule("repetition")],
  ["the ladder", "rules", "`ladder`", rule("ladder")],
  ["reserve, settle, cancel", "budgets", "How a reservation ends", rule("reservations")],
  ["the tree of scopes", "budgets", "The tree", rule("budget-tree")],
  ["windows", "budgets", "The windows", rule("budget-tree")],
  ["overrun", "budgets", "How a reservation ends", rule("reservations")],
  ["presumed expiry", "budgets", "How a reservation ends", rule("reservations")],
  ["late settle", "budgets", "How a reservation ends", rule("reservations")],
  ["hand-back steps", "budgets", "Hand-back steps", rule("reservations")],
  ["soft and hard", "budgets", "Soft, hard, and a task's own", rule("budget-tree")],
  ["extension", "budgets", "When it is full", rule("budget-tree")],
  ["duration", "budgets", "When time counts", rule("lease-terms")],
  ["deadline", "rules", "`deadline`", rule("deadline")],
  ["money kinds", "budgets", "Money", "test/kernel/step-bodies.test.ts"],
  ["largest numbers", "rules", "`bounds`", rule("bounds")],
  ["lease, fence, expiry", "rules", "`lease`", rule("lease-terms")],
  ["attempts, park, dead letter", "rules", "`escalation`", rule("escalation")],
  ["escalation tiers", "rules", "`escalation`", rule("escalation")],
  ["claim order", "rules", "Claim order", "test/cli/claims.test.ts"],
  ["capability", "rules", "`capability`", rule("capability")],
  ["sleep", "rules", "`asleep`", rule("asleep")],
  ["halt and resume", "rules", "`halted`", rule("halted")],
  ["ended runs", "rules", "`run`", rule("run")],
  ["an agent acts only as itself", "rules", "Who is who", "test/kernel/embedded.test.ts"],
  ["who may edit", "rules", "`editor`", rule("editor")],
  ["who may end or put off", "rules", "`stranger`", rule("stranger")],
  ["lessons", "rules", "Lessons", core("commands/lessons")],
  ["modes", "policy", "Modes", core("decide")],
  ["a human overrides a refusal", "policy", "When a refusal was wrong", core("commands/answers")],
  ["wrong marks", "policy", "When a refusal was wrong", core("commands/answers")],
  ["the past under another policy", "policy", "What if", "test/cli/rules.test.ts"],
  ["policy hash", "policy", "Which policy decided", core("decide")],
  ["a file proposes, the log decides", "policy", "A file proposes, the log decides", "test/cli/init.test.ts"],
];

describe("the rule book", () => {
  for (const [item, on, section, held] of BOOK)
    test(`${item}: docs/${on}.md tells it, ${held} holds it`, () => {
      assert.ok(headings(read(`docs/${on}.md`)).includes(section), `docs/${on}.md has no section "${section}"`);
      assert.ok(existsSync(join(ROOT, held)), held);
    });

  test("every rule stands in it", () => {
    const told = BOOK.map(([, , section]) => section);
    const others = ["continuity", "blockers", "open-children", "budget"];
    for (const { name } of RULES) assert.ok(told.includes(`\`${name}\``) || others.includes(name), name);
  });
});
