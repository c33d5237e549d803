// A proposed policy: what it says follows from the report, and a configuration file takes all of it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { suggestedPolicy } from "../../../src/audit/index.ts";
import type { StepsReport } from "../../../src/audit/index.ts";
import { roundAbove } from "../../../src/audit/show/suggest.ts";
import { checkConfig, loadConfig, policyFromConfig } from "../../../src/config/index.ts";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import type { Policy } from "../../../src/core/index.ts";
import { honest, idOf, polling } from "../../support/looping-transcripts.ts";
import { seeded } from "../../support/seeded.ts";
import { wordsOf } from "../../support/transcripts/words.ts";
import { folder } from "../audited.ts";
import { stepsOf } from "../steps/audited-steps.ts";

const words = wordsOf(3);
const few = await stepsOf([{ id: idOf(1), acts: honest(words, 5) }]);

function adopted(report: StepsReport, inUse: Policy = DAY_ONE_POLICY): Policy {
  const path = join(folder, "suggested.yml");
  writeFileSync(path, suggestedPolicy(report, inUse).join("\n"));
  const at = { env: {}, cwd: folder };
  assert.deepEqual(checkConfig(path, at).problems, []);
  return policyFromConfig(loadConfig(path, at));
}

test("from a few histories nothing is proposed, and the file says why", () => {
  assert.deepEqual(adopted(few), { ...DAY_ONE_POLICY, modes: adopted(few).modes });
  assert.match(suggestedPolicy(few, DAY_ONE_POLICY).join("\n"), /# no limits: 1 history .* 20 are needed/);
});

test("limits are round numbers above what all but one in a hundred kept below", () => {
  const usual = { histories: 400, priced: 380, steps: 812, costMicros: 37_100_000 };
  const { budget } = adopted({ ...few, usual });
  const { steps, costMicros } = budget.task.lifetime;
  assert.deepEqual([steps?.hard, costMicros?.hard], [1_000, 40_000_000]);
  const unpriced = adopted({ ...few, usual: { ...usual, priced: 3 } });
  assert.deepEqual(unpriced.budget.task.lifetime["costMicros"], DAY_ONE_POLICY.budget.task.lifetime["costMicros"]);
});

test("a round number above is above, by less than double", () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), (value) => {
      const round = roundAbove(value);
      assert.ok(round > value && (round <= 2 * value || value < 2), `${value} gives ${round}`);
      assert.match(String(round), /^(?:10|15|25|[1-9])0*$/);
    }),
    seeded(),
  );
});

test("an observed rule is promoted where many histories were judged and none has to be checked", () => {
  const heard = (rule: string, reachedNew: number) => ({ rule, mode: "observe" as const, histories: 9, reachedNew });
  const many = { ...few, histories: 412, heard: [heard("stall", 2), heard("variation", 0)] };
  const { stall, variation, repetition } = adopted(many).modes;
  assert.deepEqual([stall, variation, repetition], ["observe", "enforce", "enforce"]);
  assert.equal(adopted({ ...many, histories: 199 }).modes["variation"], "observe");
  for (const line of suggestedPolicy(many, DAY_ONE_POLICY).filter((one) => /^ {2}(?:stall|variation):/.test(one)))
    assert.match(line, /# 9 of 412 histories refused, \d of them reached a new result afterwards$/);
});

test("what polled is named, unless it would then be let loop for ever or is no name", async () => {
  const report = await stepsOf([{ id: idOf(1), acts: polling(14) }]);
  assert.deepEqual(adopted(report).steps.polls, ["gh run view"]);
  const polled = { calls: 90, histories: 4, watches: true };
  const odd = ["a\u001b[31m", 'x" # y', "yes", "z: 1", " a"].map((name) => ({ name, ...polled }));
  const polls = [...odd, { name: "Read", ...polled, watches: false }, { name: "wait", ...polled, calls: 3 }];
  assert.deepEqual(adopted({ ...few, polls }).steps.polls, ["yes", "z: 1"]);
});

const OWN: Policy = {
  ...DAY_ONE_POLICY,
  steps: {
    ...DAY_ONE_POLICY.steps,
    polls: ["gh run", "my-wait"],
    mutate: ["kubectl apply"],
    observe: ["peek"],
    verify: ["make check", "\u202eodd: #name"],
  },
  modes: { ...DAY_ONE_POLICY.modes, stall: "enforce", repetition: "observe", depth: "observe" },
};

test("what the policy in use names stays, and what was found to poll joins it", async () => {
  const polled = { calls: 90, histories: 4, watches: true };
  const polls = ["gh run view", "my-wait", "squeue"].map((name) => ({ name, ...polled }));
  const { steps } = adopted({ ...few, polls }, OWN);
  assert.deepEqual(steps, { ...OWN.steps, polls: ["gh run", "my-wait", "squeue"] });
  const lines = suggestedPolicy({ ...few, polls }, OWN);
  assert.ok(lines.includes('    - "my-wait" # the policy in use has it; polled 90 times in 4 histories'));
  assert.ok(!lines.some((line) => line.includes("gh run view")), "gh run names it already");
});

test("a rule that the policy in use enforces is never proposed to observe, nor left to go back to it", async () => {
  const report = await stepsOf([{ id: idOf(1), acts: honest(words, 5) }], { policy: OWN });
  const { stall, repetition, depth, circling } = adopted(report, OWN).modes;
  assert.deepEqual([stall, repetition, depth, circling], ["enforce", "observe", "observe", "enforce"]);
});

test("the head says that what is not in the file goes back to day one", () => {
  assert.match(suggestedPolicy(few, OWN)[2] ?? "", /^# Adopted, it replaces the whole policy in force: .* day one\.$/);
});
