// The section `steps`: limits of the detectors of loops, and lists that say what a tool or command is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_ONE_POLICY, RING_STEPS } from "../../src/core/index.ts";
import { PERIOD_MAX } from "../../src/core/steps/loops.ts";
import { parsePolicy, policyChanges, policyFromConfig } from "../../src/config/index.ts";
import { boundsOf } from "../../src/config/keys.ts";
import { load, problems } from "./sandbox.ts";

const NONE_NAMED = policyFromConfig({ policy: null });

/** What is wrong with the day-one policy once these parts of its steps are others. */
function problem(steps: { readonly [name: string]: unknown }): string | null {
  const result = parsePolicy({ ...NONE_NAMED, steps: { ...NONE_NAMED.steps, ...steps } });
  return typeof result === "string" ? result : null;
}

test("a limit of steps is at least 1, bare or in a pair: 0 would refuse the first step", (t) => {
  for (const [name, max] of [
    ["repeats", 32],
    ["errors", 32],
    ["variations", 32],
    ["rounds", 4],
    ["short_rounds", 10],
    ["stale", 1_000],
    ["failing", 1_000],
    ["messages", 1_000],
  ] as const) {
    const found = (value: string): string => problems(t, `steps:\n  ${name}: ${value}\n`).join("\n");
    const at = 5 + name.length;
    const range = `expected a whole number from 1 to ${max}`;
    for (const value of ["0", "-1", "1.5", String(max + 1)])
      assert.equal(found(value), `2:${at}: steps.${name}: ${range} or { soft, hard }, found ${value}`);
    assert.equal(found("none"), `2:${at}: steps.${name}: ${range} or { soft, hard }, found the text "none"`);
    assert.equal(found("{ hard: 0 }"), `2:${at + 8}: steps.${name}.hard: ${range}, found 0`);
    assert.equal(found(`{ hard: ${max + 1} }`), `2:${at + 8}: steps.${name}.hard: ${range}, found ${max + 1}`);
    assert.equal(found("{ soft: 0, hard: 1 }"), `2:${at + 8}: steps.${name}.soft: ${range}, found 0`);
    assert.equal(found("1"), "");
    assert.equal(found(String(max)), "");
    assert.equal(found(`{ soft: ${max}, hard: ${max} }`), "");
  }
});

test("no limit is above what the detectors remember", () => {
  for (const name of ["repeats", "errors", "variations"]) assert.equal(boundsOf(`steps.${name}`).max, RING_STEPS);
  assert.equal(boundsOf("steps.rounds").max, Math.floor(RING_STEPS / PERIOD_MAX));
  assert.equal(boundsOf("steps.short_rounds").max, Math.floor(RING_STEPS / 3));
});

test("a soft limit of steps cannot be above the hard one, named or not", (t) => {
  assert.deepEqual(problems(t, "steps:\n  repeats: { soft: 7, hard: 5 }\n"), [
    "2:20: steps.repeats: soft 7 is above hard 5",
  ]);
  assert.deepEqual(problems(t, "steps: { short_rounds: { soft: 6 } }\n"), [
    "1:32: steps.short_rounds: soft 6 is above hard 5, which is not named here; name it too",
  ]);
});

test("an unknown key of steps is named with the one that was meant", (t) => {
  assert.deepEqual(problems(t, "steps:\n  repeat: 5\n"), ["2:3: steps.repeat: unknown key (did you mean repeats?)"]);
  assert.deepEqual(problems(t, "steps: { pollMs: 5 }\n"), ["1:10: steps.pollMs: unknown key (did you mean polls?)"]);
  assert.deepEqual(problems(t, "short_rounds: 5\n"), [
    "1:1: short_rounds: unknown key (did you mean steps.short_rounds?)",
  ]);
  assert.deepEqual(problems(t, "steps: 50\n"), ["1:8: steps: expected a mapping of keys, found 50"]);
  assert.deepEqual(problems(t, "steps: { errors: { sotf: 1, hard: 2 } }\n"), [
    "1:20: steps.errors.sotf: unknown key (did you mean soft?)",
  ]);
});

