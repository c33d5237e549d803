import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { policyFromConfig } from "../../src/config/index.ts";
import { keyRows } from "./page.ts";
import { load, problems } from "./sandbox.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/config.md"), "utf8");

function blocks(language: string): readonly string[] {
  return [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] ?? "");
}

test("the page's table of keys is the schema, key by key with value, default and variable", () => {
  const start = PAGE.indexOf("| key | value | default | variable |");
  const table = PAGE.slice(start, PAGE.indexOf("\n\n", start)).split("\n").slice(2);
  assert.deepEqual(table, keyRows());
});

test("every example of the page loads without a problem and says something", (t) => {
  const examples = blocks("yaml");
  assert.equal(examples.length, 9);
  for (const example of examples) {
    assert.deepEqual(problems(t, example), [], example);
    assert.notEqual(load(t, example).policy, null, example);
  }
});

test("the examples come to what the page says of them", (t) => {
  const policies = blocks("yaml").map((example) => policyFromConfig(load(t, example)));
  assert.deepEqual(policies[1]?.budget.task.lifetime["steps"], { soft: 150, hard: 200 });
  assert.deepEqual(policies[2]?.budget.agent.day["tokens"], { soft: null, hard: 5_000_000 });
  assert.deepEqual(Object.keys(policies[3]?.budget.task.lifetime ?? {}), [
    "steps",
    "costMicros",
    "tokens",
    "gpu_seconds",
  ]);
  assert.deepEqual(policies[4]?.steps.repeats, { soft: 3, hard: 5 });
  assert.equal(policies[5]?.escalation.lead, "boss");
  assert.deepEqual(policies[7]?.lineage.descendants, { soft: 10, hard: 80 });
});

test("the page shows problems as they are told", (t) => {
  const shown = blocks("text")[0]?.trim().split("\n") ?? [];
  const told = problems(t, "lifecycle:\n  max_detph: 5\nbudget:\n  max_steps: many\n", {
    EXEC_KERNEL_BUDGET_MAX_STEPS: "-1",
  });
  assert.deepEqual(
    shown.map((line) => line.replace(/^\.exec-kernel\.yml:/, "").replace(/^EXEC_KERNEL_BUDGET_MAX_STEPS:/, "0:0:")),
    told,
  );
});
