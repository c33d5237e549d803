import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { reservationKey } from "../../../src/core/index.ts";
import {
  cancel,
  claim,
  countsIn,
  endRun,
  halt,
  record,
  release,
  reserve,
  reserveBody,
  settle,
  sleep,
  startRun,
} from "../../support/asks.ts";
import { hard, withLimits } from "../../support/policies.ts";
import { agent, harness, World } from "../../support/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const idOf = (decision: ReturnType<World["run"]>): string => String(decision.result?.["reservation"]);
const tokens = (count: number) => ({ amounts: { tokens: count } });
const used = (world: World, id: string): readonly number[] => {
  const counts = countsIn(world, `task/${id}`, "tokens");
  return [counts.used[0], counts.held[0]];
};
const limited = (): World => new World(withLimits({ task: { lifetime: { tokens: hard(100) } } }));

/** A world with one reservation of 10 tokens. */
function reserved(): { world: World; id: string; step: string } {
  const world = limited();
  const id = world.held("a-1");
  return { world, id, step: idOf(world.run(reserve(id, tokens(10)), agent("a-1"))) };
}

describe("reserve, then settle or cancel", () => {
  test("what is reserved is held, what is settled is used, whatever was reserved", () => {
    for (const actual of [0, 7, 10, 13]) {
      const { world, id, step } = reserved();
      assert.deepEqual(used(world, id), [0, 10]);
      assert.equal(world.code(settle(step, tokens(actual)), agent("a-1")), "step.settled");
      assert.deepEqual(used(world, id), [actual, 0]);
      assert.deepEqual(countsIn(world, `task/${id}`, "steps").used, [1, 1, 1, 1]);
      assert.equal(world.get(reservationKey(step)), null);
    }
  });

  test("what is cancelled is free again, the step too", () => {
    const { world, id, step } = reserved();
    assert.equal(world.code(cancel(step), agent("a-1")), "step.cancelled");
    assert.deepEqual(used(world, id), [0, 0]);
    assert.deepEqual(countsIn(world, `task/${id}`, "steps").held, [0, 0, 0, 0]);
  });

  test("what has begun is settled, not cancelled", () => {
    const world = limited();
    const id = world.held("a-1");
    const step = idOf(world.run(reserve(id, { ...tokens(10), started: true }), agent("a-1")));
    const refused = world.run(cancel(step), agent("a-1"));
    assert.deepEqual(refused.next, [`settle it: \`exec-kernel step settle ${step}\``]);
    assert.equal(world.code(settle(step), agent("a-1")), "step.settled");
  });

  test("a reservation is closed once", () => {
    const { world, step } = reserved();
    world.run(settle(step), agent("a-1"));
    assert.equal(world.code(settle(step), agent("a-1")), "reservation.unknown");
    assert.equal(world.code(cancel(step), agent("a-1")), "reservation.unknown");
    assert.equal(world.code(settle("r-999"), agent("a-1")), "reservation.unknown");
  });

  test("it is closed by whoever made it, by a human or by a harness", () => {
    for (const as of [agent("a-1"), {}, harness]) {
      const { world, step } = reserved();
      assert.equal(world.code(settle(step), agent("a-2")), "reservation.not_yours");
      assert.equal(world.code(cancel(step), agent("a-2")), "reservation.not_yours");
      assert.equal(world.code(settle(step), as), "step.settled");
    }
  });

  test("a hand-back step is reserved beside full limits, but may not reserve what is not there", () => {
    const world = new World(withLimits({ task: { lifetime: { steps: hard(1), tokens: hard(5) } } }));
    const id = world.held("a-1");
    world.run(record(id, tokens(5)), agent("a-1"));
    assert.equal(world.code(reserve(id), agent("a-1")), "budget.hard_limit");
    assert.equal(world.code(reserve(id, { handBack: true, ...tokens(2) }), agent("a-1")), "budget.hard_limit");
    const steps = [1, 2, 3].map(() => idOf(world.run(reserve(id, { handBack: true }), agent("a-1"))));
    assert.equal(world.code(reserve(id, { handBack: true }), agent("a-1")), "budget.hand_back_spent");
    world.run(cancel(steps[0] ?? ""), agent("a-1"));
    world.run(settle(steps[1] ?? "", tokens(3)), agent("a-1"));
    assert.equal(world.code(reserve(id, { handBack: true }), agent("a-1")), "step.reserved");
    assert.deepEqual(countsIn(world, `task/${id}`, "steps").used[0], 1);
    assert.deepEqual(used(world, id), [8, 0], "its tokens are booked all the same");
  });
});

describe("a settlement is never refused for what came between", () => {
  for (const [what, between] of [
    ["a lost lease", (world: World) => (world.at += 30 * 60_000)],
    [
      "another holder",
      (world: World, id: string) => (world.run(release(id), agent("a-1")), world.run(claim(id), agent("a-2"))),
    ],
    ["a halt", (world: World) => world.run(halt("workspace"))],
    ["sleep", (world: World) => world.run(sleep("a-1"), agent("a-1"))],
    ["an ended run", (world: World) => (world.run(startRun("r"), agent("a-1")), world.run(endRun("r"), agent("a-1")))],
    ["a full budget", (world: World, id: string) => world.run(record(id, tokens(90)), agent("a-1"))],
    [
      "a task that ended",
      (world: World, id: string) =>
        world.run({ type: "move_task", body: { task: id, to: "done", reason: null, lesson: null } }),
    ],
  ] as const)
    test(what, () => {
      const { world, id, step } = reserved();
      between(world, id);
      const before = used(world, id)[0] ?? 0;
      assert.equal(world.code(settle(step, tokens(50)), { ...agent("a-1", 1), run: "r" }), "step.settled");
      assert.deepEqual(used(world, id), [before + 50, 0]);
    });

  test("a wrong fence does not matter: what was spent is booked", () => {
    const { world, step } = reserved();
    assert.equal(world.code(settle(step), agent("a-1", 99)), "step.settled");
  });

  test("an overrun is booked, and the next step is refused", () => {
    const { world, id, step } = reserved();
    world.run(settle(step, tokens(140)), agent("a-1"));
    assert.deepEqual(used(world, id), [140, 0]);
    const refused = world.run(reserve(id), agent("a-1"));
    assert.deepEqual([refused.code, refused.numbers["used"]], ["budget.hard_limit", 140]);
  });
});

