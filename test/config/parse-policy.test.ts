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
  assert.equal(problem("version", 4), "version: expected 3, found 4; a newer policy needs a newer exec-kernel");
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
  assert.equal(problem("budget.task.lifetime.gpuSeconds", pair), null);
  assert.match(
    problem("budget.task.lifetime.duration_seconds", pair) ?? "",
    /^budget.task.lifetime: unknown key duration_seconds/,
  );
  assert.match(
    problem("budget.task.lifetime.constructor", pair) ?? "",
    /^budget.task.lifetime: unknown key constructor/,
  );
  assert.equal(problem("modes.depht", "enforce"), "modes: unknown key depht (did you mean depth?)");
  assert.equal(problem("modes.depth", "off"), 'modes.depth: expected enforce or observe, found the text "off"');
  const many = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`own${i}`, pair]));
  assert.equal(problem("budget.task.lifetime", many), "budget.task: expected at most 32 dimensions, found 33");
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

test("numbers keep the bounds that their keys have in a file, and the order between them", () => {
  assert.equal(
    problem("lineage.creations.hard", 1_025),
    "lineage.creations.hard: expected a whole number from 0 to 256, found 1025",
  );
  assert.equal(problem("lease.ttlMs", 999), "lease.ttlMs: expected a whole number from 1000 to 2678400000, found 999");
  assert.equal(
    problem("escalation.backoffFactor", 101),
    "escalation.backoffFactor: expected a whole number from 1 to 100, found 101",
  );
  assert.equal(
    problem("escalation.backoffFactor", 1.5),
    "escalation.backoffFactor: expected a whole number from 1 to 100, found 1.5",
  );
  assert.equal(problem("escalation.retriesMax", 6), "escalation: retriesMax 6 is above attemptsMax 5");
  assert.equal(
    problem("escalation.backoffFirstMs", 120_001),
    "escalation: backoffFirstMs 120001 is above backoffMaxMs 120000",
  );
});

test("a scope has its four windows, and one meter's dimensions over all of them", () => {
  const pair = { soft: null, hard: 5 };
  assert.equal(
    problem("budget.agent.week", {}),
    "budget.agent: unknown key week (known here: lifetime, hour, day, month)",
  );
  assert.equal(problem("budget.agent.hour", undefined), "budget.agent: hour is missing");
  for (const name of ["hour", "day", "month", "lifetime"])
    assert.match(problem(`budget.task.day.${name}`, pair) ?? "", /^budget.task.day: unknown key/);
  const most = Object.fromEntries(Array.from({ length: 29 }, (_, i) => [`own${i}`, pair]));
  assert.equal(problem("budget.task.month", most), null);
  assert.equal(
    problem("budget.task.month", { ...most, own29: pair }),
    "budget.task: expected at most 32 dimensions, found 33",
  );
});

test("kinds of actor, evidence and a lead are named from what there is", () => {
  assert.equal(problem("admission", ["human", "agent", "system"]), null);
  assert.equal(
    problem("admission", ["harness"]),
    'admission.0: expected agent or human or system, found the text "harness"',
  );
  assert.equal(problem("admission", ["agent", "agent"]), "admission: names one of them twice");
  assert.equal(problem("evidence", ["npm test", "npm test"]), 'evidence.1: the name "npm test" stands there twice');
  assert.equal(problem("escalation.lead", "boss"), null);
  assert.equal(problem("escalation.lead", "none"), "escalation.lead: none is no agent's name here: null means nobody");
  assert.equal(problem("escalation.lead", " "), "escalation.lead: a name is empty");
});

test("a policy of a version before is told to be adopted again", () => {
  for (const version of [1, 2]) {
    assert.equal(problem("version", version), `version: expected 3, found ${version}; adopt its file again`);
    assert.equal(parsePolicy({ version, budget: {} }), `version: expected 3, found ${version}; adopt its file again`);
  }
});

