import assert from "node:assert/strict";
import { test } from "node:test";
import { loadConfig } from "../../src/config/index.ts";
import { failure, load, problems, sandbox } from "./sandbox.ts";

const STEPS = "budget.max_steps: expected a whole number from 0 to 1099511627776, found";

test("an unknown key is named with the one that was meant, or those that are known", (t) => {
  assert.deepEqual(problems(t, "lifecycle:\n  max_detph: 5\n"), [
    "2:3: lifecycle.max_detph: unknown key (did you mean max_depth?)",
  ]);
  assert.deepEqual(problems(t, "lifecycel: {}\n"), ["1:1: lifecycel: unknown key (did you mean lifecycle?)"]);
  assert.deepEqual(problems(t, "lifecycle: { states: [] }\n"), [
    "1:14: lifecycle.states: unknown key (did you mean lifecycle_table.states?)",
  ]);
  assert.deepEqual(problems(t, "lifecycle: { max_steps: 5 }\n"), [
    "1:14: lifecycle.max_steps: unknown key (did you mean budget.max_steps?)",
  ]);
  assert.deepEqual(problems(t, "max_depth: 5\n"), [
    "1:1: max_depth: unknown key (did you mean lifecycle.max_depth or budget.max_depth?)",
  ]);
  assert.deepEqual(problems(t, "lineage: { depth: { sofd: 1, hard: 2 } }\n"), [
    "1:21: lineage.depth.sofd: unknown key (did you mean soft?)",
  ]);
  assert.deepEqual(problems(t, "rules: { deepth: observe }\n"), [
    "1:10: rules.deepth: unknown key (did you mean depth?)",
  ]);
});

test("more live agents than leases are ever open below one root are not asked for", (t) => {
  const found = (live: string): string => problems(t, `lineage: { live_agents: ${live} }\n`).join();
  assert.equal(found("{ soft: 10, hard: 64 }"), "");
  assert.equal(
    found("{ soft: 10, hard: 65 }"),
    "1:43: lineage.live_agents.hard: expected a whole number from 0 to 64, found 65",
  );
});

test("a dot in a key makes no path", (t) => {
  assert.match(problems(t, "budget.max_steps: 5\n")[0] ?? "", /^1:1: "budget.max_steps": unknown key/);
  assert.match(problems(t, "budget: { task.steps: 5 }\n")[0] ?? "", /^1:11: budget."task.steps": unknown key/);
});

test("what is no plain whole number is refused as what it is", (t) => {
  const found = (value: string): string => problems(t, `budget:\n  max_steps: ${value}\n`).join();
  assert.equal(found("six"), `2:14: ${STEPS} the text "six"`);
  assert.equal(found("yes"), `2:14: ${STEPS} the text "yes"`);
  assert.equal(found("true"), `2:14: ${STEPS} true`);
  assert.equal(found("-1"), `2:14: ${STEPS} -1`);
  assert.equal(found("1.5"), `2:14: ${STEPS} 1.5`);
  assert.equal(found(".nan"), `2:14: ${STEPS} .nan`);
  assert.equal(found("-.inf"), `2:14: ${STEPS} -.inf`);
  assert.equal(found("1099511627777"), `2:14: ${STEPS} 1099511627777`);
  assert.equal(found("99999999999999999999999999"), `2:14: ${STEPS} 99999999999999999999999999`);
  assert.equal(found("[5]"), `2:14: ${STEPS} a list`);
  assert.equal(found("{ a: 5 }"), `2:14: ${STEPS} a mapping`);
  assert.equal(found(""), `2:3: ${STEPS} nothing`);
  assert.equal(found("null"), `2:3: ${STEPS} nothing`);
});

test("numbers that versions of YAML read differently are refused, with the way to write them", (t) => {
  const found = (value: string): string => problems(t, `budget:\n  max_steps: ${value}\n`).join();
  for (const value of ["010", "0o10", "0x10", "1e3", "5E2"]) {
    assert.equal(found(value), `2:14: ${STEPS} ${value}; write plain digits, without leading zeros`);
  }
  for (const value of ['"50"', "1_000"]) {
    const text = value.startsWith('"') ? value : `"${value}"`;
    assert.equal(found(value), `2:14: ${STEPS} the text ${text}; write plain digits, without quotes or underscores`);
  }
  assert.match(problems(t, "%YAML 1.1\n---\nbudget: { max_steps: 1:30 }\n").join(), /^3:22: .* found the text "1:30"$/);
  assert.match(
    problems(t, "%YAML 1.1\n---\nbudget: { max_steps: 010 }\n").join(),
    /^3:22: .* found 010; write plain digits/,
  );
});

