import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  approve,
  assign,
  claim,
  countsIn,
  edit,
  heartbeat,
  lastRefused,
  move,
  record,
  release,
  reserve,
  sleep,
  taskIn,
} from "../../support/asks.ts";
import { hard, withEscalation, withLimits, withLineage } from "../../support/policies.ts";
import { agent, harness, World } from "../../support/world.ts";

const MINUTE = 60_000;
const TTL = 30 * MINUTE;
const time = (world: World, scope: string): readonly number[] => {
  const { used, held } = countsIn(world, scope, "durationMs");
  return [used[0], held[0]];
};
const lasting = (ms: number): World => new World(withLimits({ task: { lifetime: { durationMs: hard(ms) } } }));

describe("how long a lease lives", () => {
  test("an agent's lives half an hour, held as time in every scope; a human's has no end", () => {
    const world = new World();
    const id = world.task();
    assert.equal(world.run(claim(id), agent("a-1")).result?.["expiresAt"], world.at + TTL);
    for (const scope of [`task/${id}`, `lineage/${id}`, "agent/a-1", "workspace"])
      assert.deepEqual(time(world, scope), [0, TTL], scope);
    const own = world.task();
    assert.equal(world.run(claim(own)).result?.["expiresAt"], undefined);
    world.at += 30 * 24 * 60 * MINUTE;
    assert.equal(world.code(record(own)), "step.recorded");
    assert.equal(world.code(heartbeat(own)), "lease.endless");
    assert.equal(world.run(release(own)).verdict, "granted");
    assert.equal(time(world, `task/${own}`)[0], 30 * 24 * 60 * MINUTE);
  });

  test("no longer than the time that any limit leaves", () => {
    for (const [limits, task, left] of [
      [{ task: { lifetime: { durationMs: hard(5 * MINUTE) } } }, {}, 5 * MINUTE],
      [{ lineage: { lifetime: { durationMs: hard(6 * MINUTE) } } }, {}, 6 * MINUTE],
      [{ agent: { hour: { durationMs: hard(7 * MINUTE) } } }, {}, 7 * MINUTE],
      [{ workspace: { day: { durationMs: hard(8 * MINUTE) } } }, {}, 8 * MINUTE],
      [{}, { limits: { durationMs: 9 * MINUTE } }, 9 * MINUTE],
      [{ task: { lifetime: { durationMs: hard(60 * MINUTE) } } }, {}, TTL],
    ] as const) {
      const world = new World(withLimits(limits));
      const id = world.held("a-1", task);
      assert.equal(taskIn(world, id).lease?.ttlMs, left);
    }
  });

  test("time held by other leases leaves less", () => {
    const world = new World(withLimits({ agent: { lifetime: { durationMs: hard(40 * MINUTE) } } }));
    world.held("a-1");
    assert.equal(taskIn(world, world.held("a-1")).lease?.ttlMs, 10 * MINUTE);
    const id = world.task();
    const refused = world.run(claim(id), agent("a-1"));
    assert.equal(refused.message, "agent a-1 used 0 ms of 40 min, 40 min more reserved; this asks for 30 min");
    assert.equal(world.code(claim(id), agent("a-2")), "task.claimed");
  });

  test("time that a human added counts as long as it stands", () => {
    const world = lasting(MINUTE);
    const id = world.held("a-1");
    world.at += MINUTE;
    world.run({ type: "sweep", body: { tasks: [id], reservations: [] } });
    world.at += MINUTE;
    world.run(claim(id), agent("a-1"));
    world.run(approve(lastRefused(world), { add: { durationMs: 10 * MINUTE } }));
    assert.equal(world.run(claim(id), agent("a-1")).result?.["expiresAt"], world.at + 10 * MINUTE);
  });
});

