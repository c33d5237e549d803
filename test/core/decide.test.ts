import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compilePolicy, DAY_ONE_POLICY, RULES } from "../../src/core/index.ts";
import { claim, create, halt, move, reserve, settle, sleep } from "../support/asks.ts";
import { agent, World } from "../support/world.ts";

describe("a decision", () => {
  test("granted or refused it carries the hash of the policy that decided, and the head it was judged at", () => {
    const world = new World();
    const id = world.task();
    const granted = world.run(claim(id), agent("a-1"));
    assert.deepEqual([granted.policyHash, granted.judgedAt], ["test", 1]);
    world.policy = compilePolicy(DAY_ONE_POLICY, "another");
    const refused = world.run(claim(id), agent("a-2"));
    assert.deepEqual([refused.verdict, refused.policyHash, refused.judgedAt], ["refused", "another", 2]);
    assert.deepEqual(
      world.log.map(({ decision }) => decision?.policyHash),
      ["test", "test", "another"],
    );
  });

  test("the same rows, command, policy and time give the same one", () => {
    const [one, two] = [0, 1].map(() => {
      const world = new World();
      world.run(create({ fingerprint: "same" }), agent("a-1"));
      return [world.run(create({ fingerprint: "same" }), agent("a-1")), world.log];
    });
    assert.deepEqual(one, two);
  });

  test("of several findings the first rule in order refuses", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(sleep("a-2"), agent("a-2"));
    world.run(halt(`task/${id}`));
    assert.equal(world.code(create({ parent: id }), agent("a-2")), "agent.asleep");
    assert.equal(world.code(create({ parent: id, task: id }), agent("a-3")), "halt.active");
  });
});

describe("modes", () => {
  test("any rule that is not fixed can be set to observe: it grants and says what it would have done", () => {
    for (const { name } of RULES.filter(({ fixed }) => fixed !== true)) {
      const world = new World({ ...DAY_ONE_POLICY, modes: { [name]: "observe" } });
      assert.equal(world.code(create()), "task.created", name);
    }
    const world = new World({ ...DAY_ONE_POLICY, modes: { reason: "observe" } });
    const moved = world.run(move(world.held("a-1"), "blocked"), agent("a-1"));
    assert.deepEqual(
      [moved.verdict, moved.wouldHave?.map(({ code }) => code)],
      ["granted", ["lifecycle.reason_missing"]],
    );
  });

  test("a fixed rule is enforced whatever the policy says", () => {
    const fixed = RULES.filter((rule) => rule.fixed === true).map(({ name }) => name);
    assert.deepEqual(fixed.toSorted(), [
      "bounds",
      "cycle",
      "halted",
      "ladder",
      "lease",
      "lifecycle",
      "reprocess",
      "run",
      "waits",
    ]);
    const modes = Object.fromEntries(fixed.map((name) => [name, "observe" as const]));
    const world = new World({ ...DAY_ONE_POLICY, modes });
    const id = world.held("a-1");
    assert.equal(world.code(claim(id), agent("a-2")), "lease.taken");
    assert.equal(world.code(create({ task: "x", parent: "x" })), "lineage.cycle");
  });

  test("an observed budget books all the same, and a settlement's next step is observed too", () => {
    const policy = { ...DAY_ONE_POLICY, modes: { budget: "observe" as const } };
    const world = new World(policy);
    const id = world.held("a-1");
    const step = world.run(reserve(id, { amounts: { costMicros: 99_000_000 } }), agent("a-1"));
    assert.deepEqual([step.verdict, step.wouldHave?.[0]?.code], ["granted", "budget.hard_limit"]);
    const next = { task: id, tool: null, call: null, amounts: {}, started: false, handBack: false };
    const amounts = { costMicros: 99_000_000 };
    const settled = world.run(settle(String(step.result?.["reservation"]), { amounts, next }), agent("a-1"));
    assert.deepEqual([settled.nextRefused, settled.wouldHave?.[0]?.code], [undefined, "budget.hard_limit"]);
  });

  test("on day one the rules that guess observe, and all others enforce", () => {
    const observing = RULES.filter(({ mode }) => mode === "observe").map(({ name }) => name);
    assert.deepEqual(observing, [
      "continuity",
      "evidence",
      "ping-pong-chain",
      "flapping",
      "signature",
      "template",
      "provenance",
      "admission",
      "variation",
      "stall",
    ]);
  });
});