test("a section that is no mapping is refused", (t) => {
  assert.deepEqual(problems(t, "budget: 5\n"), ["1:9: budget: expected a mapping of keys, found 5"]);
  assert.deepEqual(problems(t, "budget: { task: [] }\n"), [
    "1:17: budget.task: expected a mapping of keys, found a list",
  ]);
});

test("a pair of limits must hold together", (t) => {
  const found = (depth: string, more = ""): string => problems(t, `lineage:\n  depth: ${depth}\n${more}`).join();
  assert.equal(found("{ soft: 7, hard: 5 }"), "2:18: lineage.depth: soft 7 is above hard 5");
  assert.equal(
    found("{ soft: 7 }"),
    "2:18: lineage.depth: soft 7 is above hard 6, which is not named here; name it too",
  );
  assert.equal(
    found("{ soft: 5 }", "lifecycle: { max_depth: 4 }\n"),
    "2:18: lineage.depth: soft 5 is above hard 4, which is not named here; name it too",
  );
  assert.equal(found("33"), "2:10: lineage.depth: expected a whole number from 0 to 32 or { soft, hard }, found 33");
  assert.equal(found("{ hard: 33 }"), "2:18: lineage.depth.hard: expected a whole number from 0 to 32, found 33");
  assert.equal(
    found("{}"),
    "2:10: lineage.depth: expected a whole number from 0 to 32 or { soft, hard }, found a mapping",
  );
  assert.equal(
    found("none"),
    '2:10: lineage.depth: expected a whole number from 0 to 32 or { soft, hard }, found the text "none"',
  );
  assert.equal(
    problems(t, "budget: { task: { cost_usd: { soft: 0.3, hard: 0.25 } } }").join(),
    "1:37: budget.task.cost_usd: soft 0.3 is above hard 0.25",
  );
  assert.equal(
    problems(t, "budget: { task: { gpu: { soft: 3 } } }").join(),
    "1:32: budget.task.gpu: soft needs a hard limit beside it",
  );
});

test("money and time keep every digit that counts", (t) => {
  const { policy } = load(t, "budget: { task: { cost_usd: { soft: 0.1, hard: 4.35 }, duration_seconds: 0.25 } }");
  assert.deepEqual(policy?.budget.task.lifetime, {
    durationMs: { soft: "none", hard: 250 },
    costMicros: { soft: 100_000, hard: 4_350_000 },
  });
  assert.match(
    problems(t, "budget: { task: { cost_usd: 0.0000001 } }").join(),
    /expected a number from 0 to 1099511.627776 with at most 6 decimals, none or \{ soft, hard \}, found 0.0000001$/,
  );
});

test("a dimension of one's own is taken; a name near a known one is warned of, a known one misspelt refused", (t) => {
  assert.deepEqual(load(t, "budget: { task: { gpuSeconds: 5 } }").policy?.budget.task.lifetime, {
    gpuSeconds: { soft: "none", hard: 5 },
  });
  assert.deepEqual(problems(t, "budget: { task: { tokenss: 5 } }"), [
    "1:19: warning: budget.task.tokenss: taken as a dimension of your own, not as tokens",
  ]);
  assert.deepEqual(problems(t, "budget: { task: { duration_ms: 5 } }"), [
    "1:19: budget.task.duration_ms: unknown key (did you mean duration_seconds?)",
  ]);
  assert.deepEqual(problems(t, "budget: { task: { max_cost: 5 } }"), [
    "1:19: budget.task.max_cost: unknown key (did you mean cost_usd?)",
  ]);
  assert.deepEqual(problems(t, "budget: { task: { soft: 5 } }"), [
    "1:19: budget.task.soft: unknown key (did you mean steps: { soft, hard }?)",
  ]);
  for (const name of ["constructor", "__proto__", "toString", "1", "a b", "x".repeat(65)]) {
    assert.match(problems(t, `budget: { task: { ${name}: 5 } }`).join(), /^1:19: .*: unknown key/, name);
  }
  const many = Array.from({ length: 33 }, (_, i) => `    own${i}: 1\n`).join("");
  assert.deepEqual(problems(t, `budget:\n  task:\n${many}`), [
    "32:12: budget.task: expected at most 32 dimensions, found 36",
  ]);
});

