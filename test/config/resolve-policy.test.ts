import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_ONE_POLICY, DEFAULT_LIFECYCLE, NO_LIMITS, RULES } from "../../src/core/index.ts";
import { policyFromConfig } from "../../src/config/index.ts";
import type { Environment } from "../../src/config/index.ts";
import { load } from "./sandbox.ts";

function resolved(
  t: Parameters<typeof load>[0],
  text: string,
  env: Environment = {},
): ReturnType<typeof policyFromConfig> {
  return policyFromConfig(load(t, text, env));
}

test("nothing said is day one with every rule's mode written out, in the rules' order", (t) => {
  const { modes, ...rest } = resolved(t, "");
  const { modes: _, ...dayOne } = DAY_ONE_POLICY;
  assert.deepEqual(rest, dayOne);
  assert.deepEqual(
    Object.entries(modes),
    RULES.map(({ name, mode }) => [name, mode]),
  );
});

test("the seed's defaults do not act on the policy, its keys do once they are named", (t) => {
  const { lineage, budget } = resolved(
    t,
    "lifecycle: { max_depth: 10 }\nbudget: { max_steps: 50, max_duration_seconds: 1800 }\n",
  );
  assert.deepEqual(lineage.depth, { soft: 4, hard: 10 });
  assert.deepEqual(budget.task.lifetime["steps"], { soft: null, hard: 50 });
  assert.deepEqual(budget.task.lifetime["durationMs"], { soft: null, hard: 1_800_000 });
  assert.deepEqual(budget.task.lifetime["costMicros"], DAY_ONE_POLICY.budget.task.lifetime["costMicros"]);
});

test("the environment names the seed's keys as a file does", (t) => {
  const env = { EXEC_KERNEL_BUDGET_MAX_STEPS: "500", EXEC_KERNEL_LIFECYCLE_MAX_DEPTH: "3" };
  const { lineage, budget } = resolved(t, "budget: { max_steps: 50 }", env);
  assert.deepEqual(budget.task.lifetime["steps"], { soft: 300, hard: 500 });
  assert.deepEqual(lineage.depth, { soft: null, hard: 3 });
});

test("of two depths the smaller one counts, and never more than a kernel allows", (t) => {
  assert.equal(resolved(t, "lifecycle: { max_depth: 8 }\nbudget: { max_depth: 5 }").lineage.depth.hard, 5);
  assert.equal(resolved(t, "lifecycle: { max_depth: 5 }\nbudget: { max_depth: 8 }").lineage.depth.hard, 5);
  assert.equal(resolved(t, "budget: { max_depth: 9 }").lineage.depth.hard, 9);
  assert.equal(resolved(t, "lifecycle: { max_depth: 4000 }").lineage.depth.hard, 32);
  assert.deepEqual(resolved(t, "lifecycle: { max_depth: 0 }").lineage.depth, { soft: null, hard: 0 });
});

test("our keys win over the seed's, part by part", (t) => {
  const seed = "lifecycle: { max_depth: 9 }\nbudget: { max_steps: 50, task: ";
  assert.deepEqual(resolved(t, `${seed}{ steps: 90 } }\nlineage: { depth: { soft: 2 } }`).lineage.depth, {
    soft: 2,
    hard: 9,
  });
  assert.deepEqual(resolved(t, `${seed}{ steps: 90 } }`).budget.task.lifetime["steps"], { soft: null, hard: 90 });
  assert.deepEqual(resolved(t, `${seed}{ steps: { soft: 40 } } }`).budget.task.lifetime["steps"], {
    soft: 40,
    hard: 50,
  });
  assert.equal(resolved(t, `${seed}{ steps: none } }`).budget.task.lifetime["steps"], undefined);
});

test("a soft limit of a file falls away where the environment sets hard below it", (t) => {
  const { budget } = resolved(t, "budget: { task: { steps: { soft: 40 } } }", { EXEC_KERNEL_BUDGET_MAX_STEPS: "10" });
  assert.deepEqual(budget.task.lifetime["steps"], { soft: null, hard: 10 });
});

test("a bare number is a hard limit alone, a pair goes over the pair it replaces", (t) => {
  const limits = (depth: string): unknown => resolved(t, `lineage: { depth: ${depth} }`).lineage.depth;
  assert.deepEqual(limits("5"), { soft: null, hard: 5 });
  assert.deepEqual(limits("{ hard: 5 }"), { soft: 4, hard: 5 });
  assert.deepEqual(limits("{ hard: 3 }"), { soft: null, hard: 3 });
  assert.deepEqual(limits("{ soft: 5 }"), { soft: 5, hard: 6 });
  assert.deepEqual(limits("{ soft: none }"), { soft: null, hard: 6 });
  assert.deepEqual(limits("{ soft: 7, hard: 7 }"), { soft: 7, hard: 7 });
});

