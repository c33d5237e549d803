import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NO_LIMITS } from "../../src/core/index.ts";
import { checkConfig, explainPolicy, loadConfig, policyFromConfig } from "../../src/config/index.ts";
import { policy as anyPolicy } from "./arbitraries.ts";
import { seeded } from "../support/seeded.ts";
import { sandbox } from "./sandbox.ts";

test("the text of any complete policy loads back to that policy", (t) => {
  const { options, write } = sandbox(t);
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const path = write("cwd/policy.yml", explainPolicy(policy));
      assert.deepEqual(
        checkConfig(path, options).problems.filter(({ severity }) => severity === "error"),
        [],
      );
      assert.deepEqual(policyFromConfig(loadConfig(path, options)), policy);
    }),
    seeded(),
  );
});

test("day one is shown in the form of the file, with what each number limits", () => {
  const text = explainPolicy(policyFromConfig({ policy: null }));
  assert.match(text, /^lineage:\n {2}depth: \{ soft: 4, hard: 6 \} +# levels below the root$/m);
  assert.match(text, /^ {4}duration_seconds: \{ soft: 7200, hard: 21600 \} # working time/m);
  assert.match(text, /^ {4}cost_usd: \{ soft: 5, hard: 15 \} +# dollars/m);
  assert.match(text, /^ {4}tokens: none /m);
  assert.match(text, /^steps:\n {2}repeats: \{ soft: 4, hard: 6 \} +# times/m);
  assert.match(text, /^ {2}slow_poll_seconds: 30 .*\n {2}polls: \[\] /m);
  assert.match(text, /^rules:\n {2}asleep: enforce\n/m);
});

test("a rule that the policy does not name is shown in its own mode", () => {
  const policy = policyFromConfig({ policy: null });
  assert.equal(explainPolicy({ ...policy, modes: {} }), explainPolicy(policy));
});

test("a name that would turn or move the terminal is written as an escape", () => {
  const policy = policyFromConfig({ policy: null });
  const text = explainPolicy({ ...policy, lineage: { ...policy.lineage, rootAgents: ["a\u202eb"] } });
  assert.match(text, /root_agents: \["a\\U0000202eb"\]/);
});

test("a lifecycle table of its own is written out, the default one goes without saying", () => {
  const policy = policyFromConfig({ policy: null });
  const edges = policy.lifecycle.edges.slice(1);
  const text = explainPolicy({ ...policy, lifecycle: { ...policy.lifecycle, initial: ["todo"], edges } });
  assert.match(text, /^lifecycle_table:\n {2}states: \[backlog, todo, /m);
  assert.match(text, /^ {4}- \{ from: todo, to: in_progress, by: \[agent, human\], why: "Work started" \}$/m);
  assert.match(text, /^ {4}done: \[evidence, no_open_children\]$/m);
  assert.doesNotMatch(explainPolicy(policy), /lifecycle_table/);
});

test("scopes are shown with their windows, and a day-one limit that was taken away is said to be none", () => {
  const policy = policyFromConfig({ policy: null });
  const text = explainPolicy({ ...policy, budget: { ...policy.budget, agent: NO_LIMITS } });
  assert.match(text, /^ {2}agent: .*\n {4}hour:\n {6}cost_usd: none .*\n {4}day:\n {6}cost_usd: none /m);
  assert.match(text, /^ {2}workspace: .*\n {4}day:\n {6}cost_usd: \{ soft: 300, hard: 600 \} /m);
  assert.match(text, /^ {2}ttl_seconds: 1800 /m);
});