test("a scope's windows hold limits, and their names are no dimensions", (t) => {
  assert.deepEqual(problems(t, "budget: { agent: { hour: 5 } }"), [
    "1:26: budget.agent.hour: expected a mapping of keys, found 5",
  ]);
  assert.deepEqual(problems(t, "budget: { agent: { hour: { cost: 5 } } }"), [
    "1:28: budget.agent.hour.cost: unknown key (did you mean cost_usd?)",
  ]);
  assert.deepEqual(problems(t, "budget: { agent: { hour: { day: 5 } } }"), [
    "1:28: budget.agent.hour.day: unknown key (did you mean day: { steps: ... } right under the scope?)",
  ]);
  assert.deepEqual(problems(t, "budget: { agent: { lifetime: { steps: 5 } } }"), [
    "1:20: budget.agent.lifetime: unknown key (did you mean the limits right under the scope?)",
  ]);
  assert.deepEqual(problems(t, "budget: { agent: { weekly: 5 } }"), [
    "1:20: budget.agent.weekly: unknown key (did you mean hour, day or month?)",
  ]);
  assert.deepEqual(problems(t, "budget: { agnet: {} }"), ["1:11: budget.agnet: unknown key (did you mean agent?)"]);
  assert.deepEqual(problems(t, "budget: { agent: { hour: { cost_usd: { soft: 25 } } } }"), [
    "1:46: budget.agent.hour.cost_usd: soft 25 is above hard 20, which is not named here; name it too",
  ]);
  assert.deepEqual(problems(t, "budget: { agent: { month: { cost_usd: { soft: 25 } } } }"), [
    "1:47: budget.agent.month.cost_usd: soft needs a hard limit beside it",
  ]);
});

test("numbers have the bounds that make sense, said in the file's unit", (t) => {
  assert.deepEqual(problems(t, "lease: { ttl_seconds: 0.5 }"), [
    "1:23: lease.ttl_seconds: expected a number from 1 to 2678400 with at most 3 decimals, found 0.5",
  ]);
  assert.deepEqual(problems(t, "escalation: { backoff_factor: 101 }"), [
    "1:31: escalation.backoff_factor: expected a whole number from 1 to 100, found 101",
  ]);
  assert.deepEqual(problems(t, "lineage: { signatures_max: 0, creations: 1025 }"), [
    "1:28: lineage.signatures_max: expected a whole number from 1 to 16, found 0",
    "1:42: lineage.creations: expected a whole number from 0 to 256 or { soft, hard }, found 1025",
  ]);
});

test("retries cannot pass attempts, nor the first pause the longest; both are named", (t) => {
  assert.deepEqual(problems(t, "escalation:\n  attempts_max: 4\n  retries_max: 5\n"), [
    "3:16: escalation.retries_max: retries_max 5 is above attempts_max 4",
  ]);
  assert.deepEqual(problems(t, "escalation: { attempts_max: 2 }"), [
    "1:29: escalation.attempts_max: retries_max 3 is above attempts_max 2; retries_max is not named here: name it too",
  ]);
  assert.deepEqual(problems(t, "escalation: { backoff_first_seconds: 120.5 }"), [
    "1:38: escalation.backoff_first_seconds: backoff_first_seconds 120.5 is above backoff_max_seconds 120; " +
      "backoff_max_seconds is not named here: name it too",
  ]);
});

test("admission lists kinds of actor, evidence what is asked for, a lead is a name", (t) => {
  assert.deepEqual(problems(t, "admission: [agent, robot, agent]"), [
    '1:20: admission: expected one of agent, human, system, found the text "robot"',
    "1:27: admission: agent stands there twice",
  ]);
  assert.deepEqual(problems(t, "admission: agent"), [
    '1:12: admission: expected a list of agent, human, system, found the text "agent"',
  ]);
  assert.deepEqual(problems(t, "evidence: npm test"), [
    '1:11: evidence: expected a list of command lines, review or link, found the text "npm test"',
  ]);
  assert.deepEqual(problems(t, "evidence: [a, a]"), ['1:15: evidence: the name "a" stands there twice']);
  assert.deepEqual(problems(t, "escalation: { lead: 5 }"), [
    "1:21: escalation.lead: expected an agent's name or none, found 5",
  ]);
  assert.deepEqual(problems(t, "escalation: { lead: ' ' }"), ["1:21: escalation.lead: a name is empty"]);
});

