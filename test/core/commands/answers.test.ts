import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readActor, readMeter } from "../../../src/core/index.ts";
import { approve, claim, countsIn, create, lastRefused, move, record, reserve } from "../../support/asks.ts";
import { hard, withLimits } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";
import type { Kinds } from "../../support/world.ts";

const deny = (refused: ReturnType<typeof lastRefused>): Kinds => ({
  type: "deny_request",
  body: { refused, reason: "no" },
});
const HOURS = 3_600_000;

/** A world where a-1 was refused a second task of the same work. */
function duplicated(): { world: World; again: Kinds } {
  const world = new World();
  world.run(create({ fingerprint: "same" }), agent("a-1"));
  const again = create({ fingerprint: "same" });
  assert.equal(world.code(again, agent("a-1")), "lineage.duplicate_open");
  return { world, again };
}

describe("approving a refused request", () => {
  test("lets the very request through once, past the one rule", () => {
    const { world, again } = duplicated();
    const approved = world.run(approve(lastRefused(world)));
    assert.equal(approved.code, "request.approved_once");
    const granted = world.run(again, agent("a-1"));
    assert.deepEqual(
      [granted.verdict, granted.waived?.map(({ code }) => code)],
      ["granted", ["lineage.duplicate_open"]],
    );
    assert.equal(world.code(again, agent("a-1")), "lineage.duplicate_open", "used up");
    assert.deepEqual(readActor(world, "agent:a-1").waivers, []);
  });

  test("not another body, not another actor, not after its time", () => {
    const { world, again } = duplicated();
    world.run(approve(lastRefused(world), { forMs: HOURS }));
    assert.equal(world.code(create({ fingerprint: "same", priority: 0 }), agent("a-1")), "lineage.duplicate_open");
    assert.equal(world.code(again, agent("a-2")), "lineage.duplicate_open");
    world.at += HOURS;
    assert.equal(world.code(again, agent("a-1")), "lineage.duplicate_open");
  });

  test("what another rule says of it still counts, and uses nothing up", () => {
    const { world, again } = duplicated();
    world.run(approve(lastRefused(world)));
    world.run({ type: "sleep_agent", body: { agent: "a-1", timeoutMs: 1_000, reason: "idle" } }, agent("a-1"));
    assert.equal(world.code(again, agent("a-1")), "agent.asleep");
    world.at += 1_000;
    assert.equal(world.code(again, agent("a-1")), "task.created");
  });

  test("a full budget is raised in the one window, for everybody, until its time", () => {
    const world = new World(withLimits({ workspace: { hour: { tokens: hard(10) }, day: { tokens: hard(25) } } }));
    const id = world.held("a-1");
    world.run(record(id, { amounts: { tokens: 10 } }), agent("a-1"));
    world.run(reserve(id, { amounts: { tokens: 8 } }), agent("a-1"));
    const approved = world.run(approve(lastRefused(world), { add: { tokens: 20 } }));
    assert.equal(approved.message, `d-${lastRefused(world).sequence} approved: workspace may use 10 of 30 tokens`);
    assert.deepEqual(
      readMeter(world, "workspace").extensions.map(({ dimension, window, add }) => [dimension, window, add]),
      [["tokens", 1, 20]],
    );
    assert.equal(world.code(reserve(id, { amounts: { tokens: 8 } }), agent("a-1")), "step.reserved");
    const day = world.run(reserve(id, { amounts: { tokens: 8 } }), agent("a-1"));
    assert.deepEqual([day.code, day.numbers["window"]], ["budget.hard_limit", "day"]);
    assert.equal(countsIn(world, "workspace", "tokens").held[1], 8);
  });

  test("adds to what was refused, not to something else", () => {
    const world = new World(withLimits({ task: { lifetime: { tokens: hard(1) } } }));
    const id = world.held("a-1");
    world.run(record(id, { amounts: { tokens: 1 } }), agent("a-1"));
    world.run(record(id), agent("a-1"));
    const refused = lastRefused(world);
    assert.equal(world.code(approve(refused, { add: { costMicros: 5 } })), "approval.other_limit");
    assert.equal(world.code(approve(refused, { add: { tokens: 2 ** 41 } })), "budget.amount_too_large");
    assert.equal(world.code(approve(refused, { add: { tokens: 0 } })), "budget.amount_too_large");
    assert.equal(world.code(approve(refused, { add: { tokens: 1 } })), "request.approved");
    const { world: other } = duplicated();
    assert.equal(other.code(approve(lastRefused(other), { add: { tokens: 1 } })), "approval.other_limit");
  });

  test("of two answers the first stands, whoever gives them", () => {
    const { world, again } = duplicated();
    const refused = lastRefused(world);
    assert.equal(world.code(approve(refused)), "request.approved_once");
    const second = world.run(approve(refused), { actor: "grace" });
    assert.deepEqual(
      [second.code, second.message],
      ["approval.answered", `d-${refused.sequence} was answered by human ada: approved`],
    );
    assert.equal(world.code(deny(refused), { actor: "grace" }), "approval.answered");
    world.run(again, agent("a-1"));
    assert.equal(world.code(again, agent("a-1")), "lineage.duplicate_open", "once, not twice");
  });

  test("asked twice and approved twice, the same request goes through once", () => {
    const { world, again } = duplicated();
    const first = lastRefused(world);
    assert.equal(world.code(again, agent("a-1")), "lineage.duplicate_open");
    assert.equal(world.code(approve(lastRefused(world))), "request.approved_once");
    assert.equal(world.code(approve(first)), "request.approved_once");
    assert.equal(world.code(again, agent("a-1")), "task.created");
    assert.equal(world.code(again, agent("a-1")), "lineage.duplicate_open");
    assert.deepEqual(readActor(world, "agent:a-1").waivers, []);
  });

  test("a denial is recorded and lets nothing through", () => {
    const { world, again } = duplicated();
    const refused = lastRefused(world);
    assert.equal(world.code(deny(refused)), "request.denied");
    assert.equal(world.code(again, agent("a-1")), "lineage.duplicate_open");
    assert.equal(world.code(approve(refused)), "approval.answered");
  });

  test("an agent answers nothing, not even its own", () => {
    const { world } = duplicated();
    const refused = lastRefused(world);
    for (const as of [
      agent("a-1"),
      { kind: "harness", actor: "ci" } as const,
      { kind: "system", actor: "cron" } as const,
    ]) {
      assert.equal(world.code(approve(refused), as), "actor.not_allowed");
      assert.equal(world.code(deny(refused), as), "actor.not_allowed");
    }
  });

  test("what nobody may override is not approved", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(claim(id), agent("a-2"));
    const refused = world.run(approve(lastRefused(world)));
    assert.deepEqual([refused.code, refused.message], ["approval.no_override", "lease.taken cannot be overridden"]);
    world.run(create({ task: "x", parent: "x" }));
    assert.equal(world.code(approve(lastRefused(world))), "approval.no_override");
  });

  test("a demand of a state is waived like any rule", () => {
    const world = new World();
    world.run(move(world.held("a-1"), "blocked"), agent("a-1"));
    world.run(approve(lastRefused(world)));
    assert.equal(world.code(move("T-1", "blocked"), agent("a-1")), "task.moved");
  });
});