describe("how a lease is renewed", () => {
  test("a heartbeat books the time so far and begins anew", () => {
    const world = new World();
    const id = world.held("a-1");
    world.at += 10 * MINUTE;
    assert.equal(world.run(heartbeat(id), agent("a-1")).result?.["expiresAt"], world.at + TTL);
    assert.deepEqual(time(world, `task/${id}`), [10 * MINUTE, TTL]);
    world.at += TTL - 1;
    assert.equal(world.code(heartbeat(id), agent("a-1")), "lease.renewed");
    assert.equal(world.code(heartbeat(id), agent("a-2")), "lease.not_held");
    assert.equal(taskIn(world, id).fence, 1, "the fence stays");
  });

  test("work renews it by the way once it is half over, the holder's or a harness's for it", () => {
    for (const [asked, as] of [
      [record, agent("a-1")],
      [reserve, agent("a-1")],
      [record, harness],
    ] as const) {
      const world = new World();
      const id = world.held("a-1");
      world.at += TTL / 2;
      world.run(asked(id), as);
      assert.equal(taskIn(world, id).lease?.since, world.at - TTL / 2, "not before");
      world.at += 1;
      world.run(asked(id), as);
      assert.deepEqual([taskIn(world, id).lease?.since, taskIn(world, id).lease?.ttlMs], [world.at, TTL]);
    }
  });

  test("in an hour that began after it, what it held in the hour before is no room", () => {
    const world = new World(withLimits({ workspace: { hour: { durationMs: hard(40 * MINUTE) } } }));
    const hourLeft = 60 * MINUTE - (world.at % (60 * MINUTE));
    world.at += hourLeft - 10 * MINUTE;
    const first = world.held("a-1");
    world.at += 15 * MINUTE;
    world.held("a-2");
    world.run(heartbeat(first), agent("a-1"));
    assert.equal(taskIn(world, first).lease?.ttlMs, 10 * MINUTE);
    const { used, held } = countsIn(world, "workspace", "durationMs");
    assert.equal(used[1] + held[1], 40 * MINUTE);
  });

  test("where no time is left it runs out by itself, and no step is refused for it", () => {
    const world = lasting(10 * MINUTE);
    const id = world.held("a-1");
    for (let n = 0; n < 9; n += 1) {
      world.at += MINUTE;
      assert.equal(world.code(record(id), agent("a-1")), "step.recorded", `minute ${n + 1}`);
    }
    world.at += MINUTE;
    assert.equal(world.code(record(id), agent("a-1")), "lease.not_held");
    assert.deepEqual(time(world, `task/${id}`), [10 * MINUTE, 0]);
  });
});

describe("how a lease ends", () => {
  test("given back, moved on or slept off, the time worked is booked and the rest is free", () => {
    for (const end of [
      (world: World, id: string) => world.run(release(id), agent("a-1")),
      (world: World, id: string) => world.run(move(id, "in_review"), agent("a-1")),
      (world: World) => world.run(sleep("a-1"), agent("a-1")),
      (world: World, id: string) => world.run(move(id, "blocked")),
    ]) {
      const world = new World();
      const id = world.held("a-1");
      world.at += 7 * MINUTE;
      assert.equal(end(world, id).verdict, "granted");
      assert.deepEqual(time(world, `task/${id}`), [7 * MINUTE, 0]);
      assert.deepEqual(time(world, "workspace"), [7 * MINUTE, 0]);
    }
  });

  test("lost, the whole of it is booked, the attempt is over and the task is back in the queue", () => {
    const world = new World();
    const id = world.held("a-1");
    world.at += TTL;
    assert.equal(world.code(heartbeat(id), agent("a-1")), "lease.not_held");
    const row = taskIn(world, id);
    assert.deepEqual([row.state, row.attempt, row.holder, row.worker], ["todo", 2, null, "agent:a-1"]);
    assert.deepEqual(time(world, `task/${id}`), [TTL, 0]);
    const { type, kind, body } = world.log.at(-2) ?? {};
    assert.deepEqual([type, kind, body && "via" in body ? body.via : ""], ["task_moved", "system", "lost"]);
  });

  test("its last millisecond is the one before its end", () => {
    const world = new World();
    const id = world.held("a-1");
    world.at += TTL - 1;
    assert.equal(world.code(release(id), agent("a-1")), "task.released");
    const other = world.held("a-1");
    world.at += TTL;
    assert.equal(world.code(release(other), agent("a-1")), "lease.not_held");
  });

  test("an assignment made meanwhile outlives the loss of the lease", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(assign(id, "a-2"), agent("a-1"));
    world.at += 2 * TTL;
    world.run({ type: "sweep", body: { tasks: [id], reservations: [] } });
    assert.equal(taskIn(world, id).assignee, "agent:a-2");
  });

  test("a human's assignment meanwhile begins the ladder anew, and the loss counts from there", () => {
    const world = new World();
    const id = world.task();
    for (let n = 0; n < 2; n += 1) {
      world.run(claim(id), agent("a-1"));
      world.run(release(id, "failed"), agent("a-1"));
      world.at += 5 * MINUTE;
    }
    world.run(claim(id), agent("a-1"));
    world.run(assign(id, "a-1"));
    world.at += 2 * TTL;
    world.run({ type: "sweep", body: { tasks: [id], reservations: [] } });
    assert.deepEqual([taskIn(world, id).escalation.failures, taskIn(world, id).assignee], [1, "agent:a-1"]);
  });

  test("parked work that is lost again remembers only who failed since", () => {
    const world = new World(withEscalation({ attemptsMax: 2, retriesMax: 2 }));
    const id = world.task();
    for (const by of ["a-1", "a-2"]) {
      world.run(claim(id), agent(by));
      world.run(release(id, "failed"), agent(by));
      world.at += 5 * MINUTE;
    }
    world.run(move(id, "todo"));
    world.run(claim(id), agent("a-3"));
    world.at += TTL;
    world.run({ type: "sweep", body: { tasks: [id], reservations: [] } });
    const { failed, failures, parks } = taskIn(world, id).escalation;
    assert.deepEqual([failed, failures, parks], [["agent:a-3"], 1, 1]);
  });

  test("a sweep changes no verdict: noticed sooner or later, the rows are the same", () => {
    const [one, two] = [true, false].map((swept) => {
      const world = new World();
      const id = world.held("a-1", { fingerprint: "same" });
      world.at += TTL;
      if (swept) world.run({ type: "sweep", body: { tasks: [id], reservations: [] } });
      world.at += 5 * TTL;
      world.run(claim(id), agent("a-2"));
      const { lease: _, updatedAt: __, ...row } = taskIn(world, id);
      return [row, countsIn(world, "workspace", "durationMs").used[0]];
    });
    assert.deepEqual(one, two);
  });
});

