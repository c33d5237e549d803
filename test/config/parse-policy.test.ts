import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import { parsePolicy, policyFromConfig } from "../../src/config/index.ts";
import { policy as anyPolicy } from "./arbitraries.ts";
import { seeded } from "../support/seeded.ts";

type Json = { [name: string]: unknown };

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

/** The day-one policy as JSON with the value at a dotted path replaced; undefined takes it out. */
function withValue(path: string, value: unknown): unknown {
  const root: unknown = JSON.parse(JSON.stringify(policyFromConfig({ policy: null })));
  const names = path.split(".");
  const last = names.pop() ?? "";
  let at: unknown = root;
  for (const name of names) at = isObject(at) ? at[name] : undefined;
  assert.ok(isObject(at), path);
  if (value === undefined) delete at[last];
  else at[last] = value;
  return root;
}

function problem(path: string, value: unknown): string | null {
  const result = parsePolicy(withValue(path, value));
  return typeof result === "string" ? result : null;
}

const COUNT = "expected a whole number from 0 to 1099511627776, found";

test("a policy that was written out is read back with the same text", () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const once = parsePolicy(policy);
      assert.ok(typeof once !== "string", typeof once === "string" ? once : "");
      assert.deepEqual(once, policy);
      assert.equal(JSON.stringify(parsePolicy(JSON.parse(JSON.stringify(once)))), JSON.stringify(once));
    }),
    seeded(),
  );
});

test("the order of keys given does not show in the result, and the result is frozen and fresh", () => {
  const policy = policyFromConfig({ policy: null });
  const turned: unknown = JSON.parse(JSON.stringify(policy), (_, value: unknown) =>
    isObject(value) && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value,
  );
  assert.notEqual(JSON.stringify(turned), JSON.stringify(policy));
  const parsed = parsePolicy(turned);
  assert.equal(JSON.stringify(parsed), JSON.stringify(policy));
  assert.ok(typeof parsed !== "string" && Object.isFrozen(parsed.lineage.depth));
});

test("rules that a policy does not name stay unnamed", () => {
  const parsed = parsePolicy(DAY_ONE_POLICY);
  assert.deepEqual(typeof parsed === "string" ? parsed : parsed.modes, {});
});

test("what is no policy at all is said in one line", () => {
  assert.equal(parsePolicy(null), "expected an object, found nothing");
  assert.equal(parsePolicy("x"), 'expected an object, found the text "x"');
  assert.equal(parsePolicy([]), "expected an object, found a list");
  assert.equal(parsePolicy({}), "version is missing");
  assert.equal(problem("lineage", undefined), "lineage is missing");
  assert.equal(problem("linage", {}), "unknown key linage (did you mean lineage?)");
  assert.equal(problem("version", 2), "version: expected 1; a newer policy needs a newer exec-kernel");
});

test("a limit at fault is named by its path", () => {
  assert.equal(problem("lineage.depth", 6), "lineage.depth: expected an object, found 6");
  assert.equal(problem("lineage.depth.hard", 33), "lineage.depth.hard: expected a whole number from 0 to 32, found 33");
  assert.equal(problem("lineage.depth.hard", 3), "lineage.depth: soft 4 is above hard 3");
  assert.equal(problem("lineage.depth.soft", undefined), "lineage.depth: soft is missing");
  assert.equal(problem("lineage.depth.soft", null), null);
  assert.equal(problem("lineage.children.hard", null), `lineage.children.hard: ${COUNT} nothing`);
  for (const value of [-1, 1.5, NaN, Infinity, 2 ** 41, true]) {
    assert.equal(problem("lineage.templatesPerDay", value), `lineage.templatesPerDay: ${COUNT} ${value}`);
  }
  assert.equal(problem("budget.handBackSteps", "3"), `budget.handBackSteps: ${COUNT} the text "3"`);
});

test("minus zero is zero, so that equal policies have equal texts", () => {
  const parsed = parsePolicy(withValue("budget.handBackSteps", -0));
  assert.ok(typeof parsed !== "string" && Object.is(parsed.budget.handBackSteps, 0));
});

