// The check of a crash run can fail: a faultless round passes, and each kind of fault, planted, is found.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Request } from "../../src/kernel/index.ts";
import { bench } from "../support/kernels.ts";
import { logOf } from "../support/lives.ts";
import { checkRound } from "./check.ts";
import type { Evidence } from "./check.ts";
import type { Answered, Asked } from "./orders.ts";
import { planOf } from "./plan.ts";

/** One agent's short life, as it asked and heard. */
async function lived(): Promise<Evidence> {
  const { human, agent } = await bench();
  await human.submit({ type: "create_task", body: { title: "the work" } });
  const asked: Asked[] = [];
  const answered: Answered[] = [];
  const ask = async (request: Request): Promise<Answered> => {
    const commandId = `a-${asked.length + 1}`;
    asked.push({ as: "a", request: { ...request, commandId } });
    const { id, decision, replayed } = await agent("a").submit({ ...request, commandId });
    const { verdict, code, result = null } = decision;
    const answer = { commandId, id, verdict, replayed, code, result };
    answered.push(answer);
    return answer;
  };
  await ask({ type: "claim_task", body: { task: "T-1" } });
  await ask({ type: "record_step", body: { task: "T-1", tokens: 100 } });
  const { result } = await ask({ type: "reserve_step", body: { task: "T-1", tokens: 30 } });
  const reservation = String(result?.["reservation"]);
  await ask({ type: "settle_step", body: { reservation, tokens: 20, next: { task: "T-1", tokens: 7 } } });
  await ask({ type: "claim_task", body: { task: "T-404" } });
  return {
    asked,
    answered,
    events: await logOf(human),
    meters: await human.meters(),
    report: await human.verify(),
    below: [],
  };
}

const NOTHING = { lost: [], doubled: [], wrong: [] };

describe("the check of a crash round", () => {
  test("passes a faultless log", async () => {
    assert.deepEqual(checkRound(await lived()), NOTHING);
  });

  test("finds an acknowledged decision that the log does not have", async () => {
    const round = await lived();
    const { lost } = checkRound({ ...round, events: round.events.slice(0, -1) });
    assert.match(lost.join(), /^d-\d+ \(a-5, task\.unknown\) is missing or another's$/);
  });

  test("finds a command that was granted twice", async () => {
    const round = await lived();
    const twice = round.events.find(({ commandId }) => commandId === "a-2");
    assert.ok(twice !== undefined);
    const { doubled } = checkRound({ ...round, events: [...round.events, twice] });
    assert.match(doubled.join(), /^agent:a a-2 was granted at \d+ and at \d+$/);
  });

  test("finds a meter that shows less, or more, than was acknowledged", async () => {
    const round = await lived();
    const meters = (by: number) =>
      round.meters.map((row) => {
        const [life = 0, ...windows] = row.used["tokens"] ?? [];
        return {
          ...row,
          used: { ...row.used, tokens: [life + by, windows[0] ?? 0, windows[1] ?? 0, windows[2] ?? 0] as const },
        };
      });
    for (const by of [-1, 1]) {
      const { wrong } = checkRound({ ...round, meters: meters(by) });
      assert.match(wrong.join(), new RegExp(`task/T-1 tokens used: ${120 + by} stand there, 120 were acknowledged`));
    }
  });

  test("allows for a command in flight, and for no more", async () => {
    const round = await lived();
    const unheard = (id: string) => ({
      ...round,
      answered: round.answered.filter(({ commandId }) => commandId !== id),
    });
    assert.deepEqual(checkRound(unheard("a-4")), NOTHING);
    const silent = { ...unheard("a-2"), asked: round.asked.filter(({ request }) => request.commandId !== "a-2") };
    assert.match(checkRound(silent).wrong.join(), /tokens used: 120 stand there, 20 were acknowledged/);
  });

  test("passes on what verify found", async () => {
    const round = await lived();
    const report = { ...round.report, findings: [{ at: "event 3", problem: "it was changed" }] };
    assert.deepEqual(checkRound({ ...round, report }).wrong, ["verify: event 3: it was changed"]);
  });
});

describe("the plan of a crash run", () => {
  test("is the same for one seed, and has exactly as many deaths as asked for", () => {
    for (const kills of [1, 7, 8, 300]) {
      const deaths = planOf(kills, 5).flatMap(({ lives }) => lives.flat());
      assert.equal(deaths.length, kills);
      assert.deepEqual(planOf(kills, 5), planOf(kills, 5));
      assert.equal(new Set(deaths.map(({ life }) => life)).size, kills);
    }
    assert.notDeepEqual(planOf(300, 5), planOf(300, 6));
  });
});
