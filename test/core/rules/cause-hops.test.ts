import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { claim, create, release, taskIn } from "../../support/asks.ts";
import { withLineage } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

const wake = (name: string) => ({ type: "wake_agent", body: { agent: name, reason: null } }) as const;

/** Claims the task, makes a fresh root for the other agent, gives the task back; gives the decision on the root. */
function handOn(world: World, task: string, from: string, to: string): ReturnType<World["run"]> {
  assert.equal(world.code(claim(task), agent(from)), "task.claimed");
  const made = world.run(create({ assignee: to, taskKind: `for ${to}` }), agent(from));
  world.run(release(task), agent(from));
  return made;
}

/** Hands work to and fro until it is refused; gives how many were made and the refusal. */
function pingPong(world: World, first: string): { made: number; last: ReturnType<World["run"]> } {
  let task = first;
  for (let made = 0; ; made += 1) {
    const [from, to] = made % 2 === 0 ? ["a-1", "a-2"] : ["a-2", "a-1"];
    const last = handOn(world, task, from ?? "", to ?? "");
    if (last.verdict === "refused" || made > 99) return { made, last };
    task = String(last.result?.["task"]);
  }
}

describe("cause-hops", () => {
  test("two agents that hand each other work across fresh roots are stopped after 8 hops", () => {
    const world = new World();
    const { made, last } = pingPong(world, world.task());
    assert.equal(made, 8);
    assert.deepEqual(
      [last.code, last.message],
      ["lineage.cause_hops_exceeded", "T-10 would be creation 9 in a row since a human or a timer acted, limit 8"],
    );
  });

  test("each of the roots is charged to where it all began", () => {
    const world = new World();
    const first = world.task();
    pingPong(world, first);
    for (let n = 2; n <= 9; n += 1) {
      const row = taskIn(world, `T-${n}`);
      assert.deepEqual([row.parent, row.originRoot, row.causeHops], [null, first, n - 1]);
    }
  });

  test("leaving out parent and created-by evades nothing: what the agent works on is the cause", () => {
    const world = new World(withLineage({ causeHopsMax: 1 }));
    const held = world.held("a-1");
    const child = String(world.run(create({ parent: held }), agent("a-1")).result?.["task"]);
    world.run(claim(child), agent("a-2"));
    assert.equal(world.code(create(), agent("a-2")), "lineage.cause_hops_exceeded");
    world.run(release(child), agent("a-2"));
    assert.equal(world.code(create(), agent("a-2")), "lineage.cause_hops_exceeded", "giving it back neither");
  });

  test("a human's own creation begins the count anew", () => {
    const world = new World();
    const { last } = pingPong(world, world.task());
    assert.equal(last.code, "lineage.cause_hops_exceeded");
    assert.equal(pingPong(world, world.task()).made, 8);
    assert.equal(world.code(create({ parent: "T-9" })), "task.created", "a human makes whatever they want");
  });

  test("a human's or a timer's wake clears what an agent's work was caused by", () => {
    for (const as of [{}, { kind: "system", actor: "timer" } as const]) {
      const world = new World();
      const { made } = pingPong(world, world.task());
      assert.equal(made, 8);
      assert.equal(world.code(create(), agent("a-1")), "lineage.cause_hops_exceeded");
      world.run(wake("a-1"), as);
      assert.equal(world.code(create(), agent("a-1")), "task.created");
    }
  });

  test("who is woken by an assignment goes on counting where the assigner was", () => {
    const world = new World();
    const held = world.held("a-1");
    world.run({ type: "sleep_agent", body: { agent: "a-2", timeoutMs: null, reason: "no_tasks" } }, agent("a-2"));
    const given = String(world.run(create({ parent: held, assignee: "a-2" }), agent("a-1")).result?.["task"]);
    assert.equal(taskIn(world, given).causeHops, 1);
    const root = String(world.run(create(), agent("a-2")).result?.["task"]);
    assert.deepEqual([taskIn(world, root).causeHops, taskIn(world, root).originRoot], [2, held]);
  });

  test("an agent that works on nothing begins at one", () => {
    const world = new World();
    const id = String(world.run(create(), agent("a-1")).result?.["task"]);
    assert.equal(taskIn(world, id).causeHops, 1);
    assert.equal(taskIn(world, world.task()).causeHops, 0);
  });
});
