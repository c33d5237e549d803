import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { backoffMs, DAY_ONE_POLICY, rungAt } from "../../../src/core/index.ts";
import { approve, assign, claim, lastRefused, move, record, release, reopen, taskIn } from "../../support/asks.ts";
import { withEscalation } from "../../support/policies.ts";
import { callOf, take } from "../../support/steps.ts";
import { agent, World } from "../../support/world.ts";

const LEASE_MS = DAY_ONE_POLICY.lease.ttlMs;
const LADDER = { attemptsMax: 5, retriesMax: 2, lead: "boss" } as const;

/** Lets this agent claim the task and fail; gives the row afterwards. */
function fail(world: World, id: string, by: string): ReturnType<typeof taskIn> {
  const claimed = world.code(claim(id), agent(by));
  assert.equal(claimed, "task.claimed", `${by} takes its turn`);
  assert.equal(world.code(release(id, "failed"), agent(by)), "task.released");
  const row = taskIn(world, id);
  world.at = Math.max(world.at, row.escalation.notBefore);
  return row;
}

describe("backoff", () => {
  const policy = DAY_ONE_POLICY.escalation;

  test("the pause doubles from the first one on up to the longest, at least half of it", () => {
    const whole = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 120_000, 120_000];
    for (const [index, full] of whole.entries())
      for (const task of ["T-1", "T-2", "BUG-7", "x".repeat(200)]) {
        const pause = backoffMs(task, index + 1, policy);
        assert.ok(Number.isSafeInteger(pause) && pause >= full / 2 && pause <= full, `${task} ${index + 1}: ${pause}`);
      }
  });

  test("the jitter comes from the task's id: the same each time, spread over tasks", () => {
    const pauses = Array.from({ length: 200 }, (_, n) => backoffMs(`T-${n}`, 1, policy));
    assert.deepEqual(
      pauses,
      Array.from({ length: 200 }, (_, n) => backoffMs(`T-${n}`, 1, policy)),
    );
    assert.ok(new Set(pauses).size > 50, "200 tasks do not come back together");
    assert.ok(Math.min(...pauses) < 600 && Math.max(...pauses) > 900);
  });

  test("any number of failures gives a number", () => {
    assert.ok(backoffMs("T-1", 5_000, policy) <= policy.backoffMaxMs);
    assert.equal(backoffMs("T-1", 1, { ...policy, backoffFirstMs: 0 }), 0);
  });
});

