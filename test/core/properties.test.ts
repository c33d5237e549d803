import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_ONE_POLICY, DEFAULT_LIFECYCLE, judge, need, NO_LIMITS } from "../../src/core/index.ts";
import type { Event, Policy, TaskRow } from "../../src/core/index.ts";
import { random, runSeed } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { randomCommand } from "../support/random-commands.ts";
import { commandOf, World } from "../support/world.ts";

const COMMANDS = 1_500;
const WORLDS = 16;

/** Limits low enough that a short history meets them. */
const TIGHT: Policy = {
  ...DAY_ONE_POLICY,
  lineage: {
    ...DAY_ONE_POLICY.lineage,
    depth: { soft: 1, hard: 3 },
    children: { soft: 2, hard: 4 },
    descendants: { soft: 4, hard: 8 },
    duplicateWindowMs: 50_000,
  },
  budget: {
    ...DAY_ONE_POLICY.budget,
    task: { ...NO_LIMITS, lifetime: { steps: { soft: 1, hard: 2 }, tokens: { soft: null, hard: 200 } } },
    handBackSteps: 1,
  },
};

function history(dice: Random, each?: (world: World, step: number) => void): World {
  const world = new World(TIGHT);
  for (let n = 0; n < COMMANDS; n += 1) {
    world.at += dice.below(3) === 0 ? dice.below(40_000) : 0;
    const { asked, as } = randomCommand(dice, world.at);
    world.run(asked, as);
    each?.(world, n);
  }
  return world;
}

function tasksOf(world: World): readonly TaskRow[] {
  return [...world.rows.values()].filter((row) => row.kind === "task");
}

/** Per task, the events that made and moved it. */
function livesOf(log: readonly Event[]): ReadonlyMap<string, readonly Event[]> {
  return Map.groupBy(
    log.filter((event) => event.type === "task_created" || event.type === "task_moved"),
    (event) => (event.type === "task_created" || event.type === "task_moved" ? event.body.task : ""),
  );
}

function isOwnAncestor({ task, parent, path }: Pick<TaskRow, "parent" | "path"> & { readonly task: string }): boolean {
  return parent === task || path.includes(task);
}

/** What came to lie below which parent, known by then or not. */
function arrivals(log: readonly Event[]): readonly string[] {
  return log.flatMap(({ type, body }) => {
    // A told task that names its own descendant as parent stands by itself.
    const comes = (type === "task_created" || type === "task_placed") && !isOwnAncestor(body);
    return comes && body.parent !== null ? [body.parent] : [];
  });
}

describe("whatever is commanded", () => {
  const seed = runSeed();

  test("every kind of verdict is met: the run is no walk in the park", () => {
    const worlds = Array.from({ length: WORLDS }, (_, n) => history(random(seed + n)));
    const codes = new Set(worlds.flatMap((world) => world.log.map((event) => event.decision?.code)));
    for (const code of [
      "task.created",
      "task.claimed",
      "lineage.depth_exceeded",
      "lineage.cycle",
      "lineage.identity_loop",
      "lease.taken",
      "lease.fence_stale",
      "lease.not_held",
      "budget.hard_limit",
      "budget.hand_back_spent",
      "lineage.duplicate_open",
      "lineage.children_exceeded",
      "agent.asleep",
      "lifecycle.transition_skipped",
      "lineage.reprocessed",
    ] as const) {
      assert.ok(codes.has(code), `${code} was never met`);
    }
  });

  test("rows that were not needed change neither decision nor events", () => {
    const dice = random(seed + 1);
    const other = random(seed + 2);
    history(dice, (world, n) => {
      if (n % 10 !== 0) return;
      const { asked, as } = randomCommand(other, world.at);
      const command = commandOf(asked, as, `x-${n}`);
      const needed = world.load(command);
      const lean = judge(needed, command, world.policy, world.at);
      const rich = judge(world, command, world.policy, world.at);
      assert.deepEqual([lean.decision, lean.events], [rich.decision, rich.events]);
    });
  });

  test("need asks for nothing twice, and for at most 256 keys in 4 rounds", () => {
    const other = random(seed + 3);
    history(random(seed + 1), (world, n) => {
      if (n % 10 !== 0) return;
      const { asked, as } = randomCommand(other, world.at);
      const command = commandOf(asked, as, `x-${n}`);
      const rows = world.load(command);
      assert.ok(rows.size <= 256);
      assert.deepEqual(need(rows, command, world.policy, world.at), []);
    });
  });

  test("a task has at most one holder, held means working, and fences strictly increase", () => {
    const world = history(random(seed + 4));
    for (const [task, life] of livesOf(world.log)) {
      let fence = 0;
      let holder: string | null = null;
      for (const event of life) {
        if (event.type !== "task_moved") continue;
        if (event.body.via === "claim") {
          assert.equal(holder, null, `${task} claimed while held, at ${event.sequence}`);
          assert.ok(event.body.fence > fence, `${task} at ${event.sequence}`);
        }
        ({ holder, fence } = event.body);
      }
    }
    for (const row of tasksOf(world)) if (row.holder !== null) assert.equal(row.state, DEFAULT_LIFECYCLE.working);
  });

  test("every granted move that was not told is an edge of the table for its kind of hand", () => {
    for (const event of history(random(seed + 5)).log) {
      if (event.type !== "task_moved" || event.body.toldAt !== null) continue;
      const { from, to, by } = event.body;
      const edge = DEFAULT_LIFECYCLE.edges.find((item) => item.from === from && item.to === to);
      assert.ok(edge?.by.includes(by), `${from} -> ${to} by ${by} at ${event.sequence}`);
    }
  });

  test("counters equal recounts, and no line of parents closes a circle", () => {
    const world = history(random(seed + 6));
    const came = arrivals(world.log);
    const held = new Map<string, number>();
    for (const row of tasksOf(world)) {
      const below = came.filter((parent) => parent === row.id);
      assert.equal(row.children, below.length, `children of ${row.id}`);
      assert.ok(!row.path.includes(row.id), `${row.id} is its own ancestor`);
      if (row.holder !== null) held.set(row.holder, (held.get(row.holder) ?? 0) + 1);
    }
    for (const row of world.rows.values())
      if (row.kind === "actor") assert.equal(row.holds.length, held.get(row.actor) ?? 0, row.actor);
  });

  test("steps never pass the limit, hand-back steps never theirs", () => {
    const worlds = [7, 8, 9, 10].map((n) => history(random(seed + n)));
    const meters = worlds.flatMap((world) =>
      [...world.rows.values()].flatMap((row) => (row.kind === "meter" && row.scope.startsWith("task/") ? [row] : [])),
    );
    assert.ok(meters.some((meter) => meter.used["steps"]?.[0] === 2));
    for (const meter of meters) {
      assert.ok((meter.used["steps"]?.[0] ?? 0) <= 2, meter.scope);
      assert.ok(meter.handBackSteps <= 1, meter.scope);
    }
  });
});
