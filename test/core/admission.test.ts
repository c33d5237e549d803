import assert from "node:assert/strict";
import { test } from "node:test";
import { admissionProblem } from "../../src/core/index.ts";

const REAL = {
  consumer: "the nightly import job",
  painPoint: "it takes 40 minutes and misses its window",
  expectedValue: "done in under 10 minutes",
  validationPath: "the job's own timing over three nights",
};

test("an admission whose four texts mean something is let pass", () => {
  assert.equal(admissionProblem(REAL), null);
  assert.equal(admissionProblem({ ...REAL, originCategory: "incident", originEvidence: "INC-7" }), null);
  assert.equal(admissionProblem({ ...REAL, originCategory: null }), null);
  assert.equal(admissionProblem({ ...REAL, consumer: "QA" }), null);
  assert.equal(admissionProblem({ ...REAL, consumer: "夜間バッチ" }), null);
  assert.equal(admissionProblem({ ...REAL, validationPath: "npm test" }), null);
});

test("what is missing or empty is named by its field, the first one first", () => {
  assert.deepEqual(admissionProblem(null), { field: "consumer", problem: "is missing" });
  assert.deepEqual(admissionProblem({ ...REAL, painPoint: "  \n" }), { field: "painPoint", problem: "is empty" });
  assert.deepEqual(admissionProblem({ consumer: "ops", painPoint: "slow" }), {
    field: "expectedValue",
    problem: "is missing",
  });
});

for (const word of ["n/a", "N/A.", "none", "TBD", "todo", "-", "...", "x", "test", "xxxx", "To be determined", "?"]) {
  test(`"${word}" is a placeholder in any field`, () => {
    for (const field of ["consumer", "painPoint", "expectedValue", "validationPath", "originEvidence"] as const)
      assert.deepEqual(admissionProblem({ ...REAL, [field]: word }), { field, problem: "is a placeholder" });
  });
}

test("four times the same words say nothing, whatever their case and signs", () => {
  const same = { consumer: "Make it better", painPoint: "make it better!", expectedValue: "MAKE IT BETTER" };
  assert.deepEqual(admissionProblem({ ...same, validationPath: "make it  better." }), {
    field: "painPoint",
    problem: "says the same as every other field",
  });
  assert.equal(admissionProblem({ ...same, validationPath: "the benchmark" }), null);
});