test("names of dimensions and rules are held to what the kernel knows", () => {
  const pair = { soft: null, hard: 5 };
  assert.equal(problem("budget.task.gpuSeconds", pair), null);
  assert.match(problem("budget.task.duration_seconds", pair) ?? "", /^budget.task: unknown key duration_seconds/);
  assert.match(problem("budget.task.constructor", pair) ?? "", /^budget.task: unknown key constructor/);
  assert.equal(problem("modes.depht", "enforce"), "modes: unknown key depht (did you mean depth?)");
  assert.equal(problem("modes.depth", "off"), 'modes.depth: expected enforce or observe, found the text "off"');
  const many = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`own${i}`, pair]));
  assert.equal(problem("budget.task", many), "budget.task: expected at most 32 dimensions, found 33");
});

test("agents are a list of different names", () => {
  assert.equal(problem("lineage.rootAgents", "lead"), 'lineage.rootAgents: expected a list, found the text "lead"');
  assert.equal(problem("lineage.rootAgents", ["a", 5]), "lineage.rootAgents.1: expected a text, found 5");
  assert.equal(problem("lineage.rootAgents", ["a", "a"]), 'lineage.rootAgents.1: the name "a" stands there twice');
  assert.equal(
    problem("lineage.rootAgents", ["\ud800"]),
    String.raw`lineage.rootAgents.0: the name "\u{d800}" has a character that no id has`,
  );
});

test("a lifecycle table of one's own is read when it speaks of its own states", () => {
  const table = {
    states: ["open", "doing", "shut"],
    initial: ["open"],
    working: "doing",
    released: "open",
    terminal: ["shut"],
    edges: [
      { from: "open", to: "doing", by: ["agent"], why: "Taken" },
      { from: "doing", to: "shut", by: ["agent", "human"], why: "Finished" },
    ],
  };
  const parsed = parsePolicy(withValue("lifecycle", table));
  assert.deepEqual(typeof parsed === "string" ? parsed : parsed.lifecycle, table);
});

test("a faulty lifecycle table is refused with the place of the fault", () => {
  assert.equal(
    problem("lifecycle.working", "doing"),
    "lifecycle.working: unknown state doing (known here: backlog, todo, in_progress, in_review, blocked, done, cancelled)",
  );
  assert.equal(problem("lifecycle.released", "todoo"), "lifecycle.released: unknown state todoo (did you mean todo?)");
  assert.equal(problem("lifecycle.terminal", []), "lifecycle.terminal: names no state");
  assert.equal(problem("lifecycle.initial", ["todo", "todo"]), "lifecycle.initial: names a state twice");
  assert.equal(
    problem("lifecycle.edges.0.from", "nowhere"),
    "lifecycle.edges.0.from: unknown state nowhere (known here: backlog, todo, in_progress, in_review, blocked, done, cancelled)",
  );
  assert.equal(problem("lifecycle.edges.0.to", "backlog"), "lifecycle.edges.0: leads from backlog to itself");
  assert.equal(
    problem("lifecycle.edges.0.by", ["robot"]),
    'lifecycle.edges.0.by.0: expected human or agent or system or harness, found the text "robot"',
  );
  assert.equal(problem("lifecycle.edges.0.by", []), "lifecycle.edges.0.by: names no kind of actor");
  assert.equal(problem("lifecycle.edges.0.why", ""), "lifecycle.edges.0.why: a name is empty");
  const edge = { from: "todo", to: "in_progress", by: ["agent"], why: "x" };
  assert.equal(
    problem("lifecycle.edges", [edge, edge]),
    "lifecycle.edges.1: the edge todo -> in_progress stands there twice",
  );
});

test("any JSON is a policy or a problem of one line, never a throw", () => {
  const paths = [
    "version",
    "lifecycle",
    "lifecycle.edges",
    "lifecycle.edges.0",
    "lineage",
    "lineage.depth",
    "budget.task",
    "budget.task.steps",
    "modes",
    "modes.depth",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const result = parsePolicy(withValue(path, value));
      if (typeof result === "string") assert.match(result, /^[^\n\r\u2028\u2029]+$/u);
      else assert.deepEqual(parsePolicy(result), result);
    }),
    seeded({ numRuns: 500 }),
  );
});