describe("marking a decision wrong", () => {
  const wrong = (sequence: number, codes: readonly string[]): Kinds => ({
    type: "mark_wrong",
    body: { sequence, codes, reason: null },
  });

  test("counts per code, once a decision", () => {
    const world = new World();
    assert.equal(world.code(wrong(7, ["lineage.ping_pong", "lineage.flapping"])), "decision.marked");
    assert.equal(world.code(wrong(8, ["lineage.ping_pong"])), "decision.marked");
    assert.equal(world.code(wrong(7, ["lineage.ping_pong"])), "approval.answered");
    const counts = ["lineage.ping_pong", "lineage.flapping"].map((code) => world.get(`wrong/${code}`));
    assert.deepEqual(
      counts.map((row) => row?.kind === "wrong" && row.count),
      [2, 1],
    );
  });

  test("a decision in which no rule had a say is not marked, and agents mark nothing", () => {
    const world = new World();
    assert.equal(world.code(wrong(7, [])), "decision.not_judged");
    assert.equal(world.code(wrong(7, ["lineage.ping_pong"]), agent("a-1")), "actor.not_allowed");
  });

  test("a mark and an answer are two things", () => {
    const { world } = duplicated();
    const refused = lastRefused(world);
    world.run(deny(refused));
    assert.equal(world.code(wrong(refused.sequence, [refused.code])), "decision.marked");
  });
});