const TABLE = {
  states: ["open", "doing", "waiting", "shut"],
  initial: ["open"],
  working: "doing",
  released: "open",
  parked: "waiting",
  review: null,
  completed: "shut",
  terminal: ["shut"],
  edges: [
    { from: "open", to: "doing", by: ["agent"], why: "Taken" },
    { from: "doing", to: "shut", by: ["agent", "human"], why: "Finished" },
    { from: "doing", to: "open", by: ["system"], why: "Given back" },
    { from: "doing", to: "waiting", by: ["system", "agent"], why: "Parked" },
    { from: "waiting", to: "open", by: ["human"], why: "Taken up again" },
  ],
  guards: { waiting: ["reason"], shut: ["evidence", "other_actor"] },
};

test("a lifecycle table of one's own is read", () => {
  const parsed = parsePolicy(withValue("lifecycle", TABLE));
  assert.deepEqual(typeof parsed === "string" ? parsed : parsed.lifecycle, TABLE);
});

test("a table that fails a proof is refused with the words of the proof", () => {
  const without = (to: string): unknown => ({ ...TABLE, edges: TABLE.edges.filter((edge) => edge.to !== to) });
  assert.equal(problem("lifecycle", without("waiting")), "lifecycle: waiting cannot be reached from open");
  assert.equal(problem("lifecycle", without("shut")), "lifecycle: shut cannot be reached from open");
  assert.equal(
    problem("lifecycle", { ...TABLE, guards: { doing: ["evidence"] } }),
    "lifecycle: doing cannot demand evidence: work has not begun when it is claimed",
  );
  const edge = { from: "todo", to: "in_progress", by: ["agent"], why: "x" };
  assert.equal(problem("lifecycle.edges.0", edge), "lifecycle: todo -> in_progress stands there twice");
  assert.equal(
    problem("lifecycle.edges.0.to", "backlog"),
    "lifecycle: backlog -> backlog leads nowhere: a state is not left for itself",
  );
});

test("a faulty lifecycle table is refused with the place of the fault", () => {
  const known = "(known here: backlog, todo, in_progress, in_review, blocked, done, cancelled)";
  assert.equal(problem("lifecycle.working", "doing"), `lifecycle.working: unknown state doing ${known}`);
  assert.equal(problem("lifecycle.released", "todoo"), "lifecycle.released: unknown state todoo (did you mean todo?)");
  assert.equal(problem("lifecycle.terminal", []), "lifecycle.terminal: names no state");
  assert.equal(problem("lifecycle.initial", ["todo", "todo"]), "lifecycle.initial: names a state twice");
  assert.equal(problem("lifecycle.review", "checking"), `lifecycle.review: unknown state checking ${known}`);
  assert.equal(problem("lifecycle.edges.0.from", "nowhere"), `lifecycle.edges.0.from: unknown state nowhere ${known}`);
  assert.equal(
    problem("lifecycle.edges.0.by", ["robot"]),
    'lifecycle.edges.0.by.0: expected agent or human or system, found the text "robot"',
  );
  assert.equal(problem("lifecycle.edges.0.by", []), "lifecycle.edges.0.by: names no kind of actor");
  assert.equal(problem("lifecycle.edges.0.why", ""), "lifecycle.edges.0.why: is empty");
  assert.equal(problem("lifecycle.guards.nowhere", ["reason"]), `lifecycle.guards: unknown state nowhere ${known}`);
  assert.match(
    problem("lifecycle.guards.done", ["luck"]) ?? "",
    /^lifecycle.guards.done.0: expected reason or evidence/,
  );
  for (const name of ["constructor", "none", "a b", "1st", ""])
    assert.match(problem("lifecycle.states.0", name) ?? "", /^lifecycle.states.0: ".*" is no name for a state/, name);
});

test("any JSON is a policy or a problem of one line, never a throw", () => {
  const paths = [
    "version",
    "lifecycle",
    "lifecycle.edges",
    "lifecycle.edges.0",
    "lifecycle.states",
    "lifecycle.guards",
    "lifecycle.review",
    "lineage",
    "lineage.depth",
    "budget.task",
    "budget.task.lifetime.steps",
    "budget.agent.hour",
    "steps",
    "steps.rounds",
    "steps.pollMs",
    "steps.verify",
    "lease",
    "escalation",
    "escalation.lead",
    "admission",
    "evidence",
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