describe("escalation", () => {
  test("after a failed attempt the task rests, and the refusal says how long", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(release(id, "crashed"), agent("a-1"));
    const pause = backoffMs(id, 1, DAY_ONE_POLICY.escalation);
    const refused = world.run(claim(id), agent("a-2"));
    assert.deepEqual([refused.code, refused.retryAfterMs], ["escalation.backoff", pause]);
    assert.equal(refused.numbers["failures"], 1);
    world.at += pause - 1;
    assert.equal(world.code(claim(id), agent("a-2")), "escalation.backoff");
    world.at += 1;
    assert.equal(world.code(claim(id), agent("a-2")), "task.claimed");
  });

  test("a lost lease is a failed attempt; its pause runs from the loss on, whoever notices when", () => {
    const world = new World();
    const id = world.held("a-1");
    world.at += 1_800_000 + backoffMs(id, 1, DAY_ONE_POLICY.escalation) - 1;
    assert.equal(world.code(claim(id), agent("a-1")), "escalation.backoff");
    world.at += 1;
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    assert.equal(taskIn(world, id).attempt, 2);
  });

  test("giving back and running out of time are no failures; a slow provider makes it rest", () => {
    for (const cause of ["given_back", "timed_out"] as const) {
      const world = new World();
      const id = world.held("a-1");
      world.run(release(id, cause), agent("a-1"));
      assert.deepEqual([taskIn(world, id).attempt, taskIn(world, id).escalation.failures], [1, 0], cause);
      assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    }
    const world = new World();
    const id = world.held("a-1");
    world.run(release(id, "rate_limited"), agent("a-1"));
    assert.deepEqual([taskIn(world, id).attempt, taskIn(world, id).escalation.failures], [1, 0]);
    assert.equal(world.code(claim(id), agent("a-1")), "escalation.backoff");
  });

  test("the ladder: anybody twice, then a peer, then the lead, then a human", () => {
    const world = new World(withEscalation(LADDER));
    const id = world.task();
    assert.equal(fail(world, id, "a-1").escalation.tier, "anybody");
    assert.equal(fail(world, id, "a-1").escalation.tier, "anybody");
    assert.equal(fail(world, id, "a-1").escalation.tier, "peer");
    const peer = world.run(claim(id), agent("a-1"));
    assert.deepEqual(
      [peer.code, peer.message],
      ["escalation.peer_needed", "T-1 failed 3 times, and a-1 was among those who tried"],
    );
    const led = fail(world, id, "a-2");
    assert.deepEqual([led.escalation.tier, led.assignee], ["lead", "agent:boss"]);
    const lead = world.run(claim(id), agent("a-3"));
    assert.deepEqual(
      [lead.code, lead.message],
      ["escalation.lead_needed", "T-1 failed 4 times and waits for the lead, boss"],
    );
    const parked = fail(world, id, "boss");
    assert.deepEqual([parked.state, parked.escalation.tier, parked.escalation.parks], ["blocked", "human", 1]);
    assert.equal(parked.attempt, 6);
    const { to, via } = ((event) => (event?.type === "task_moved" ? event.body : { to: "", via: "" }))(
      world.log.at(-1),
    );
    assert.deepEqual([to, via], ["blocked", "release"]);
  });

  test("without a lead the last attempt is another peer's", () => {
    const world = new World(withEscalation({ ...LADDER, lead: null }));
    const id = world.task();
    for (const by of ["a-1", "a-1", "a-1"]) fail(world, id, by);
    assert.equal(fail(world, id, "a-2").escalation.tier, "peer");
    for (const by of ["a-1", "a-2"]) assert.equal(world.code(claim(id), agent(by)), "escalation.peer_needed");
    assert.equal(fail(world, id, "a-3").state, "blocked");
  });

  test("what is parked for a human no agent claims, moves or ends, whoever it is; nothing is forgotten by asking", () => {
    const world = new World(withEscalation({ attemptsMax: 2, retriesMax: 1 }));
    const id = world.task();
    fail(world, id, "a-1");
    const parked = fail(world, id, "a-1");
    assert.deepEqual([parked.state, parked.escalation.tier, parked.escalation.parks], ["blocked", "human", 1]);
    for (const by of ["a-1", "a-2"])
      for (const asked of [claim(id), move(id, "in_progress"), move(id, "todo"), move(id, "cancelled", "no use")])
        assert.equal(world.code(asked, agent(by)), "escalation.human_needed");
    const { message, next } = world.run(claim(id), agent("a-1"));
    assert.equal(message, "T-1 failed as often as it may and is parked: a human decides");
    assert.equal(next[1], "a human runs `exec-kernel task move T-1 todo`, or cancels it");
    assert.deepEqual(taskIn(world, id), parked);
    const told = world.run(record(id), agent("a-1"));
    assert.deepEqual(
      [told.code, told.next],
      ["lease.not_held", ["end your turn: it failed as often as it may, and a human sets it going again"]],
    );
  });

  test("each of a human's hands sets parked work going again, for anybody", () => {
    for (const asked of [move("T-1", "todo"), assign("T-1", "a-1"), assign("T-1", null)]) {
      const world = new World(withEscalation({ attemptsMax: 2, retriesMax: 1 }));
      const id = world.task();
      for (let n = 0; n < 2; n += 1) fail(world, id, "a-1");
      world.run(asked);
      const { tier, failures, failed, parks } = taskIn(world, id).escalation;
      assert.deepEqual([tier, failures, failed, parks], ["anybody", 0, [], 1]);
      assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    }
  });

  test("an approval lets the refused claim through once, with the ladder begun anew", () => {
    const world = new World(withEscalation({ attemptsMax: 2, retriesMax: 1 }));
    const id = world.task();
    for (let n = 0; n < 2; n += 1) fail(world, id, "a-1");
    world.run(claim(id), agent("a-1"));
    world.run(approve(lastRefused(world)));
    assert.equal(world.code(claim(id), agent("a-2")), "escalation.human_needed", "it is the very request's");
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    const { tier, failures, parks } = taskIn(world, id).escalation;
    assert.deepEqual([tier, failures, parks], ["anybody", 0, 1]);
  });

  test("a human's revivals do not wipe how often it was parked; as often as attempts are granted it is a dead letter", () => {
    const world = new World(withEscalation({ attemptsMax: 2, retriesMax: 2 }));
    const id = world.task();
    for (let parks = 1; parks <= 2; parks += 1) {
      fail(world, id, "a-1");
      const row = fail(world, id, "a-1");
      assert.deepEqual([row.state, row.escalation.parks], ["blocked", parks]);
      if (parks === 1) world.run(move(id, "todo"));
    }
    const refused = world.run(claim(id), agent("a-1"));
    assert.equal(refused.code, "escalation.dead_letter");
    assert.equal(refused.message, "T-1 was parked 2 times, limit 2: a dead letter until a human acts");
    assert.equal(world.code(move(id, "todo"), agent("a-1")), "escalation.dead_letter");
    assert.equal(world.code(move(id, "cancelled", "no use"), agent("a-1")), "escalation.dead_letter");
  });

  test("a dead letter is revived by a human's move, expressly, and not by an assignment; the count begins anew", () => {
    const world = new World(withEscalation({ attemptsMax: 1, retriesMax: 0 }));
    const id = world.task();
    fail(world, id, "a-1");
    assert.equal(world.code(assign(id, "a-2")), "task.assigned");
    assert.equal(world.code(claim(id), agent("a-2")), "escalation.dead_letter");
    world.run(move(id, "todo"));
    assert.equal(taskIn(world, id).escalation.parks, 0);
    assert.equal(world.code(claim(id), agent("a-2")), "task.claimed");
  });

  test("work that was parked for its steps counts as parked too", () => {
    const world = new World(withEscalation({ attemptsMax: 1, retriesMax: 0 }));
    const id = world.held("a-1");
    const read = { call: callOf("read") };
    for (let n = 0; n < 10; n += 1) take(world, id, read.call, "same");
    assert.deepEqual([taskIn(world, id).escalation.tier, taskIn(world, id).escalation.parks], ["stuck", 1]);
    assert.equal(world.code(claim(id), agent("a-2")), "escalation.dead_letter");
  });

  test("a human's move, assignment, release or reopening begins the ladder anew", () => {
    const policy = withEscalation({ attemptsMax: 3, retriesMax: 0 });
    const worn = (): { world: World; id: string } => {
      const world = new World(policy);
      const id = world.task();
      fail(world, id, "a-1");
      fail(world, id, "a-2");
      return { world, id };
    };
    const acts: readonly ((world: World, id: string) => void)[] = [
      (world, id) => world.run(assign(id, "a-1")),
      (world, id) => world.run(move(id, "blocked", "look")),
      (world, id) => {
        world.run(claim(id), agent("a-3"));
        world.run(release(id));
      },
      (world, id) => {
        world.run(move(id, "cancelled"));
        world.run(reopen(id));
      },
    ];
    for (const act of acts) {
      const { world, id } = worn();
      act(world, id);
      const { tier, failures, failed, parks, notBefore } = taskIn(world, id).escalation;
      assert.deepEqual([tier, failures, failed, parks, notBefore], ["anybody", 0, [], 0, 0]);
      assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    }
  });

  test("a human's hand takes a dead letter up", () => {
    const world = new World(withEscalation({ attemptsMax: 1, retriesMax: 0 }));
    const id = world.task();
    fail(world, id, "a-1");
    assert.equal(world.code(claim(id), agent("a-1")), "escalation.dead_letter");
    assert.equal(world.code(move(id, "todo")), "task.moved");
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    assert.equal(world.code(record(id), agent("a-1")), "step.recorded");
  });

  test("a rung that waits for a peer lasts as long as a lease lives; then a human decides", () => {
    const world = new World(withEscalation({ attemptsMax: 5, retriesMax: 0, lead: null }));
    const id = world.task();
    const { notBefore } = fail(world, id, "a-1").escalation;
    world.at = notBefore + LEASE_MS - 1;
    assert.equal(world.code(claim(id), agent("a-1")), "escalation.peer_needed");
    world.at += 1;
    for (const by of ["a-1", "a-2"]) {
      const refused = world.run(claim(id), agent(by));
      assert.equal(refused.code, "escalation.human_needed");
      assert.equal(refused.message, "T-1 failed 1 time and waited 30 min for another agent: a human decides");
      assert.equal(refused.next[1], "a human runs `exec-kernel task edit T-1 --assignee AGENT`");
    }
    world.run(assign(id, "a-1"));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
  });

  test("an approved claim on a rung that waited in vain begins the ladder anew too", () => {
    const world = new World(withEscalation({ attemptsMax: 5, retriesMax: 0, lead: null }));
    const id = world.task();
    world.at = fail(world, id, "a-1").escalation.notBefore + LEASE_MS;
    world.run(claim(id), agent("a-2"));
    world.run(approve(lastRefused(world)));
    assert.equal(world.code(claim(id), agent("a-2")), "task.claimed");
    const { tier, failures, failed } = taskIn(world, id).escalation;
    assert.deepEqual([tier, failures, failed], ["anybody", 0, []]);
    world.run(release(id), agent("a-2"));
    assert.equal(world.code(claim(id), agent("a-3")), "task.claimed");
  });

  test("a peer that comes in time takes it up", () => {
    const world = new World(withEscalation({ attemptsMax: 5, retriesMax: 0 }));
    const id = world.task();
    world.at = fail(world, id, "a-1").escalation.notBefore + LEASE_MS - 1;
    assert.equal(world.code(claim(id), agent("a-2")), "task.claimed");
  });

  test("where a lead is named the rung after the peers is the lead's, as long again; then a human's", () => {
    const world = new World(withEscalation({ attemptsMax: 5, retriesMax: 0, lead: "boss" }));
    const id = world.task();
    const { notBefore } = fail(world, id, "a-1").escalation;
    world.at = notBefore + LEASE_MS;
    assert.equal(world.code(claim(id), agent("a-2")), "escalation.lead_needed");
    world.at = notBefore + 2 * LEASE_MS;
    for (const by of ["a-2", "boss"]) assert.equal(world.code(claim(id), agent(by)), "escalation.human_needed");
    assert.equal(world.code(claim(id)), "task.claimed", "a human may");
  });

  test("a lead that never comes is waited for as long as a lease lives", () => {
    const world = new World(withEscalation({ attemptsMax: 2, retriesMax: 0, lead: "boss" }));
    const id = world.task();
    const row = fail(world, id, "a-1");
    assert.equal(row.escalation.tier, "lead");
    world.at = row.escalation.notBefore + LEASE_MS;
    assert.equal(world.code(claim(id), agent("boss")), "escalation.human_needed");
  });

  test("the rung is a matter of the clock alone: the row is the same whoever looked in between", () => {
    const world = new World(withEscalation({ attemptsMax: 5, retriesMax: 0, lead: "boss" }));
    const id = world.task();
    const row = fail(world, id, "a-1");
    const { policy } = world.policy;
    const since = row.escalation.notBefore;
    const tiers = [0, 1, 2, 99].map((n) => rungAt(row, policy, since + n * LEASE_MS));
    assert.deepEqual(
      tiers.map(({ tier, since: from }) => [tier, (from - since) / LEASE_MS]),
      [
        ["peer", 0],
        ["lead", 1],
        ["human", 2],
        ["human", 2],
      ],
    );
  });

  test("a human who gives up a task is no failed attempt", () => {
    const world = new World();
    const id = world.task();
    world.run(claim(id));
    world.run(release(id, "failed"));
    assert.deepEqual([taskIn(world, id).escalation.failures, taskIn(world, id).attempt], [0, 1]);
  });
});
