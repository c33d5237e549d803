import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { create } from "../../support/asks.ts";
import { enforcing } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

const REAL = {
  consumer: "the nightly import job",
  painPoint: "it takes 40 minutes and misses its window",
  expectedValue: "done in under 10 minutes",
  validationPath: "the job's own timing over three nights",
};
const policy = enforcing(DAY_ONE_POLICY, "admission");

describe("admission", () => {
  test("a task that an agent makes says for itself why it should exist", () => {
    const world = new World(policy);
    const refused = world.run(create(), agent("a-1"));
    assert.deepEqual([refused.code, refused.message], ["lineage.admission_incomplete", "T-1: admission is missing"]);
    assert.equal(world.code(create({ admission: REAL }), agent("a-1")), "task.created");
  });

  test("each field is real text, and the refusal names the one that is not", () => {
    const world = new World(policy);
    for (const [field, text, problem] of [
      ["consumer", "", "is empty"],
      ["painPoint", "n/a", "is a placeholder"],
      ["originEvidence", "tbd", "is a placeholder"],
    ] as const) {
      const { numbers } = world.run(create({ admission: { ...REAL, [field]: text } }), agent("a-1"));
      assert.deepEqual([numbers["field"], numbers["problem"]], [field, problem]);
    }
  });

  test("the policy says of whom it is asked", () => {
    const cron = { kind: "system", actor: "cron" } as const;
    const world = new World(policy);
    assert.equal(world.code(create()), "task.created");
    assert.equal(world.code(create(), cron), "task.created");
    const strict = new World({ ...policy, admission: ["human", "system"] });
    assert.equal(strict.code(create()), "lineage.admission_incomplete");
    assert.equal(strict.code(create(), cron), "lineage.admission_incomplete");
    assert.equal(strict.code(create(), agent("a-1")), "task.created");
  });

  test("it observes on day one", () => {
    const world = new World();
    const held = world.held("a-1");
    const made = world.run(create({ parent: held }), agent("a-1"));
    assert.deepEqual(
      made.wouldHave?.map(({ code }) => code),
      ["lineage.admission_incomplete"],
    );
  });
});
