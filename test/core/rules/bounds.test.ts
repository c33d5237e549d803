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

  test("a meter stays at or below 2^50, what is held counted in", () => {
    const at = world();
    const id = at.held("a-1");
    for (let n = 0; n < 1_022; n += 1) at.run(record(id, { amounts: { tokens: AMOUNT_MAX } }), agent("a-1"));
    assert.equal(at.code(reserve(id, { amounts: { tokens: AMOUNT_MAX } }), agent("a-1")), "step.reserved");
    assert.equal(at.code(record(id, { amounts: { tokens: AMOUNT_MAX } }), agent("a-1")), "step.recorded");
    const { used, held } = countsIn(at, `task/${id}`, "tokens");
    assert.equal(used[0] + held[0], METER_MAX);
    assert.equal(at.code(record(id, { amounts: { tokens: 1 } }), agent("a-1")), "budget.amount_too_large");
    assert.equal(at.code(record(id), agent("a-1")), "step.recorded", "what does not touch it goes on");
  });

  test("a meter holds 32 dimensions, in every scope that is charged", () => {
    const at = world();
    const [one, two] = [at.held("a-1"), at.held("a-1")];
    const named = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`d${from + n}`, 1]));
    // The step itself and the time of the lease are the first two.
    assert.equal(at.code(record(one, { amounts: named(0, 20) }), agent("a-1")), "step.recorded");
    const refused = at.run(record(two, { amounts: named(20, 11) }), agent("a-1"));
    assert.deepEqual([refused.code, refused.numbers["scope"]], ["budget.too_many_dimensions", "agent/a-1"]);
    assert.equal(at.code(record(two, { amounts: named(20, 10) }), agent("a-1")), "step.recorded");
  });
});
