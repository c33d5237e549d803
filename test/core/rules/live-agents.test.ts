import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { claim, create, halt, release } from "../../support/asks.ts";
import { withLineage } from "../../support/policies.ts";
import { agent, World } from "../../support/world.ts";

const policy = withLineage({ liveAgents: { soft: 1, hard: 2 } });

function tree(world: World, count: number): readonly string[] {
  const root = world.task();
  return [root, ...Array.from({ length: count }, () => world.task({ parent: root }))];
}

describe("live-agents", () => {
  test("above the soft limit it warns, above the hard one the claim is refused", () => {
    const world = new World(policy);
    const [root = "", one = "", two = ""] = tree(world, 2);
    assert.equal(world.run(claim(root), agent("a-1")).warnings, undefined);
    assert.equal(world.run(claim(one), agent("a-2")).warnings?.[0]?.code, "lineage.live_agents_exceeded");
    const refused = world.run(claim(two), agent("a-3"));
    assert.deepEqual(
      [refused.code, refused.message],
      ["lineage.live_agents_exceeded", "2 agents work below T-1, limit 2"],
    );
  });

  test("agents are counted, not leases", () => {
    const world = new World(policy);
    const ids = tree(world, 4);
    for (const id of ids) assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
    assert.equal(world.run(release(ids[0] ?? ""), agent("a-1")).verdict, "granted");
    assert.equal(world.code(claim(ids[0] ?? ""), agent("a-2")), "task.claimed");
  });

  test("leases that are over do not count, though nobody has noticed yet", () => {
    const world = new World(policy);
    const [root = "", one = "", two = ""] = tree(world, 2);
    world.run(claim(root), agent("a-1"));
    world.run(claim(one), agent("a-2"));
    world.at += 1_799_999;
    assert.equal(world.code(claim(two), agent("a-3")), "lineage.live_agents_exceeded");
    world.at += 1;
    assert.equal(world.run(claim(two), agent("a-3")).warnings, undefined);
  });

  test("giving back makes room, and another root has room of its own", () => {
    const world = new World(policy);
    const [root = "", one = "", two = ""] = tree(world, 2);
    world.run(claim(root), agent("a-1"));
    world.run(claim(one), agent("a-2"));
    assert.equal(world.code(claim(world.task()), agent("a-3")), "task.claimed");
    world.run(release(one), agent("a-2"));
    assert.equal(world.code(claim(two), agent("a-3")), "task.claimed");
  });

  test("a lease that a halt ended counts until somebody touches it or its time is over", () => {
    const world = new World(withLineage({ liveAgents: { soft: null, hard: 1 } }));
    const [root = "", one = ""] = tree(world, 1);
    world.run(claim(root), agent("a-1"));
    world.run(halt("agent/a-1"));
    assert.equal(world.code(claim(one), agent("a-2")), "lineage.live_agents_exceeded");
    world.run({ type: "sweep", body: { tasks: [root], reservations: [] } });
    assert.equal(world.code(claim(one), agent("a-2")), "task.claimed");
  });

  test("a fresh root does not leave the count of where it was made", () => {
    const world = new World(withLineage({ liveAgents: { soft: null, hard: 2 } }));
    const [root = ""] = tree(world, 0);
    world.run(claim(root), agent("a-1"));
    for (const by of ["a-2", "a-3"]) {
      const fresh = String(world.run(create({ taskKind: by }), agent("a-1")).result?.["task"]);
      assert.equal(
        world.code(claim(fresh), agent(by)),
        by === "a-2" ? "task.claimed" : "lineage.live_agents_exceeded",
        `${by} works for ${root} too`,
      );
    }
  });
});
