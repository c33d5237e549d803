import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv } from "ajv";
import fc from "fast-check";
import { parse } from "yaml";
import { checkConfig, configSchema, explainPolicy } from "../../src/config/index.ts";
import { KEYS } from "../../src/config/key-table.ts";
import { seeded } from "../support/seeded.ts";
import { policy as anyPolicy } from "./arbitraries.ts";
import { sandbox } from "./sandbox.ts";

const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(configSchema());

function faults(text: string): string {
  return isValid(parse(text, { merge: true })) ? "" : JSON.stringify(isValid.errors);
}

/** The value at a path of a tree of objects. */
function at(tree: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return tree;
  const entries: [string, unknown][] = typeof tree === "object" && tree !== null ? Object.entries(tree) : [];
  return at(new Map(entries).get(name), rest);
}

test("every example of the pages is valid", () => {
  for (const page of ["config.md", "lifecycle.md"]) {
    const text = readFileSync(join(import.meta.dirname, "../../docs", page), "utf8");
    const examples = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
    assert.ok(examples.length > 0, page);
    for (const example of examples) assert.equal(faults(example), "", example);
  }
});

test("any policy written out is valid", () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => assert.equal(faults(explainPolicy(policy)), "")),
    seeded(),
  );
});

test("a file of the Python package, an empty file and empty sections are valid", () => {
  for (const text of [
    "lifecycle: { max_depth: 10, max_heap_size: 1000 }\nbudget: { max_steps: 50 }\nmemory_hooks: { enabled: true }\n",
    "{}",
    "lineage:\nbudget:\n  agent:\n    hour:\nlifecycle_table:\n",
  ])
    assert.equal(faults(text), "", text);
});

const BROKEN = [
  "lifecycel: {}",
  "5",
  "lineage: []",
  "lineage: { depth: 33 }",
  "lineage: { depth: none }",
  "lineage: { depth: { soft: 1, hrad: 2 } }",
  "lineage: { depth: {} }",
  "lineage: { root_agents: lead }",
  "lineage: { signatures_max: 0 }",
  "budget: { max_steps: many }",
  "budget: { max_steps: 1.5 }",
  "budget: { task: { duration_ms: 5 } }",
  "budget: { task: { 'a b': 5 } }",
  "budget: { task: { lifetime: 5 } }",
  "budget: { agent: { hour: 5 } }",
  "budget: { agent: { hour: { day: 5 } } }",
  "budget: { agent: { hour: { cost_usd: -1 } } }",
  "admission: [harness]",
  "steps: { repeats: 0 }",
  "steps: { repeats: 33 }",
  "steps: { rounds: { hard: 0 } }",
  "steps: { rounds: { soft: 0 } }",
  "steps: { stale: none }",
  "steps: { slow_poll_seconds: 86401 }",
  "steps: { verify: npm test }",
  "steps: { repeat: 5 }",
  "lease: { ttl_seconds: 0.5 }",
  "escalation: { backoff_factor: 0 }",
  "escalation: { lead: [a] }",
  "evidence: npm test",
  "rules: { depth: off }",
  "rules: { depht: enforce }",
  "paperclip: { api_url: localhost }",
  "lifecycle_table: { states: [] }",
  "lifecycle_table: { states: ['a b'] }",
  "lifecycle_table: { wroking: todo }",
  "lifecycle_table: { edges: { todo: { by: human } } }",
  "lifecycle_table: { edges: [{ from: todo }] }",
  "lifecycle_table: { edges: [{ from: todo, to: done, by: robot }] }",
  "lifecycle_table: { guards: { done: luck } }",
];

for (const text of BROKEN) test(`it marks what is wrong in ${text}`, () => assert.notEqual(faults(text), ""));

test("every key of the table is in it, with what it is for", () => {
  const schema = configSchema();
  for (const { path, own, about } of KEYS) {
    const parents = path.split(".").slice(0, -1);
    const name = path.split(".").at(-1) ?? "";
    const section = at(
      schema,
      parents.flatMap((parent) => ["properties", parent]),
    );
    const part = own === true ? at(section, ["additionalProperties"]) : at(section, ["properties", name]);
    assert.equal(typeof at(part, ["description"]), "string", path);
    if (own !== true) assert.equal(at(part, ["description"]), about, path);
  }
});

const VALUES = [
  "-1",
  "5",
  "4398046511104",
  "true",
  "null",
  "none",
  "enforce",
  "http://x",
  "[]",
  "[agent]",
  "{}",
  "{ hard: 5 }",
];

test("a single value is valid for an editor exactly when it can be loaded", (t) => {
  const { options, write } = sandbox(t);
  for (const { path, own, value } of KEYS) {
    // One window stands for all of them: their keys are made by one function.
    const isAgain = /^budget\.\w+\.(day|month)\./.test(path) || /^budget\.(lineage|agent)\./.test(path);
    if (own === true || value.type === "table" || isAgain) continue;
    for (const text of VALUES) {
      const file = path
        .split(".")
        .toReversed()
        .reduce((inner, name) => `{ ${name}: ${inner} }`, text);
      const { problems } = checkConfig(write("cwd/one.yml", file), options);
      const isGood = problems.every(({ severity }) => severity === "warning");
      assert.equal(faults(file) === "", isGood, file);
    }
  }
});
