import assert from "node:assert/strict";
import { test } from "node:test";
import { load, problems } from "./sandbox.ts";

test("an empty file, comments alone and a bare marker are the defaults", (t) => {
  for (const text of ["", "\n", "# nothing\n", "---\n", "null\n", "~", "{}", "budget:\n", "budget: null\nrules:\n"]) {
    assert.equal(load(t, text).policy, null, JSON.stringify(text));
  }
});

test("a top level that is no mapping is refused", (t) => {
  assert.deepEqual(problems(t, "# x\n5\n"), ["2:1: the top level: expected a mapping of keys, found 5"]);
  assert.deepEqual(problems(t, "[a]"), ["1:1: the top level: expected a mapping of keys, found a list"]);
  assert.deepEqual(problems(t, "max_steps 5"), [
    '1:1: the top level: expected a mapping of keys, found the text "max_steps 5"',
  ]);
});

test("bad syntax is one line with its place", (t) => {
  assert.deepEqual(problems(t, "budget:\n\tmax_steps: 5\n"), ["2:1: bad yaml: tabs are not allowed as indentation"]);
  assert.match(problems(t, "budget: { max_steps: 5\n")[0] ?? "", /^[12]:\d+: bad yaml: flow map .*end with a }/);
  assert.match(problems(t, 'paperclip: { api_url: "x }\n')[0] ?? "", /^2:1: bad yaml: missing closing "quote/);
  assert.match(problems(t, "a: b: c\n")[0] ?? "", /^1:4: bad yaml: nested mappings/);
});

test("a second document is refused where it begins", (t) => {
  assert.deepEqual(problems(t, "budget:\n---\nrules:\n"), [
    "2:1: bad yaml: a second document begins here; one file holds one document",
  ]);
});

test("unknown tags and directives are refused, never resolved", (t) => {
  for (const text of [
    "budget: !!python/object/apply:os.system [id]\n",
    "budget: !mine {}\n",
    "budget: !!set {}\n",
    "%FOO bar\n---\n{}\n",
  ]) {
    assert.match(problems(t, text)[0] ?? "", /^1:\d+: bad yaml: un/, text);
  }
});

test("a duplicate key is refused and names the first", (t) => {
  assert.deepEqual(problems(t, "budget:\n  max_steps: 5\n  max_depth: 1\n  max_steps: 6\n"), [
    "4:3: duplicate key max_steps (first on line 2)",
  ]);
  assert.deepEqual(problems(t, 'budget: {}\n"budget": {}\n'), ["2:1: duplicate key budget (first on line 1)"]);
});

test("anchors, aliases and merge keys are followed", (t) => {
  const text = `
lineage:
  children: &pair { soft: 2, hard: 3 }
  descendants: *pair
budget:
  task:
    steps: { <<: *pair, hard: 9 }
    tokens: { <<: [{ hard: 8 }, *pair] }
`;
  const policy = load(t, text).policy;
  assert.deepEqual(policy?.lineage.descendants, { soft: 2, hard: 3 });
  assert.deepEqual(policy.budget.task.lifetime, { steps: { soft: 2, hard: 9 }, tokens: { soft: 2, hard: 8 } });
});

test("an anchor can be set again; an alias means the last one before it", (t) => {
  const { budget } = load(t, "budget: { max_steps: &a 1, max_depth: &a 2, max_duration_seconds: *a }");
  assert.deepEqual(budget, { maxSteps: 1, maxDepth: 2, maxDurationSeconds: 2 });
});

test("an alias at fault is shown where it stands", (t) => {
  assert.deepEqual(problems(t, "paperclip: &a {}\nbudget:\n  max_steps: *a\n"), [
    "3:14: budget.max_steps: expected a whole number from 0 to 1099511627776, found a mapping",
  ]);
  assert.match(problems(t, "budget: *none\n")[0] ?? "", /^1:9: bad yaml: .*none/);
  assert.equal(problems(t, "budget: &a [*a]\n")[1], "1:13: bad yaml: alias *a stands inside itself");
  assert.deepEqual(problems(t, "budget: { <<: 5 }\n"), ["1:15: bad yaml: << takes a mapping or a list of mappings"]);
});

test("keys that are no names are refused", (t) => {
  assert.match(problems(t, "? [a]\n: b\n")[0] ?? "", /^1:3: bad yaml: a key must be a name$/);
  assert.match(problems(t, "1: 2\n")[0] ?? "", /^1:1: 1: unknown key/);
  assert.match(problems(t, ": 2\n")[0] ?? "", /^1:1: "": unknown key/);
});

test("a document that grows a billion times when its aliases are followed costs nothing", (t) => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 40; i += 1)
    lines.push(
      `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  const found = problems(t, lines.join("\n"));
  assert.equal(found.length, 40);
  assert.match(found[0] ?? "", /^1:1: a0: unknown key/);
});

test("merge keys that would copy without end are refused", (t) => {
  const wide = `w: &w {${Array.from({ length: 5_000 }, (_, i) => `k${i}: 1`).join(", ")}}`;
  const merges = Array.from({ length: 5_000 }, (_, i) => `m${i}: { <<: *w }`);
  assert.ok(
    problems(t, [wide, ...merges].join("\n")).includes("3:11: bad yaml: merge keys copy more than 10000 entries"),
  );
  const empty = `w: &w [${"{}, ".repeat(20_000)}]`;
  assert.ok(
    problems(t, [empty, ...merges].join("\n")).includes("2:11: bad yaml: merge keys copy more than 10000 entries"),
  );
});

test("nesting has an end", (t) => {
  assert.deepEqual(problems(t, "budget: ".padEnd(200, "[") + "]".repeat(192)).slice(0, 1), [
    "1:9: budget: expected a mapping of keys, found a list",
  ]);
  assert.match(problems(t, "[".repeat(200_000))[0] ?? "", /bad yaml/);
  assert.match(problems(t, "- ".repeat(200_000))[0] ?? "", /bad yaml: nested too deep|bad yaml: /);
});

test(
  "a long file with a hundred thousand keys is read in time that grows with its length",
  { timeout: 30_000 },
  (t) => {
    const text = Array.from({ length: 60_000 }, (_, i) => `key${i}: 1`).join("\n");
    assert.equal(problems(t, text).length, 60_000);
  },
);