test("a pause of polling is at most a day, and the slow one no shorter than the other", (t) => {
  for (const name of ["poll_seconds", "slow_poll_seconds"])
    assert.deepEqual(problems(t, `steps:\n  ${name}: 86400.5\n`), [
      `2:${5 + name.length}: steps.${name}: expected a number from 0 to 86400 with at most 3 decimals, found 86400.5`,
    ]);
  assert.deepEqual(problems(t, "steps:\n  poll_seconds: 60\n  slow_poll_seconds: 59.5\n"), [
    "2:17: steps.poll_seconds: poll_seconds 60 is above slow_poll_seconds 59.5",
  ]);
  assert.deepEqual(problems(t, "steps: { poll_seconds: 31 }\n"), [
    "1:24: steps.poll_seconds: poll_seconds 31 is above slow_poll_seconds 30; slow_poll_seconds is not named here: name it too",
  ]);
  assert.deepEqual(problems(t, "steps: { slow_poll_seconds: 4 }\n"), [
    "1:29: steps.slow_poll_seconds: poll_seconds 5 is above slow_poll_seconds 4; poll_seconds is not named here: name it too",
  ]);
  assert.deepEqual(problems(t, "steps: { poll_seconds: 86400, slow_poll_seconds: 86400 }\n"), []);
});

test("tools and commands are lists of different names", (t) => {
  for (const key of ["polls", "mutate", "observe", "verify"]) {
    const found = (value: string): readonly string[] => problems(t, `steps:\n  ${key}: ${value}\n`);
    const at = 5 + key.length;
    assert.deepEqual(found("npm test"), [
      `2:${at}: steps.${key}: expected a list of tools or commands, found the text "npm test"`,
    ]);
    assert.deepEqual(found("[a, 5]"), [`2:${at + 4}: steps.${key}: expected a name, found 5`]);
    assert.deepEqual(found("[npm test, npm test]"), [
      `2:${at + 11}: steps.${key}: the name "npm test" stands there twice`,
    ]);
    assert.deepEqual(found('[" "]'), [`2:${at + 1}: steps.${key}: a name is empty`]);
    assert.match(found(`[${"x".repeat(201)}]`).join(), new RegExp(`^2:${at + 1}: .* has 201 bytes, limit 200$`));
    assert.deepEqual(found(`[${"x".repeat(200)}, mcp__db__query]`), []);
  }
});

test("a tool or command is of one class: in a second list it is refused there, with the first one's key", (t) => {
  const text = "steps:\n  verify: [make, npm test]\n  observe:\n    - ls\n    - npm test\n  mutate: [make]\n";
  assert.deepEqual(problems(t, text), [
    '2:12: steps.verify: the name "make" stands in steps.mutate too; a step is of one class',
    '2:18: steps.verify: the name "npm test" stands in steps.observe too; a step is of one class',
  ]);
  assert.deepEqual(problems(t, "steps: { mutate: [a], observe: [a], verify: [a] }"), [
    '1:33: steps.observe: the name "a" stands in steps.mutate too; a step is of one class',
    '1:46: steps.verify: the name "a" stands in steps.mutate too; a step is of one class',
  ]);
  assert.deepEqual(problems(t, "steps: { mutate: [5, b, b], observe: [c, b] }"), [
    "1:19: steps.mutate: expected a name, found 5",
    '1:25: steps.mutate: the name "b" stands there twice',
    '1:42: steps.observe: the name "b" stands in steps.mutate too; a step is of one class',
  ]);
});

test("what is always polling may be of any class", (t) => {
  assert.deepEqual(problems(t, "steps: { polls: [gh run], observe: [gh run] }"), []);
});

