import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import type { Policy } from "../../../src/core/index.ts";
import { claim, evidence, move, release, taskIn } from "../../support/asks.ts";
import { enforcing } from "../../support/policies.ts";
import { agent, harness, World } from "../../support/world.ts";

const wanting = (...wanted: string[]): Policy => ({ ...DAY_ONE_POLICY, evidence: wanted });

describe("evidence", () => {
  test("it observes on day one: done without evidence is granted and marked", () => {
    const world = new World(wanting("npm test"));
    const done = world.run(move(world.held("a-1"), "done"), agent("a-1"));
    assert.deepEqual([done.verdict, done.wouldHave?.map(({ code }) => code)], ["granted", ["done.evidence_missing"]]);
  });

  test("enforced, it refuses done and leaves the way to review open", () => {
    const world = new World(enforcing(wanting("npm test", "review"), "evidence"));
    const id = world.held("a-1");
    const refused = world.run(move(id, "done"), agent("a-1"));
    assert.equal(refused.message, 'T-1 has 0 of 2 pieces of evidence; missing: "npm test", written by a harness');
    assert.deepEqual(refused.next, ["move T-1 to in_review; end your turn"]);
    assert.equal(world.code(move(id, "in_review"), agent("a-1")), "task.moved");
    const waiting = world.run(move(id, "done"), agent("a-1"));
    assert.deepEqual(waiting.next, ["leave T-1 in in_review; end your turn"]);
  });

  test("a command counts by its name and its end, a review and a link by their kind", () => {
    const world = new World(enforcing(wanting("npm test", "review", "link"), "evidence"));
    const id = world.held("a-1");
    const done = () => world.run(move(id, "done"), agent("a-1")).numbers["has"];
    world.run(evidence(id, { name: "npm run lint" }), harness);
    world.run(evidence(id, { what: "link", name: "npm test" }), harness);
    world.run(evidence(id, { what: "review", name: "ada", passed: false }), harness);
    assert.equal(done(), 1);
    world.run(evidence(id, { what: "review", name: "ada" }), harness);
    world.run(evidence(id, { passed: false }), harness);
    assert.equal(done(), 2);
    world.run(evidence(id), harness);
    assert.equal(world.code(move(id, "done"), agent("a-1")), "task.moved");
  });

  test("a review by whoever did the work is none, by whatever name", () => {
    const world = new World(enforcing(wanting("review"), "evidence"));
    const id = world.held("a-1");
    const review = (name: string, passed = true) => world.run(evidence(id, { what: "review", name, passed }), harness);
    review("a-1");
    review("agent:a-1");
    const refused = world.run(move(id, "done"), agent("a-1"));
    assert.equal(
      refused.message,
      'T-1 has 0 of 1 pieces of evidence; missing: "review", written by a harness; a-1 did the work, and does not review it',
    );
    world.run(move(id, "in_review"), agent("a-1"));
    assert.equal(world.code(move(id, "done"), agent("a-2")), "done.evidence_missing", "it worked on it last");
    review("a-10");
    assert.equal(world.code(move(id, "done"), agent("a-2")), "task.moved");
  });

  test("of two reviewers each has a last word", () => {
    const world = new World(enforcing(wanting("review"), "evidence"));
    const id = world.held("a-1");
    const review = (name: string, passed: boolean) =>
      world.run(evidence(id, { what: "review", name, passed }), harness);
    review("ada", true);
    review("grace", false);
    review("ada", false);
    assert.equal(world.code(move(id, "done"), agent("a-1")), "done.evidence_missing");
    review("grace", true);
    assert.equal(world.code(move(id, "done"), agent("a-1")), "task.moved");
  });

  test("the last word of one source counts: a test that fails again takes its evidence back", () => {
    const world = new World(enforcing(wanting("npm test"), "evidence"));
    const id = world.held("a-1");
    world.run(evidence(id), harness);
    world.run(evidence(id, { passed: false }), harness);
    assert.equal(world.code(move(id, "done"), agent("a-1")), "done.evidence_missing");
  });

  test("an agent's own word is none, and neither is a human's: only a harness writes it", () => {
    const world = new World();
    const id = world.held("a-1");
    assert.equal(world.code(evidence(id), agent("a-1")), "actor.not_allowed");
    assert.equal(world.code(evidence(id)), "actor.not_allowed");
  });

  test("it is bound to the attempt and the claim it was seen in", () => {
    const world = new World(enforcing(wanting("npm test"), "evidence"));
    const id = world.held("a-1");
    world.run(evidence(id), harness);
    world.run(release(id), agent("a-1"));
    world.run(claim(id), agent("a-2"));
    assert.deepEqual(taskIn(world, id).evidence, []);
    assert.equal(world.code(move(id, "done"), agent("a-2")), "done.evidence_missing");
    const late = world.run(evidence(id, { attempt: 1, of: 1 }), harness);
    assert.deepEqual(
      [late.code, late.message],
      ["evidence.not_current", "T-1 is in attempt 1, fence 2; the evidence is of attempt 1, fence 1"],
    );
    assert.equal(world.code(evidence(id, { of: 2 }), harness), "evidence.recorded");
    assert.equal(world.code(move(id, "done"), agent("a-2")), "task.moved");
    assert.equal(world.code(evidence(id), harness), "task.ended");
  });

  test("it outlives the way into review", () => {
    const world = new World(enforcing(wanting("npm test"), "evidence"));
    const id = world.held("a-1");
    world.run(evidence(id), harness);
    world.run(move(id, "in_review"), agent("a-1"));
    assert.equal(world.code(move(id, "done"), agent("a-2")), "task.moved");
  });

  test("a human ends work without any", () => {
    const world = new World(enforcing(wanting("npm test"), "evidence"));
    assert.equal(world.run(move(world.held("a-1"), "done")).wouldHave, undefined);
  });

  test("a task keeps the last 16 pieces", () => {
    const world = new World();
    const id = world.held("a-1");
    for (let n = 0; n < 20; n += 1) world.run(evidence(id, { name: `check ${n}` }), harness);
    assert.deepEqual([taskIn(world, id).evidence.length, taskIn(world, id).evidence[0]?.name], [16, "check 4"]);
  });
});
