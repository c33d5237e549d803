import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY } from "../../../src/core/index.ts";
import type { Policy } from "../../../src/core/index.ts";
import { approve, halt, lastRefused, move, place, release, reopen, resume } from "../../support/asks.ts";
import { agent, fact, harness, newTask, World } from "../../support/world.ts";

const create = (body: Parameters<typeof newTask>[0]) => ({ type: "create_task", body: newTask(body) }) as const;
const claim = (task: string) => ({ type: "claim_task", body: { task } }) as const;
const lineage = (change: Partial<Policy["lineage"]>): Policy => ({
  ...DAY_ONE_POLICY,
  lineage: { ...DAY_ONE_POLICY.lineage, ...change },
});
const enforcing = (...names: string[]): Policy => ({
  ...DAY_ONE_POLICY,
  modes: Object.fromEntries(names.map((name) => [name, "enforce" as const])),
});

describe("depth", () => {
  test("the limit itself is allowed, one deeper is refused, and the soft limit warns", () => {
    const world = new World();
    let parent = world.task();
    for (let deep = 1; deep <= 6; deep += 1) {
      const decision = world.run(create({ parent }));
      assert.equal(decision.verdict, "granted", `depth ${deep}`);
      assert.equal(decision.warnings?.[0]?.code, deep > 4 ? "lineage.depth_exceeded" : undefined, `depth ${deep}`);
      parent = String(decision.result?.["task"]);
    }
    const refused = world.run(create({ parent }));
    assert.equal(refused.code, "lineage.depth_exceeded");
    assert.equal(refused.message, "depth 7, limit 6");
    assert.deepEqual(refused.next, ["create nothing; do it inside T-7"]);
  });
});

describe("cycle", () => {
  test("a task cannot be its own parent or its own origin", () => {
    const world = new World();
    assert.equal(world.code(create({ task: "x", parent: "x" })), "lineage.cycle");
    assert.equal(world.code(create({ task: "x", createdBy: "x" })), "lineage.cycle");
  });

  test("an ancestor's id cannot be made again below it, by parent or by created-by", () => {
    const world = new World();
    world.task({ task: "a" });
    world.task({ task: "b", parent: "a" });
    world.task({ task: "c", createdBy: "b" });
    world.task({ task: "o", createdBy: "c" });
    assert.equal(world.code(create({ task: "a", parent: "b" })), "lineage.cycle");
    assert.equal(world.code(create({ task: "b", createdBy: "o" })), "lineage.cycle");
  });

  test("a told parent that closes a circle is found and not followed", () => {
    const world = new World();
    world.run({ type: "record_fact", body: fact({ task: "a", to: "todo" }) }, harness);
    world.run({ type: "record_fact", body: fact({ task: "b", to: "todo", parent: "a" }) }, harness);
    const decision = world.run({ type: "record_fact", body: fact({ task: "a", to: "todo", parent: "b" }) }, harness);
    assert.deepEqual(
      decision.wouldHave?.map((finding) => finding.code),
      ["lineage.cycle"],
    );
    const row = world.get("task/a");
    assert.equal(row?.kind === "task" && row.parent, null);
  });
});