describe("fences", () => {
  test("a fence of an earlier claim is refused on every write of an agent", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(release(id), agent("a-1"));
    world.run(claim(id), agent("a-1"));
    for (const asked of [
      record(id),
      reserve(id),
      heartbeat(id),
      move(id, "done"),
      release(id),
      edit(id, { priority: 0 }),
      assign(id, "a-2"),
    ])
      assert.equal(world.code(asked, agent("a-1", 1)), "lease.fence_stale", asked.type);
    assert.equal(world.code(record(id), agent("a-1", 3)), "lease.fence_stale", "one of the future too");
    assert.equal(world.code(record(id), agent("a-1", 2)), "step.recorded");
    assert.equal(world.code(record(id), agent("a-1")), "step.recorded", "none is taken from the holder itself");
  });

  test("who was overtaken learns that, and by whom", () => {
    const world = new World();
    const id = world.held("a-1");
    world.run(release(id), agent("a-1"));
    world.run(claim(id), agent("a-2"));
    const refused = world.run(record(id), agent("a-1", 1));
    assert.equal(refused.message, "your fence 1, current 2 (a-2). T-1 is not yours");
    assert.deepEqual(refused.next, ["write nothing, end your turn"]);
    const namesake = world.run(record(id), agent("a-2", 1));
    assert.equal(namesake.message, "your fence 1, current 2 (held by a newer claim of your name). T-1 is not yours");
  });
});

describe("bounds of holding", () => {
  test("one actor holds 16 tasks", () => {
    const world = new World();
    for (let n = 0; n < 16; n += 1) world.held("a-1");
    const id = world.task();
    const refused = world.run(claim(id), agent("a-1"));
    assert.deepEqual([refused.code, refused.message], ["lease.too_many", "a-1 holds 16 tasks, limit 16"]);
    assert.equal(world.code(claim(id), agent("a-2")), "task.claimed");
  });

  test("64 leases are open below one root, then the next one waits; those that are over do not count", () => {
    const world = new World(withLineage({ children: hard(1_000), liveAgents: hard(1_000) }));
    const root = world.task();
    for (let n = 0; n < 64; n += 1) world.held(`a-${n % 8}`, { parent: root });
    const id = world.task({ parent: root });
    const refused = world.run(claim(id), agent("a-9"));
    assert.deepEqual([refused.code, refused.message], ["lease.lineage_full", "64 tasks below T-1 are held, limit 64"]);
    world.at += 1_800_000;
    assert.equal(world.code(claim(id), agent("a-9")), "task.claimed");
  });

  test("a claim for whatever is ready finds nothing where there is nothing", () => {
    const world = new World();
    const refused = world.run({ type: "claim_task", body: { task: null } }, agent("a-1"));
    assert.deepEqual(
      [refused.code, refused.next],
      ["claim.nothing_ready", ["create nothing; sleep, or end your turn"]],
    );
  });
});
