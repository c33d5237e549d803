import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { BodyContext } from "../../src/kernel/body-context.ts";
import { evidenceBody, recordBody, reserveBody } from "../../src/kernel/step-bodies.ts";

const ctx: BodyContext = {
  actor: { kind: "agent", id: "a-1", proven: true },
  digestKey: "key",
  readPolicy: () => "no policy here",
  humanKey: null,
  decision: null,
};

function amountsOf(body: Parameters<typeof reserveBody>[0]): unknown {
  const made = reserveBody(body, ctx);
  return "amounts" in made ? made.amounts : made.numbers;
}

describe("money", () => {
  test("measured costs count, estimated ones count and are shown apart", () => {
    assert.deepEqual(amountsOf({ task: "T-1", costMicros: 50, tokens: 9 }), { costMicros: 50, tokens: 9 });
    assert.deepEqual(amountsOf({ task: "T-1", costMicros: 50, costBasis: "measured" }), { costMicros: 50 });
    assert.deepEqual(amountsOf({ task: "T-1", costMicros: 50, costBasis: "estimated" }), {
      costMicros: 50,
      estimatedMicros: 50,
    });
  });

  test("tokens without a price count as tokens and are shown apart; they have no cost", () => {
    assert.deepEqual(amountsOf({ task: "T-1", tokens: 9, costBasis: "unpriced" }), { tokens: 9, unpricedTokens: 9 });
    assert.deepEqual(amountsOf({ task: "T-1", tokens: 9, costMicros: 1, costBasis: "unpriced" }), {
      field: "costBasis",
      problem: "is unpriced: then there is no costMicros",
    });
  });
});

describe("amounts", () => {
  test("are in binary order, whatever order they came in", () => {
    const amounts = { pages: 2, Zeta: 1, gpuSeconds: 3 };
    assert.deepEqual(Object.keys(Object(amountsOf({ task: "T-1", tokens: 1, amounts }))), [
      "Zeta",
      "gpuSeconds",
      "pages",
      "tokens",
    ]);
  });

  test("what the kernel counts itself is no caller's to say, and nothing is said twice", () => {
    for (const name of ["steps", "durationMs", "estimatedMicros", "unpricedTokens"])
      assert.deepEqual(amountsOf({ task: "T-1", amounts: { [name]: 0 } }), {
        field: `amounts.${name}`,
        problem: "is counted by the kernel itself",
      });
    assert.deepEqual(amountsOf({ task: "T-1", tokens: 1, amounts: { tokens: 1 } }), {
      field: "amounts.tokens",
      problem: "is given twice",
    });
  });
});

describe("calls, results and evidence", () => {
  test("calls and results are kept as keyed digests alone", () => {
    const made = recordBody({ task: "T-1", call: "npm test", result: "secret" }, ctx);
    assert.ok("call" in made && "result" in made);
    assert.equal(JSON.stringify(made).includes("secret"), false);
    const other = recordBody({ task: "T-1", call: "npm test", result: "secret" }, { ...ctx, digestKey: "another" });
    assert.ok("call" in other && other.call !== made.call);
  });

  test("a command passes by its exit code, a review by its verdict, a link by being there", () => {
    const passed = (body: Parameters<typeof evidenceBody>[0]) => {
      const made = evidenceBody(body);
      return "passed" in made ? made.passed : made.numbers["field"];
    };
    const of = { task: "T-1", name: "x" };
    assert.equal(passed({ ...of, what: "command", exitCode: 0 }), true);
    assert.equal(passed({ ...of, what: "command", exitCode: 1 }), false);
    assert.equal(passed({ ...of, what: "command" }), "exitCode");
    assert.equal(passed({ ...of, what: "review", approved: false }), false);
    assert.equal(passed({ ...of, what: "review" }), "approved");
    assert.equal(passed({ ...of, what: "link" }), true);
  });
});