describe("identity", () => {
  test("an agent cannot make for itself the kind of work it holds", () => {
    const world = new World();
    const parent = world.held("a-1", { taskKind: "feature" });
    assert.equal(
      world.code(create({ parent, taskKind: "feature", assignee: "a-1" }), agent("a-1")),
      "lineage.identity_loop",
    );
    assert.equal(
      world.code(create({ parent, taskKind: "Feature", assignee: "a-1" }), agent("a-1")),
      "lineage.identity_loop",
    );
    assert.equal(world.code(create({ parent, taskKind: "test", assignee: "a-1" }), agent("a-1")), "task.created");
    assert.equal(world.code(create({ parent, taskKind: "feature", assignee: "a-2" }), agent("a-1")), "task.created");
  });

  test("leaving the assignee out evades nothing: the claim is refused", () => {
    const world = new World();
    const parent = world.held("a-1", { taskKind: "feature" });
    const child = String(world.run(create({ parent, taskKind: "feature" }), agent("a-1")).result?.["task"]);
    assert.equal(world.code(claim(child), agent("a-1")), "lineage.identity_loop");
    assert.equal(world.code(claim(child), agent("a-2")), "task.claimed");
  });

  /** F, held by a-1, which made F1 below it for nobody and then gave F back. */
  function givenBack(kind = "feature"): { readonly world: World; readonly above: string; readonly below: string } {
    const world = new World();
    const above = world.held("a-1", { taskKind: "feature" });
    const below = String(world.run(create({ parent: above, taskKind: kind }), agent("a-1")).result?.["task"]);
    world.run(release(above), agent("a-1"));
    return { world, above, below };
  }

  test("giving the whole back for a moment evades nothing: both are never held at once", () => {
    const { world, above, below } = givenBack();
    assert.equal(world.code(claim(below), agent("a-1")), "task.claimed");
    const refused = world.run(claim(above), agent("a-1"));
    assert.equal(refused.code, "lineage.identity_loop");
    assert.equal(refused.message, "a-1 holds T-2, which it made below T-1 for the same kind of work: feature");
    assert.deepEqual(refused.next, ["finish T-2 or give it back first"]);
    assert.equal(world.code(claim(above), agent("a-2")), "task.claimed");
  });

  test("the whole is claimed again once the piece has ended, was given back, or its lease is over", () => {
    for (const ends of ["done", "release", "time", "halt"]) {
      const { world, above, below } = givenBack();
      world.run(claim(below), agent("a-1"));
      if (ends === "done") world.run(move(below, "done"), agent("a-1"));
      if (ends === "release") world.run(release(below), agent("a-1"));
      if (ends === "time") world.at += 1_800_000;
      if (ends === "halt") {
        world.run(halt("agent/a-1"));
        world.run(resume("agent/a-1"));
      }
      assert.equal(world.code(claim(above), agent("a-1")), "task.claimed", ends);
    }
  });

  test("a halt that ended the hold on the whole frees the piece, whether or not anybody noticed", () => {
    const world = new World();
    const above = world.held("a-1", { taskKind: "feature" });
    const below = String(world.run(create({ parent: above, taskKind: "feature" }), agent("a-1")).result?.["task"]);
    world.run(halt("agent/a-1"));
    world.run(resume("agent/a-1"));
    assert.equal(world.code(claim(below), agent("a-1")), "task.claimed");
  });

  test("a tree of a human's, and a piece of another kind, are held together", () => {
    const { world, above, below } = givenBack("test");
    world.run(claim(below), agent("a-1"));
    assert.equal(world.code(claim(above), agent("a-1")), "task.claimed");
    const root = world.task({ taskKind: "feature" });
    const piece = world.held("a-1", { parent: root, taskKind: "feature" });
    assert.equal(world.code(claim(root), agent("a-1")), "task.claimed", piece);
  });

  test("what an agent made elsewhere and holds is not put below what it holds of that kind", () => {
    const world = new World();
    const root = world.task({ taskKind: "plan" });
    const above = world.held("a-1", { parent: root, taskKind: "feature" });
    const made = String(world.run(create({ parent: root, taskKind: "feature" }), agent("a-1")).result?.["task"]);
    world.run(claim(made), agent("a-1"));
    assert.equal(world.code(place(made, above), agent("a-1")), "lineage.identity_loop");
    assert.equal(world.code(place(made, above)), "task.placed", "a human may");
  });

  test("created-by counts like a parent", () => {
    const world = new World();
    const held = world.held("a-1", { taskKind: "feature" });
    assert.equal(
      world.code(create({ createdBy: held, taskKind: "feature", assignee: "a-1" }), agent("a-1")),
      "lineage.identity_loop",
    );
  });
});