test("modes are enforce or observe, nothing else", (t) => {
  assert.deepEqual(load(t, "rules: { depth: observe, template: enforce }").policy?.modes, {
    depth: "observe",
    template: "enforce",
  });
  assert.deepEqual(problems(t, "rules: { depth: off }"), [
    '1:17: rules.depth: expected enforce or observe, found the text "off"',
  ]);
  assert.deepEqual(problems(t, "rules: { depth: true }"), [
    "1:17: rules.depth: expected enforce or observe, found true",
  ]);
});

test("agents are a list of different names", (t) => {
  const found = (value: string): readonly string[] => problems(t, `lineage: { root_agents: ${value} }`);
  assert.deepEqual(load(t, "lineage: { root_agents: [lead, a-1] }").policy?.lineage.rootAgents, ["lead", "a-1"]);
  assert.deepEqual(found("lead"), ['1:25: lineage.root_agents: expected a list of agent names, found the text "lead"']);
  assert.deepEqual(found("[a, 5]"), ["1:29: lineage.root_agents: expected a name, found 5"]);
  assert.deepEqual(found("[a, b, a]"), ['1:32: lineage.root_agents: the name "a" stands there twice']);
  assert.deepEqual(found('[" "]'), ["1:26: lineage.root_agents: a name is empty"]);
  assert.deepEqual(found(String.raw`["a\nb"]`), [
    String.raw`1:26: lineage.root_agents: the name "a\u{a}b" has a character that no id has`,
  ]);
  assert.match(found(`[${"x".repeat(201)}]`).join(), /has 201 bytes, limit 200$/);
  assert.match(
    found(
      `[${Array.from({ length: 257 }, (_, i) => i)
        .map((i) => `a${i}`)
        .join(", ")}]`,
    ).join(),
    /^1:25: .*at most 256 names, found 257$/,
  );
});

test("an address must be http or https", (t) => {
  assert.equal(
    load(t, "paperclip: { api_url: 'https://example.org/api' }").paperclip.apiUrl,
    "https://example.org/api",
  );
  for (const value of ["ftp://x", "localhost:3100", "http://", "'http://a b'", "5", "''"]) {
    assert.match(
      problems(t, `paperclip: { api_url: ${value} }`).join(),
      /^1:23: paperclip.api_url: expected an http:\/\/ or https:\/\/ address, found/,
      value,
    );
  }
});

test("the seed's memory_hooks section is passed over with a warning", (t) => {
  const text = "memory_hooks: { enabled: true, memory_tags: [kernel] }\nbudget: { max_steps: 5 }\n";
  assert.deepEqual(problems(t, text), ["1:15: warning: memory_hooks: nothing here reads this section"]);
  assert.equal(load(t, text).budget.maxSteps, 5);
});

test("a depth beyond what a kernel allows is warned of and kept for the standalone classes", (t) => {
  assert.deepEqual(problems(t, "lifecycle: { max_depth: 4000 }"), [
    "1:25: warning: lifecycle.max_depth: 4000 holds for a LoopDetector; a kernel's policy allows at most 32",
  ]);
  assert.equal(load(t, "lifecycle: { max_depth: 4000 }").lifecycle.maxDepth, 4_000);
});

test("loading reports the first problem in the file's order, checking reports all", (t) => {
  const text = "rules: { depth: off }\nbudget:\n  max_steps: -1\n  max_steps: 5\nlifecycel: {}\n";
  assert.deepEqual(
    problems(t, text).map((line) => line.split(":")[0]),
    ["1", "3", "4", "5"],
  );
  const { options, write } = sandbox(t);
  const path = write("cwd/.exec-kernel.yml", text);
  const error = failure(() => loadConfig(undefined, options));
  assert.equal(error.message, `${path}:1:17: rules.depth: expected enforce or observe, found the text "off"`);
  assert.deepEqual([error.name, error.file, error.line, error.column], ["ConfigError", path, 1, 17]);
});