describe("a settlement with the next step", () => {
  test("reserves it in the same decision, on the meters as the settlement leaves them", () => {
    const { world, id, step } = reserved();
    const next = reserveBody(id, tokens(95));
    const decision = world.run(settle(step, { ...tokens(5), next }), agent("a-1"));
    assert.equal(decision.verdict, "granted");
    const following = String(decision.result?.["next"]);
    assert.deepEqual(used(world, id), [5, 95]);
    assert.equal(world.get(reservationKey(following))?.kind, "reservation");
    assert.equal(world.code(settle(following, tokens(1)), agent("a-1")), "step.settled");
  });

  test("refused, the settlement stands, and the decision says why in words", () => {
    const { world, id, step } = reserved();
    const decision = world.run(settle(step, { ...tokens(6), next: reserveBody(id, tokens(95)) }), agent("a-1"));
    assert.deepEqual([decision.verdict, decision.code], ["granted", "step.settled"]);
    assert.equal(decision.nextRefused?.code, "budget.hard_limit");
    assert.equal(decision.nextRefused?.message, `task ${id} used 6 of 100 tokens; this asks for 95 tokens`);
    assert.equal(decision.nextRefused?.override, undefined, "the decision was granted: nobody answers its half");
    assert.equal(decision.nextRefused?.next.at(-1), "to ask a human, send it by itself");
    assert.equal(decision.result?.["next"], undefined);
    assert.deepEqual(used(world, id), [6, 0]);
  });

  test("the next one is refused for a lease, a halt or sleep like any other", () => {
    for (const [between, code] of [
      [(world: World) => (world.at += 30 * 60_000), "lease.not_held"],
      [(world: World) => world.run(halt("agent/a-1")), "halt.active"],
      [(world: World) => world.run(sleep("a-1"), agent("a-1")), "agent.asleep"],
    ] as const) {
      const { world, id, step } = reserved();
      between(world);
      const decision = world.run(settle(step, { next: reserveBody(id) }), agent("a-1"));
      assert.deepEqual([decision.code, decision.nextRefused?.code], ["step.settled", code]);
    }
  });

  test("it may be a step of another task", () => {
    const { world, step } = reserved();
    const other = world.held("a-1");
    const decision = world.run(settle(step, { next: reserveBody(other) }), agent("a-1"));
    assert.ok(String(decision.result?.["next"]).startsWith("r-"));
    assert.equal(countsIn(world, `task/${other}`, "steps").held[0], 1);
  });
});

describe("a reservation whose time is over", () => {
  const sweep = (world: World, step: string) => world.run({ type: "sweep", body: { tasks: [], reservations: [step] } });

  test("counts as spent: held moves to used, whoever notices", () => {
    const { world, id, step } = reserved();
    world.at += HOUR - 1;
    sweep(world, step);
    assert.deepEqual(used(world, id), [0, 10]);
    world.at += 1;
    sweep(world, step);
    assert.deepEqual(used(world, id), [10, 0]);
    assert.equal(world.code(cancel(step), agent("a-1")), "reservation.started", "it is presumed to have run");
  });

  test("is corrected once by a late settlement, up to 24 hours after", () => {
    for (const actual of [0, 4, 30]) {
      const { world, id, step } = reserved();
      world.at += HOUR + DAY - 1;
      const late = world.run(settle(step, tokens(actual)), agent("a-1"));
      assert.equal(late.code, "step.settled");
      const event = world.log.at(-1);
      assert.equal(event?.type === "step_settled" && event.body.late, true);
      assert.deepEqual(used(world, id), [actual, 0]);
      assert.equal(world.code(settle(step, tokens(1)), agent("a-1")), "reservation.unknown");
    }
  });

  test("stays as presumed from then on", () => {
    const { world, id, step } = reserved();
    world.at += HOUR + DAY;
    assert.equal(world.code(settle(step, tokens(4)), agent("a-1")), "reservation.unknown");
    sweep(world, step);
    assert.deepEqual(used(world, id), [10, 0]);
    assert.equal(world.get(reservationKey(step)), null);
  });

  test("a sweep changes no verdict: with or without it the late settlement books the same", () => {
    const counts = [false, true].map((swept) => {
      const { world, id, step } = reserved();
      world.at += 2 * HOUR;
      if (swept) sweep(world, step);
      world.at += HOUR;
      world.run(settle(step, tokens(4)), agent("a-1"));
      return countsIn(world, `task/${id}`, "tokens");
    });
    assert.deepEqual(counts[0], counts[1]);
  });

  test("late into a later day only what passed the reservation counts there", () => {
    const world = limited();
    world.at = Date.UTC(2026, 0, 31, 22, 30);
    const id = world.held("a-1");
    const step = idOf(world.run(reserve(id, tokens(10)), agent("a-1")));
    world.at = Date.UTC(2026, 1, 1, 2);
    world.run(settle(step, tokens(16)), agent("a-1"));
    assert.deepEqual(countsIn(world, `task/${id}`, "tokens"), { used: [16, 6, 6, 6], held: [0, 0, 0, 0] });
  });
});