describe("reprocess", () => {
  test("an ended id is neither created nor claimed again until a human reopens it", () => {
    const world = new World();
    const id = world.held("a-1", { task: "x" });
    world.run({ type: "move_task", body: { task: id, to: "done", reason: null, lesson: null } }, agent("a-1"));
    assert.equal(world.code(create({ task: "x" })), "lineage.reprocessed");
    assert.equal(world.code(claim("x"), agent("a-1")), "lineage.reprocessed");
    world.run({ type: "reopen_task", body: { task: "x", reason: "again" } });
    assert.equal(world.code(claim("x"), agent("a-1")), "task.claimed");
  });

  test("an open id is not created twice", () => {
    const world = new World();
    world.task({ task: "x" });
    assert.equal(world.code(create({ task: "x" })), "task.exists");
  });

  test("the kernel's own ids step over a caller's T-n", () => {
    const world = new World();
    world.task({ task: "T-7" });
    assert.equal(world.task(), "T-8");
  });
});

describe("children and descendants", () => {
  test("children are counted for life, ended ones too", () => {
    const world = new World(lineage({ children: { soft: 1, hard: 2 } }));
    const parent = world.task();
    const first = world.task({ parent });
    world.run({ type: "move_task", body: { task: first, to: "cancelled", reason: null, lesson: null } });
    assert.equal(world.run(create({ parent })).warnings?.[0]?.code, "lineage.children_exceeded");
    assert.equal(world.code(create({ parent })), "lineage.children_exceeded");
  });

  test("descendants are counted at the root, however deep they lie", () => {
    const world = new World(lineage({ descendants: { soft: null, hard: 2 } }));
    const root = world.task();
    const child = world.task({ parent: root });
    world.task({ parent: child });
    assert.equal(world.code(create({ parent: child })), "lineage.descendants_exceeded");
  });

  test("a fresh root counts where it was made: beginning anew resets nothing", () => {
    const world = new World(lineage({ descendants: { soft: 1, hard: 2 } }));
    const held = world.held("a-1");
    for (let n = 1; n <= 2; n += 1) {
      const made = world.run(create({ title: `root ${n}` }), agent("a-1"));
      assert.equal(made.warnings?.[0]?.code, n > 1 ? "lineage.descendants_exceeded" : undefined);
    }
    const refused = world.run(create({}), agent("a-1"));
    assert.equal(refused.message, `root ${held} has had 2 descendants, limit 2`);
    assert.equal(world.code(create({})), "task.created", "a human's root is a new beginning");
  });
});

describe("duplicate", () => {
  test("the same work open is refused with the existing id", () => {
    const world = new World();
    const id = world.task({ fingerprint: "same" });
    const decision = world.run(create({ fingerprint: "same" }));
    assert.equal(decision.code, "lineage.duplicate_open");
    assert.equal(decision.numbers["existing"], id);
  });

  test("the same work is refused for a while after it ended, then allowed", () => {
    const world = new World();
    const id = world.task({ fingerprint: "same" });
    world.run({ type: "move_task", body: { task: id, to: "cancelled", reason: null, lesson: null } });
    world.at += 60_000;
    const decision = world.run(create({ fingerprint: "same" }));
    assert.equal(decision.code, "lineage.duplicate_recent");
    assert.equal(decision.retryAfterMs, 86_400_000 - 60_000);
    world.at += 86_400_000;
    assert.equal(world.code(create({ fingerprint: "same" })), "task.created");
  });
});

