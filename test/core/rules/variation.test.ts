import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import type { StepClass } from "../../../src/core/index.ts";
import { enforcing } from "../../support/policies.ts";
import { callOf, digestOf, take } from "../../support/steps.ts";
import { World } from "../../support/world.ts";

const policy = enforcing(DAY_ONE_POLICY, "variation");
const varied = (n: number, kind: StepClass) => callOf(`page ${n}`, { shape: digestOf("page #"), class: kind });

function granted(kind: StepClass, failed: boolean, result: (n: number) => string): number {
  const world = new World(policy);
  const id = world.held("a-1");
  for (let n = 0; n < 30; n += 1)
    if (take(world, id, varied(n, kind), result(n), { failed }) === "step.varied") return n;
  return 30;
}

describe("variation", () => {
  test("one shape with one result is refused after twelve calls", () => {
    assert.equal(
      granted("observe", false, () => "nothing found"),
      12,
    );
    assert.equal(
      granted("verify", false, () => "nothing found"),
      12,
    );
  });

  test("one shape with one failure is too, whatever it wanted to do", () => {
    assert.equal(
      granted("mutate", true, () => "no such string"),
      12,
    );
  });

  test("thirty different files written with the result ok are honest work", () => {
    assert.equal(
      granted("mutate", false, () => "ok"),
      30,
    );
  });

  test("thirty pages with thirty results are honest work", () => {
    assert.equal(
      granted("observe", false, (n) => `page ${n}`),
      30,
    );
  });

  test("it observes on day one", () => {
    const world = new World();
    const id = world.held("a-1");
    for (let n = 0; n < 13; n += 1) assert.equal(take(world, id, varied(n, "observe"), "nothing"), "step.recorded");
    const decision = world.log.at(-1)?.decision;
    assert.deepEqual(
      decision?.wouldHave?.map(({ code, numbers }) => [code, numbers["count"]]),
      [["step.varied", 12]],
    );
  });
});