test("every other key of ours lands in the policy", (t) => {
  const text = `
lineage:
  children: 2
  descendants: { soft: 3, hard: 4 }
  live_agents: { hard: 12 }
  creations: { soft: none }
  creations_window_seconds: 1.5
  templates_per_day: 0
  duplicate_window_seconds: 0.5
  root_agents: [lead]
  cause_hops_max: 0
  signatures_max: 1
  assignments_max: 4
  entries_max: 5
admission: [human, agent]
budget:
  task: { tokens: { soft: 5, hard: 6 }, gpu: 7, duration_seconds: none }
  hand_back_steps: 8
  reservation_seconds: 60
lease: { ttl_seconds: 90.5 }
escalation:
  { attempts_max: 9, retries_max: 4, backoff_first_seconds: 2, backoff_factor: 3, backoff_max_seconds: 4, lead: boss }
evidence: [npm test, review]
rules: { asleep: observe, provenance: enforce }
`;
  const { lineage, admission, budget, lease, escalation, evidence, modes } = resolved(t, text);
  assert.deepEqual(lineage, {
    depth: { soft: 4, hard: 6 },
    children: { soft: null, hard: 2 },
    descendants: { soft: 3, hard: 4 },
    liveAgents: { soft: 10, hard: 12 },
    creations: { soft: null, hard: 60 },
    creationsWindowMs: 1_500,
    templatesPerDay: 0,
    duplicateWindowMs: 500,
    rootAgents: ["lead"],
    causeHopsMax: 0,
    signaturesMax: 1,
    assignmentsMax: 4,
    entriesMax: 5,
  });
  assert.deepEqual(
    [admission, evidence],
    [
      ["human", "agent"],
      ["npm test", "review"],
    ],
  );
  assert.deepEqual([budget.reservationMs, lease.ttlMs], [60_000, 90_500]);
  assert.deepEqual(escalation, {
    attemptsMax: 9,
    retriesMax: 4,
    backoffFirstMs: 2_000,
    backoffFactor: 3,
    backoffMaxMs: 4_000,
    lead: "boss",
  });
  assert.deepEqual(Object.entries(budget.task.lifetime), [
    ["steps", { soft: 300, hard: 800 }],
    ["costMicros", { soft: 5_000_000, hard: 15_000_000 }],
    ["tokens", { soft: 5, hard: 6 }],
    ["gpu", { soft: null, hard: 7 }],
  ]);
  assert.deepEqual(
    [budget.handBackSteps, modes["asleep"], modes["provenance"], modes["depth"]],
    [8, "observe", "enforce", "enforce"],
  );
});

test("limits of a scope stand right under it for ever, or under hour, day and month", (t) => {
  const { budget } = resolved(
    t,
    `
budget:
  task: { day: { steps: 9 } }
  lineage: { cost_usd: none, month: { gpu: { soft: 1, hard: 2 } } }
  agent: { hour: { cost_usd: { hard: 30 } }, day: { cost_usd: none }, tokens: 5 }
  workspace: { day: { cost_usd: { soft: none } } }
`,
  );
  assert.deepEqual(budget.task, { ...DAY_ONE_POLICY.budget.task, day: { steps: { soft: null, hard: 9 } } });
  assert.deepEqual(budget.lineage, {
    ...NO_LIMITS,
    lifetime: { steps: { soft: null, hard: 3_000 } },
    month: { gpu: { soft: 1, hard: 2 } },
  });
  assert.deepEqual(budget.agent, {
    ...NO_LIMITS,
    lifetime: { tokens: { soft: null, hard: 5 } },
    hour: { costMicros: { soft: 10_000_000, hard: 30_000_000 } },
  });
  assert.deepEqual(budget.workspace, { ...NO_LIMITS, day: { costMicros: { soft: null, hard: 600_000_000 } } });
});

test("a lead is one agent or none", (t) => {
  assert.equal(resolved(t, "escalation: { lead: boss }").escalation.lead, "boss");
  assert.equal(resolved(t, "escalation: { lead: none }").escalation.lead, null);
});

test("the order of a file's keys does not show in the policy's text", (t) => {
  const a =
    "rules: { depth: observe, asleep: observe }\nbudget: { task: { zeta: 1, alpha: 2, tokens: 3 } }\nlineage: { children: 1, depth: 2 }";
  const b =
    "lineage: { depth: 2, children: 1 }\nbudget: { task: { tokens: 3, alpha: 2, zeta: 1 } }\nrules: { asleep: observe, depth: observe }";
  assert.equal(JSON.stringify(resolved(t, a)), JSON.stringify(resolved(t, b)));
  assert.deepEqual(Object.keys(resolved(t, a)), [
    "version",
    "lifecycle",
    "lineage",
    "admission",
    "budget",
    "steps",
    "lease",
    "escalation",
    "evidence",
    "modes",
  ]);
});

test("the policy is frozen, and the core's own constants are left alone", (t) => {
  const policy = resolved(t, "");
  assert.ok(Object.isFrozen(policy.budget.task.lifetime["steps"]) && Object.isFrozen(policy.lifecycle.edges[0]?.by));
  assert.notEqual(policy.lifecycle, DEFAULT_LIFECYCLE);
  assert.ok(!Object.isFrozen(DAY_ONE_POLICY.budget) && !Object.isFrozen(DEFAULT_LIFECYCLE.edges));
});
