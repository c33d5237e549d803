import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { claim, edit, move } from "../../support/asks.ts";
import { agent, World } from "../../support/world.ts";
import type { Kinds } from "../../support/world.ts";

const register = (name: string, capabilities: readonly string[]): Kinds => ({
  type: "register_agent",
  body: { agent: name, capabilities },
});

describe("capability", () => {
  test("a task that needs something is claimed only by agents registered with all of it", () => {
    const world = new World();
    const id = world.task({ needs: ["review", "signing"] });
    assert.equal(world.code(claim(id), agent("a-1")), "claim.capability_missing");
    world.run(register("a-1", ["signing"]));
    const refused = world.run(claim(id), agent("a-1"));
    assert.equal(refused.message, "T-1 needs review, which a-1 is not registered with");
    world.run(register("a-1", ["signing", "review", "cooking"]));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
  });

  test("an agent registers itself with what a human registered for it, or less, and never with more", () => {
    const world = new World();
    const own = (...capabilities: string[]) => world.run(register("a-1", capabilities), agent("a-1"));
    assert.equal(own().code, "agent.registered");
    const refused = own("root", "signing");
    assert.deepEqual(
      [refused.code, refused.message, refused.next],
      [
        "agent.capability_not_given",
        "a-1 is not registered with root, signing, and gives itself nothing",
        ["work on what needs no more", "a human runs `exec-kernel agent register a-1 --capabilities ...`"],
      ],
    );
    world.run(register("a-1", ["review", "signing"]));
    assert.equal(own("review", "signing").code, "agent.registered");
    assert.equal(own("review", "root").message, "a-1 is not registered with root, and gives itself nothing");
    assert.equal(own("review").code, "agent.registered");
    assert.equal(own("review", "signing").code, "agent.capability_not_given", "what it gave up is a human's to give");
    const timer = { kind: "system", actor: "setup" } as const;
    assert.equal(world.code(register("a-1", ["signing"]), timer), "agent.registered");
  });

  test("a move into the working state is judged like a claim", () => {
    const world = new World();
    const id = world.task({ needs: ["signing"] });
    assert.equal(world.code(move(id, "in_progress"), agent("a-1")), "claim.capability_missing");
  });

  test("a human can do everything, and a task without needs is anybody's", () => {
    const world = new World();
    assert.equal(world.code(claim(world.task({ needs: ["signing"] }))), "task.claimed");
    assert.equal(world.code(claim(world.task()), agent("a-1")), "task.claimed");
  });

  test("needs that change count from the next claim on", () => {
    const world = new World();
    const id = world.task();
    world.run(edit(id, { needs: ["signing"] }));
    assert.equal(world.code(claim(id), agent("a-1")), "claim.capability_missing");
    world.run(edit(id, { needs: [] }));
    assert.equal(world.code(claim(id), agent("a-1")), "task.claimed");
  });
});
