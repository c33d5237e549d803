// Rows whose time is over: kept or swept away, every decision and every event is the same.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isOver, REMEMBERED_MS } from "../../../src/core/index.ts";
import type { Row } from "../../../src/core/index.ts";
import { endRun, startRun } from "../../support/asks.ts";
import { random, runSeed } from "../../support/random.ts";
import type { Random } from "../../support/random.ts";
import { randomCommand } from "../../support/random-commands.ts";
import type { Asked } from "../../support/random-commands.ts";
import { agent, World } from "../../support/world.ts";

const COMMANDS = 1_200;
const DAY_MS = 86_400_000;

/** Any command, as often as not in one of a few runs; runs are started and ended over and over. */
function asked(dice: Random, at: number): Asked {
  const run = `run-${dice.below(6)}`;
  const name = `a-${dice.below(4)}`;
  const chance = dice.below(10);
  if (chance === 0) return { asked: startRun(run), as: { ...agent(name), run } };
  if (chance === 1) return { asked: endRun(run), as: agent(name) };
  const one = randomCommand(dice, at);
  return one.as.kind === "agent" && dice.below(2) === 0 ? { ...one, as: { ...one.as, run } } : one;
}

function sweep(world: World): number {
  const over = [...world.rows].filter(([, row]) => isOver(row, world.at));
  for (const [key] of over) world.rows.delete(key);
  return over.length;
}

describe("rows whose time is over", () => {
  const seed = runSeed();

  test("change no verdict and no event, whether they are kept or swept away", () => {
    let [swept, again, refused] = [0, 0, 0];
    for (let round = 0; round < 6; round += 1) {
      const dice = random(seed + round);
      const [keeping, sweeping] = [new World(), new World()];
      for (let n = 0; n < COMMANDS; n += 1) {
        const later = dice.below(20) === 0 ? dice.below(4 * DAY_MS) : dice.below(40_000);
        keeping.at = sweeping.at += later;
        if (dice.below(3) === 0) swept += sweep(sweeping);
        const one = asked(dice, keeping.at);
        const decision = keeping.run(one.asked, one.as);
        assert.deepEqual(sweeping.run(one.asked, one.as), decision);
        if (decision.code === "run.started") again += 1;
        if (decision.code === "run.ended") refused += 1;
      }
      assert.deepEqual(sweeping.log, keeping.log);
    }
    assert.ok(swept > 300 && again > 60 && refused > 10, `${swept} ${again} ${refused}: too tame`);
  });

  test("are over for good, from their very millisecond on", () => {
    const command: Row = { kind: "command", sequence: 1, digest: "d", expiresAt: 1_000 };
    const run = { kind: "run", run: "r", actor: "agent:a", task: null, startedAt: 0, reason: null } as const;
    const lesson = {
      kind: "lesson",
      sequence: 1,
      at: 5,
      task: "T-1",
      taskKind: "t",
      title: "t",
      actor: "agent:a",
    } as const;
    const learnt: Row = { ...lesson, what: "w", outcome: "done", blocker: null, workaround: null };
    for (const [row, at] of [
      [command, 1_000],
      [{ ...run, endedAt: 7 }, 7 + REMEMBERED_MS],
      [learnt, 5 + 180 * DAY_MS],
    ] as const)
      assert.deepEqual(
        [at - 1, at, at + 1, 1e15].map((time) => isOver(row, time)),
        [false, true, true, true],
        row.kind,
      );
    assert.equal(isOver({ ...run, endedAt: null }, 1e15), false);
  });

  test("that are still wanted are never over", () => {
    const world = new World();
    world.held("a-1");
    world.run(startRun("night"), { ...agent("a-1"), run: "night" });
    const kinds = [...world.rows.values()].filter((row) => row.kind !== "command");
    assert.deepEqual(
      kinds.filter((row) => isOver(row, 1e15)),
      [],
    );
    assert.ok(kinds.length > 5);
  });
});
