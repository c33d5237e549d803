import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AMOUNT_MAX, METER_MAX } from "../../../src/core/index.ts";
import { countsIn, record, reserve, settle } from "../../support/asks.ts";
import { withLimits } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

const world = (): World => new World(withLimits({}));
const idOf = (decision: ReturnType<World["run"]>): string => String(decision.result?.["reservation"]);

describe("bounds", () => {
  test("an amount of 2^40 is counted, one more is refused, by each door", () => {
    const at = world();
    const id = at.held("a-1");
    const large = { tokens: AMOUNT_MAX + 1 };
    for (const asked of [record(id, { amounts: large }), reserve(id, { amounts: large })])
      assert.equal(at.code(asked, agent("a-1")), "budget.amount_too_large", asked.type);
    const step = idOf(at.run(reserve(id, { amounts: { tokens: AMOUNT_MAX } }), agent("a-1")));
    const refused = at.run(settle(step, { amounts: large }), agent("a-1"));
    assert.deepEqual([refused.code, refused.numbers["limit"]], ["budget.amount_too_large", AMOUNT_MAX]);
    assert.equal(at.code(settle(step, { amounts: { tokens: AMOUNT_MAX } }), agent("a-1")), "step.settled");
  });

  test("a meter stays at or below 2^50: what is used beyond is not counted, and nobody is refused for it", () => {
    const at = world();
    const id = at.held("a-1");
    for (let n = 0; n < 1_025; n += 1)
      assert.equal(at.code(record(id, { amounts: { tokens: AMOUNT_MAX } }), agent("a-1")), "step.recorded");
    assert.equal(countsIn(at, `task/${id}`, "tokens").used[0], METER_MAX);
    assert.equal(at.code(reserve(id, { amounts: { tokens: 1 } }), agent("a-1")), "step.reserved");
  });

  test("holds are refused where their sum would no longer be exact", () => {
    const at = world();
    const id = at.held("a-1");
    for (let n = 0; n < 1_024; n += 1)
      assert.equal(at.code(reserve(id, { amounts: { tokens: AMOUNT_MAX } }), agent("a-1")), "step.reserved");
    assert.equal(at.code(reserve(id, { amounts: { tokens: 1 } }), agent("a-1")), "budget.amount_too_large");
    assert.equal(at.code(record(id, { amounts: { tokens: 1 } }), agent("a-1")), "step.recorded");
  });

  test("a dimension that nothing limits is refused, so that nobody fills the meters with names", () => {
    const at = new World(withLimits({ task: { lifetime: { pages: { soft: null, hard: 9 } } } }));
    const id = at.held("a-1", { limits: { lines: 5 } });
    const spend = (dimension: string) => at.code(record(id, { amounts: { [dimension]: 1 } }), agent("a-1"));
    assert.deepEqual(["pages", "lines", "tokens"].map(spend), ["step.recorded", "step.recorded", "step.recorded"]);
    assert.equal(spend("words"), "budget.dimension_unknown");
    assert.equal(at.code(record(at.held("a-1"), { amounts: { lines: 1 } }), agent("a-1")), "budget.dimension_unknown");
  });
});
