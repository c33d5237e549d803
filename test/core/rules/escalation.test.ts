import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { backoffMs, DAY_ONE_POLICY } from "../../../src/core/index.ts";
import { assign, claim, move, record, release, reopen, taskIn } from "../../support/asks.ts";
import { withEscalation } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

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

  test("an agent takes parked work up again; parked as often as attempts are granted it is a dead letter", () => {
    const world = new World(withEscalation({ attemptsMax: 2, retriesMax: 2 }));
    const id = world.task();
    for (let parks = 1; parks <= 2; parks += 1) {
      fail(world, id, "a-1");
      const row = fail(world, id, "a-1");
      assert.deepEqual([row.state, row.escalation.parks], ["blocked", parks]);
    }
    const refused = world.run(claim(id), agent("a-1"));
    assert.equal(refused.code, "escalation.dead_letter");
    assert.equal(refused.message, "T-1 was parked 2 times, limit 2: a dead letter until a human acts");
    assert.equal(world.code(move(id, "todo"), agent("a-1")), "escalation.dead_letter");
    assert.equal(world.code(move(id, "cancelled", "no use"), agent("a-1")), "escalation.dead_letter");
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

  test("a human who gives up a task is no failed attempt", () => {
    const world = new World();
    const id = world.task();
    world.run(claim(id));
    world.run(release(id, "failed"));
    assert.deepEqual([taskIn(world, id).escalation.failures, taskIn(world, id).attempt], [0, 1]);
  });
});
