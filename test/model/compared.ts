// The model test, short or long: random worlds under every policy, each answer compared, the rows now and then.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Policy } from "../../src/core/index.ts";
import { openSqliteStore } from "../../src/store/index.ts";
import { temporaryFolder } from "../store/support.ts";
import { dropSchema, freshUrl, openTestStore } from "../support/postgres.ts";
import { random, runSeed } from "../support/random.ts";
import { kernelInMemory, kernelOver } from "./courts.ts";
import { Duel, told } from "./duel.ts";
import type { OpenCourt } from "./duel.ts";
import { POLICIES } from "./policies.ts";

const ROWS_EVERY = 50;

/** What a long run has to meet, or it proves little. */
const MET = [
  "agent.asleep",
  "agent.capability_not_given",
  "approval.answered",
  "budget.hard_limit",
  "claim.capability_missing",
  "claim.nothing_ready",
  "command.id_reused",
  "done.evidence_missing",
  "escalation.backoff",
  "escalation.human_needed",
  "escalation.lead_needed",
  "escalation.peer_needed",
  "escalation.stuck",
  "evidence.not_current",
  "halt.active",
  "lease.fence_stale",
  "lease.taken",
  "lifecycle.blockers_open",
  "lifecycle.children_open",
  "lifecycle.transition_skipped",
  "lineage.children_exceeded",
  "lineage.cycle",
  "lineage.depth_exceeded",
  "lineage.descendants_exceeded",
  "lineage.duplicate_open",
  "lineage.flapping",
  "lineage.identity_loop",
  "lineage.parent_not_held",
  "lineage.ping_pong",
  "lineage.ping_pong_chain",
  "lineage.reprocessed",
  "lineage.signature_repeated",
  "lineage.wait_cycle",
  "request.approved",
  "request.approved_once",
  "reservation.unknown",
  "review.same_actor",
  "run.ended",
  "step.cancelled",
  "step.check_failing",
  "step.circling",
  "step.error_repeated",
  "step.hand_back",
  "step.monologue",
  "step.repeated",
  "step.run_ended",
  "step.settled",
  "step.stalled",
  "step.varied",
  "task.deadline_passed",
  "task.placed",
] as const;

/** One world from one seed; throws with the fewest requests that show a difference. */
async function live(open: OpenCourt, policy: Policy, seed: number, commands: number): Promise<Duel> {
  const duel = new Duel(policy, await open(policy));
  const dice = random(seed);
  for (let step = 1; step <= commands; step += 1) {
    const andRows = step % ROWS_EVERY === 0 || step === commands;
    const difference = await duel.take(duel.next(dice), andRows);
    if (difference !== null)
      assert.fail(`seed ${seed}, ` + (await told(kernelInMemory, policy, difference, duel.turns)));
  }
  await duel.court.close();
  return duel;
}

export type Size = {
  readonly worldsEach: number;
  readonly commandsEach: number;
  /** Long enough to meet every kind of refusal. */
  readonly meetsAll: boolean;
};

async function all(open: OpenCourt, seed: number, size: Size): Promise<ReadonlySet<string>> {
  const codes = new Set<string>();
  const begun = performance.now();
  for (const policy of Object.values(POLICIES))
    for (let n = 0; n < size.worldsEach; n += 1) {
      const duel = await live(open, policy, seed + n, size.commandsEach);
      for (const code of duel.codes.keys()) codes.add(code);
    }
  const commands = Object.keys(POLICIES).length * size.worldsEach * size.commandsEach;
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  console.log(
    `${commands} commands in ${seconds} s, seeds ${seed} to ${seed + size.worldsEach - 1}, ${codes.size} codes`,
  );
  return codes;
}

function meets(codes: ReadonlySet<string>, size: Size): void {
  if (!size.meetsAll) return;
  assert.deepEqual(
    MET.filter((code) => !codes.has(code)),
    [],
    "codes that were never met",
  );
}

export function agreesInMemory(size: Size): void {
  test("over memory, they agree on every answer and every row", async () => {
    meets(await all(kernelInMemory, runSeed(), size), size);
  });
}

export function agreesOverSqlite(size: Size): void {
  test("over SQLite, they agree on every answer and every row", async () => {
    const { folder, remove } = await temporaryFolder();
    let files = 0;
    const open: OpenCourt = async (policy) => {
      const path = join(folder, `${(files += 1)}.db`);
      const store = await openSqliteStore({ path, create: true });
      const court = await kernelOver(store, policy);
      return { ...court, close: () => store.close().then(() => rm(path)) };
    };
    meets(await all(open, runSeed(), size), size);
    await remove();
  });
}

export function agreesOverPostgres(size: Size): void {
  test("over PostgreSQL, they agree on every answer and every row", async () => {
    const open: OpenCourt = async (policy) => {
      const url = await freshUrl();
      const store = await openTestStore(url);
      const court = await kernelOver(store, policy);
      return { ...court, close: () => store.close().then(() => dropSchema(url)) };
    };
    meets(await all(open, runSeed(), size), size);
  });
}