test("what a file says of steps goes over day one, part by part", (t) => {
  const { steps } = policyFromConfig(
    load(
      t,
      `
steps:
  repeats: { hard: 8 }
  errors: 2
  rounds: { soft: none }
  variations: { soft: 10 }
  poll_seconds: 2.5
  slow_poll_seconds: 60
  polls: [deployctl status]
  verify: [just check, mcp__ci__status]
`,
    ),
  );
  assert.deepEqual(steps, {
    ...DAY_ONE_POLICY.steps,
    repeats: { soft: 4, hard: 8 },
    errors: { soft: null, hard: 2 },
    rounds: { soft: null, hard: 3 },
    variations: { soft: 10, hard: 12 },
    pollMs: 2_500,
    slowPollMs: 60_000,
    polls: ["deployctl status"],
    verify: ["just check", "mcp__ci__status"],
  });
  const others = policyFromConfig(
    load(t, "steps: { short_rounds: 9, stale: 40, failing: 7, messages: 3, mutate: [a], observe: [b] }"),
  ).steps;
  assert.deepEqual(others, {
    ...DAY_ONE_POLICY.steps,
    shortRounds: { soft: null, hard: 9 },
    stale: { soft: null, hard: 40 },
    failing: { soft: null, hard: 7 },
    messages: { soft: null, hard: 3 },
    mutate: ["a"],
    observe: ["b"],
  });
});

test("a policy from elsewhere is held to the same bounds", () => {
  const pair = (hard: number, soft: number | null = null): unknown => ({ soft, hard });
  assert.equal(problem({ stale: pair(0) }), "steps.stale.hard: expected a whole number from 1 to 1000, found 0");
  assert.equal(problem({ stale: pair(9, 0) }), "steps.stale.soft: expected a whole number from 1 to 1000, found 0");
  assert.equal(problem({ repeats: pair(33) }), "steps.repeats.hard: expected a whole number from 1 to 32, found 33");
  assert.equal(
    problem({ shortRounds: pair(11) }),
    "steps.shortRounds.hard: expected a whole number from 1 to 10, found 11",
  );
  assert.equal(problem({ rounds: pair(2, 3) }), "steps.rounds: soft 3 is above hard 2");
  assert.equal(problem({ messages: 5 }), "steps.messages: expected an object, found 5");
  assert.equal(
    problem({ slowPollMs: 86_400_001 }),
    "steps.slowPollMs: expected a whole number from 0 to 86400000, found 86400001",
  );
  assert.equal(problem({ pollMs: 30_001 }), "steps: pollMs 30001 is above slowPollMs 30000");
  assert.equal(problem({ pollMS: 5 }), "steps: unknown key pollMS (did you mean pollMs?)");
  assert.equal(problem({ polls: "gh run" }), 'steps.polls: expected a list, found the text "gh run"');
  assert.equal(problem({ verify: ["a", "a"] }), 'steps.verify.1: the name "a" stands there twice');
  assert.equal(
    problem({ mutate: ["a"], verify: ["b", "a"] }),
    'steps.verify.1: the name "a" stands in steps.mutate too; a step is of one class',
  );
  assert.equal(problem({ polls: ["a"], verify: ["a", "b"] }), null);
  const { steps: _, ...rest } = NONE_NAMED;
  assert.equal(parsePolicy(rest), "steps is missing");
});

test("a change of steps is told by its key in the file", () => {
  const { steps } = NONE_NAMED;
  const after = {
    ...NONE_NAMED,
    steps: {
      ...steps,
      repeats: { soft: 4, hard: 8 },
      errors: { soft: 1, hard: 2 },
      pollMs: 2_000,
      verify: ["npm test"],
    },
  };
  assert.deepEqual(policyChanges(NONE_NAMED, after), [
    { key: "steps.repeats", from: "{ soft: 4, hard: 6 }", to: "{ soft: 4, hard: 8 }", means: "looser" },
    { key: "steps.errors", from: "{ soft: 3, hard: 5 }", to: "{ soft: 1, hard: 2 }", means: "tighter" },
    { key: "steps.poll_seconds", from: "5", to: "2", means: null },
    { key: "steps.verify", from: "[]", to: '["npm test"]', means: null },
  ]);
});