describe("opening work again", () => {
  const end = (task: string) =>
    ({ type: "move_task", body: { task, to: "cancelled", reason: null, lesson: null } }) as const;

  /** Work that ended, and the same work made again later, open. */
  function doneAgain(): { world: World; first: string; second: string } {
    const world = new World();
    const first = world.task({ fingerprint: "same" });
    world.run(end(first));
    world.at += DAY_ONE_POLICY.lineage.duplicateWindowMs;
    return { world, first, second: world.task({ fingerprint: "same" }) };
  }

  test("beside an open copy is refused, and names it, by whatever command", () => {
    const { world, first, second } = doneAgain();
    for (const asked of [reopen(first), move(first, "todo")]) {
      const refused = world.run(asked);
      assert.deepEqual([refused.code, refused.numbers["existing"]], ["lineage.duplicate_open", second]);
      assert.match(refused.next.join(), new RegExp(`use ${second} and leave ${first} ended`));
    }
  });

  test("passes when a human approves that expressly, and the open copy stays the one that is named", () => {
    const { world, first, second } = doneAgain();
    world.run(reopen(first));
    world.run(approve(lastRefused(world)));
    assert.equal(world.code(reopen(first)), "task.reopened");
    assert.equal(world.run(create({ fingerprint: "same" })).numbers["existing"], second);
  });

  test("passes once the copy has ended, and then counts for later copies", () => {
    const { world, first, second } = doneAgain();
    world.run(end(second));
    assert.equal(world.code(reopen(first)), "task.reopened");
    const refused = world.run(create({ fingerprint: "same" }));
    assert.deepEqual([refused.code, refused.numbers["existing"]], ["lineage.duplicate_open", first]);
  });

  test("what a harness tells of is only noted: it has happened", () => {
    const { world, first } = doneAgain();
    const body = fact({ task: first, from: "cancelled", to: "todo", occurredAt: world.at });
    assert.equal(world.code({ type: "record_fact", body }, harness), "fact.recorded");
  });
});

describe("template", () => {
  const digest = create({ title: "digest" }).body;
  const next = (world: World) =>
    world.run({ type: "create_task", body: { ...digest, fingerprint: String(world.log.length) } }, agent("a-1"));

  test("it observes on day one: the sixth of a day is granted and marked", () => {
    const world = new World();
    for (let n = 1; n <= 5; n += 1)
      assert.equal(
        next(world).wouldHave?.some((found) => found.code === "lineage.template_repeated"),
        false,
      );
    const sixth = next(world);
    assert.equal(sixth.verdict, "granted");
    assert.deepEqual(
      sixth.wouldHave?.map((found) => found.code),
      ["lineage.template_repeated", "lineage.root_not_allowed", "lineage.admission_incomplete"],
    );
  });

  test("enforced, it refuses the sixth of a UTC day and lets the next day begin anew", () => {
    const world = new World(enforcing("template"));
    for (let n = 1; n <= 5; n += 1) assert.equal(next(world).verdict, "granted");
    assert.equal(next(world).code, "lineage.template_repeated");
    world.at += 86_400_000;
    assert.equal(next(world).verdict, "granted");
  });

  test("a human's titles are not counted", () => {
    const world = new World(enforcing("template"));
    for (let n = 1; n <= 9; n += 1)
      assert.equal(world.run({ type: "create_task", body: { ...digest, fingerprint: String(n) } }).verdict, "granted");
  });
});

describe("provenance", () => {
  test("enforced, an agent creates only below a task it holds", () => {
    const world = new World(enforcing("provenance"));
    const held = world.held("a-1");
    assert.equal(world.code(create({ parent: held }), agent("a-2")), "lineage.parent_not_held");
    assert.equal(world.code(create({ parent: held }), agent("a-1")), "task.created");
  });

  test("enforced, roots come from humans and the agents that the policy names", () => {
    const world = new World({
      ...enforcing("provenance"),
      lineage: { ...DAY_ONE_POLICY.lineage, rootAgents: ["planner"] },
    });
    assert.equal(world.code(create({}), agent("a-1")), "lineage.root_not_allowed");
    assert.equal(world.code(create({}), agent("planner")), "task.created");
  });
});
