// Eight processes create, claim and move tasks on one SQLite file at once and are killed at random. Afterwards the log
// is whole and every decision that was acknowledged stands in it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { openSqliteStore } from "../../src/store/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import { random, runSeed } from "../support/random.ts";

const PROCESSES = 8;
const LIVES = 6;
const COMMANDS = 250;
const WORKER = join(import.meta.dirname, "../support/busy-agent.ts");

type Answer = { readonly id: string | null; readonly code: string; readonly commandId: string };

function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && "code" in value && "commandId" in value;
}

/** One life of a worker: killed after so many answers, or left to end. Half a last line is no acknowledgement. */
async function live(
  args: readonly string[],
  answersMax: number,
): Promise<{ readonly answers: readonly Answer[]; readonly killed: boolean }> {
  const child = spawn(process.execPath, [WORKER, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    if (text.split("\n").length > answersMax) child.kill("SIGKILL");
  });
  const signal = await new Promise<string | null>((resolve) => child.on("close", (_, by) => resolve(by)));
  const lines = text
    .split("\n")
    .slice(0, -1)
    .filter((line) => line !== "ready");
  const answers = lines.map((line): unknown => JSON.parse(line)).filter(isAnswer);
  assert.equal(answers.length, lines.length);
  return { answers, killed: signal === "SIGKILL" };
}

describe("eight processes on one file, killed at random", { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "processes-"));
  const path = join(folder, "w.db");
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("lose nothing that was acknowledged and leave the log whole", async () => {
    const seed = runSeed();
    const dice = random(seed);
    const store = await openSqliteStore({ path, create: true });
    const world = await bench({ store });
    for (let n = 1; n <= 24; n += 1) await world.human.submit({ type: "create_task", body: { title: `task ${n}` } });

    const plans = Array.from({ length: PROCESSES }, (_, n) =>
      Array.from({ length: LIVES }, () => ({
        agent: `a-${n}`,
        seed: String(dice.below(1e9)),
        answersMax: 5 + dice.below(COMMANDS),
      })),
    );
    const lives = await Promise.all(
      plans.map(async (plan) => {
        const done: Awaited<ReturnType<typeof live>>[] = [];
        for (const { agent, seed: own, answersMax } of plan)
          done.push(await live([path, agent, own, String(COMMANDS)], answersMax));
        return done;
      }),
    );
    const answers = lives.flat().flatMap((life) => life.answers);
    const killed = lives.flat().filter((life) => life.killed).length;

    const report = await world.human.verify();
    assert.deepEqual([report.findings, report.ok], [[], true]);
    await everyAnswerStands(world, answers);
    const codes = await oneHolderAtATime(world);
    console.log(
      `${answers.length} answers, ${killed} of ${PROCESSES * LIVES} lives killed, ${report.events} events, ${codes} claims`,
    );
    assert.ok(
      answers.length > 1_000 && report.events > 1_000 && killed > 10 && codes > 20,
      "the run was too tame to prove anything",
    );
    await store.close();
  });
});

async function everyAnswerStands({ human }: Bench, answers: readonly Answer[]): Promise<void> {
  for (const { id, code, commandId } of answers) {
    // Past sixty refusals a minute an actor's refusals are only counted; a grant always has its event.
    if (id === null) {
      assert.ok(
        !/^(task\.(created|claimed|moved|released)|step\.recorded)$/.test(code),
        `${commandId} was granted without an event`,
      );
      continue;
    }
    const logged = await human.decision(id);
    assert.deepEqual(
      [logged?.event.commandId, logged?.event.decision?.code],
      [commandId, code],
      `${id} is missing or another's`,
    );
  }
}

/** Follows every task through the log: fences strictly increase and nobody claims what is held. Returns the claims. */
async function oneHolderAtATime({ human }: Bench): Promise<number> {
  const holders = new Map<string, { readonly holder: string | null; readonly fence: number }>();
  let claims = 0;
  for (let after = 0; ;) {
    const page = await human.events(after, 1_000);
    for (const { event } of page) {
      after = event.sequence;
      if (event.type !== "task_moved") continue;
      const { task, via, holder, fence } = event.body;
      const before = holders.get(task) ?? { holder: null, fence: 0 };
      if (via === "claim") {
        claims += 1;
        assert.equal(before.holder, null, `${task} was claimed while held, at ${event.sequence}`);
        assert.ok(fence > before.fence, `${task}'s fence went from ${before.fence} to ${fence}`);
      }
      holders.set(task, { holder, fence });
    }
    if (page.length < 1_000) return claims;
  }
}
