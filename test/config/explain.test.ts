import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
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
  assert.match(text, /^ {4}duration_seconds: \{ soft: 7200, hard: 21600 \} # time/m);
  assert.match(text, /^ {4}cost_usd: \{ soft: 5, hard: 15 \} +# dollars/m);
  assert.match(text, /^ {4}tokens: none /m);
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

test("a lifecycle table of its own is mentioned, never passed over", () => {
  const policy = policyFromConfig({ policy: null });
  const edges = policy.lifecycle.edges.slice(1);
  assert.match(
    explainPolicy({ ...policy, lifecycle: { ...policy.lifecycle, edges } }),
    /^# lifecycle: a table of its own with 7 states/m,
  );
  assert.doesNotMatch(explainPolicy(policy), /lifecycle: a table/);
});
