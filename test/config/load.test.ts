import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  checkConfig,
  ConfigError,
  loadConfig,
  parsePolicy,
  policyFromConfig,
  problemLine,
} from "../../src/config/index.ts";
import { fileText } from "./arbitraries.ts";
import { seeded } from "../support/seeded.ts";
import { load, sandbox } from "./sandbox.ts";

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  const parts: unknown[] = Object.values(value);
  return Object.isFrozen(value) && parts.every(isDeeplyFrozen);
}

test("a file's keys go over the defaults, section by section", (t) => {
  const { lifecycle, budget } = load(t, "lifecycle: { max_depth: 3 }\nbudget: { max_duration_seconds: 60 }\n");
  assert.deepEqual(lifecycle, { maxDepth: 3, maxHeapSize: 1_000 });
  assert.deepEqual(budget, { maxSteps: 50, maxDepth: 10, maxDurationSeconds: 60 });
});

test("each load gives a new object, frozen through and through", (t) => {
  const { options, write } = sandbox(t);
  write(
    "cwd/.exec-kernel.yml",
    "lifecycle: { max_depth: 3 }\nlineage: { root_agents: [lead] }\nbudget: { task: { gpu: 1 } }\n",
  );
  const [one, two] = [loadConfig(undefined, options), loadConfig(undefined, options)];
  assert.deepEqual(one, two);
  assert.ok(isDeeplyFrozen(one));
  assert.notEqual(one, two);
  assert.notEqual(one.lifecycle, two.lifecycle);
  assert.notEqual(one.policy?.lineage.rootAgents, two.policy?.lineage.rootAgents);
});

test("loading a file changes nothing for the next call", (t) => {
  const { options, write } = sandbox(t);
  const before = loadConfig(undefined, options);
  const path = write("cwd/other.yml", "budget: { max_steps: 1 }");
  assert.equal(loadConfig(path, options).budget.maxSteps, 1);
  assert.deepEqual(loadConfig(undefined, options), before);
});

test("the part of the policy that is named is kept as written, the rest is null", (t) => {
  const text =
    "lineage: { depth: { soft: 2 }, children: 7 }\nbudget: { task: { cost_usd: none }, hand_back_steps: 0 }\n";
  const silent = { lifetime: {}, hour: {}, day: {}, month: {} };
  assert.deepEqual(load(t, text).policy, {
    lifecycle: null,
    lineage: {
      depth: { soft: 2, hard: null },
      children: { soft: "none", hard: 7 },
      descendants: null,
      liveAgents: null,
      creations: null,
      creationsWindowMs: null,
      templatesPerDay: null,
      duplicateWindowMs: null,
      rootAgents: null,
      causeHopsMax: null,
      signaturesMax: null,
      assignmentsMax: null,
      entriesMax: null,
    },
    admission: null,
    budget: {
      task: { ...silent, lifetime: { costMicros: "none" } },
      lineage: silent,
      agent: silent,
      workspace: silent,
      handBackSteps: 0,
      reservationMs: null,
    },
    steps: {
      repeats: null,
      errors: null,
      rounds: null,
      shortRounds: null,
      variations: null,
      stale: null,
      failing: null,
      messages: null,
      pollMs: null,
      slowPollMs: null,
      polls: null,
      mutate: null,
      observe: null,
      verify: null,
    },
    lease: { ttlMs: null },
    escalation: {
      attemptsMax: null,
      retriesMax: null,
      backoffFirstMs: null,
      backoffFactor: null,
      backoffMaxMs: null,
      lead: null,
    },
    evidence: null,
    modes: {},
  });
});

test("a file that names nothing of the policy has none", (t) => {
  for (const text of ["", "lineage:\n", "steps:\n", "budget: { agent: { hour: } }", "lifecycle_table: {}", "rules: {}"])
    assert.equal(load(t, text).policy, null, text);
});

test("any text loads or throws one ConfigError of one line, and checking agrees", (t) => {
  const { options, write } = sandbox(t);
  const path = write("cwd/any.yml", "");
  fc.assert(
    fc.property(fileText, (text) => {
      write("cwd/any.yml", text);
      const errors = checkConfig(path, options).problems.filter(({ severity }) => severity === "error");
      try {
        const policy = policyFromConfig(loadConfig(path, options));
        assert.equal(errors.length, 0);
        assert.deepEqual(parsePolicy(policy), policy);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        assert.equal(error.message, errors[0] === undefined ? "" : problemLine(errors[0]));
        assert.match(error.message, /^[^\n\r\u2028\u2029]+:[1-9]\d*:[1-9]\d*: [^\n\r\u2028\u2029]+$/u);
      }
    }),
    seeded({ numRuns: 1_000 }),
  );
});

test("the random texts reach both files that load and files that fail", (t) => {
  const { options, write } = sandbox(t);
  const path = write("cwd/any.yml", "");
  const loads = fc.sample(fileText, { numRuns: 300, seed: 1 }).map((text) => {
    write("cwd/any.yml", text);
    return checkConfig(path, options).problems.every(({ severity }) => severity === "warning");
  });
  assert.ok(
    loads.filter(Boolean).length >= 10 && loads.filter((good) => !good).length >= 10,
    String(loads.filter(Boolean).length),
  );
});
