// The twelve invariants of the protocol, one test each, over random worlds: short in the fast suite, long in the long one.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import type { Event, Policy } from "../../src/core/index.ts";
import { openMemoryStore, openSqliteStore } from "../../src/store/index.ts";
import { kernelOver } from "../model/courts.ts";
import type { KernelCourt } from "../model/courts.ts";
import { Duel } from "../model/duel.ts";
import type { Turn } from "../model/duel.ts";
import { POLICIES } from "../model/policies.ts";
import { Referee } from "../simulation/referee.ts";
import { HUMAN } from "../simulation/simulation.ts";
import { temporaryFolder } from "../store/support.ts";
import { random, runSeed } from "../support/random.ts";
import { closingFaults, heldFaults, limitFaults } from "./budgets.ts";
import { countFaults } from "./counts.ts";
import { guardFaults } from "./guards.ts";
import { eventsOf, historyOf } from "./history.ts";
import type { Faults, History } from "./history.ts";
import { edgeFaults, leaseFaults, standingsFaults } from "./leases.ts";
import { foldFaults, grantFaults, orderFaults } from "./order.ts";
import { sweepFaults } from "./sweeps.ts";
import { countingLoads, stuckFaults } from "./work.ts";
import type { Loads } from "./work.ts";

export type Size = { readonly worldsEach: number; readonly commandsEach: number };

const SNAPSHOT_EVERY = 97;
/** A command reads 256 rows; one in many takes a step of forgetting along: 640 events, two rows of each at most. */
const KEYS_MAX = 256 + 2 * 640;

type Lived = {
  readonly seed: number;
  readonly policy: Policy;
  readonly duel: Duel;
  readonly court: KernelCourt;
  readonly history: History;
  /** The same history as it stood before, now and then. */
  readonly prefixes: readonly History[];
  readonly loads: Loads;
};

/** Lets a world live; what the model says of it is another test's matter. */
async function live(policy: Policy, seed: number, commands: number): Promise<Lived> {
  const loads: Loads = { most: 0 };
  const court = await kernelOver(countingLoads(openMemoryStore(), loads), policy);
  const duel = new Duel(policy, court);
  const dice = random(seed);
  const marks: { readonly sequence: number; readonly rows: History["rows"] }[] = [];
  for (let step = 1; step <= commands; step += 1) {
    await duel.take(duel.next(dice), false);
    if (step % SNAPSHOT_EVERY !== 0) continue;
    marks.push({ sequence: (await court.bench.human.head()).sequence, rows: await court.rows() });
  }
  const history = await historyOf(court.bench.human, court.bench.store, policy);
  const prefixes = marks.map(({ sequence, rows }) => ({ policy, rows, events: history.events.slice(0, sequence) }));
  return { seed, policy, duel, court, history, prefixes, loads };
}

/** The same requests, each judged over what it needs and over all there is. */
function extraRowsChangeNothing(policy: Policy, turns: readonly Turn[]): void {
  const referee = new Referee(policy, HUMAN);
  referee.onBoth = (lean, rich) => assert.deepEqual([lean.decision, lean.events], [rich.decision, rich.events]);
  for (const { clock, sent } of turns) {
    referee.clock.now = clock;
    if (sent.request.dryRun !== true) referee.submit(sent.actor, sent.request);
  }
}

async function eventsOverSqlite(policy: Policy, turns: readonly Turn[]): Promise<readonly Event[]> {
  const { folder, remove } = await temporaryFolder();
  const court = await kernelOver(await openSqliteStore({ path: join(folder, "w.db"), create: true }), policy);
  for (const turn of turns) await court.answer(turn);
  const events = await eventsOf(court.bench.human);
  await court.close();
  await remove();
  return events;
}

export function invariantsHold({ worldsEach, commandsEach }: Size): void {
  const seed = runSeed();
  const lived: Lived[] = [];

  before(async () => {
    for (const policy of Object.values(POLICIES))
      for (let n = 0; n < worldsEach; n += 1) lived.push(await live(policy, seed + n, commandsEach));
  });

  const each = (faults: (history: History) => Faults): void => {
    for (const world of lived) assert.deepEqual(faults(world.history).slice(0, 5), [], `seed ${world.seed}`);
  };

  test("1. any log prefix folds to exactly its rows", () => {
    each(foldFaults);
    for (const world of lived)
      for (const prefix of world.prefixes)
        assert.deepEqual(foldFaults(prefix).slice(0, 5), [], `seed ${world.seed}, at ${prefix.events.length}`);
  });

  test("2. extra rows and the kind of store change no event", async () => {
    for (const world of lived.filter((_, index) => index % worldsEach === 0)) {
      const { turns } = world.duel;
      extraRowsChangeNothing(world.policy, turns);
      const { events } = world.history;
      assert.deepEqual(await eventsOverSqlite(world.policy, turns), events, `seed ${world.seed}`);
    }
  });

  test("3. at most one live lease per task; fences strictly increase", () => each(leaseFaults));

  test("4. a stale fence, halted or sleeping actor creates, claims, reserves nothing", () => each(standingsFaults));

  test("5. held is the sum of open reservations; after a granted reserve, claim or renewal used + held <= limit", () => {
    each(heldFaults);
    each(limitFaults);
    for (const world of lived) for (const prefix of world.prefixes) assert.deepEqual(heldFaults(prefix), []);
  });

  test("6. each reservation closes once, plus at most one late correction, in all its scopes", () =>
    each(closingFaults));

  test("7. each transition is an edge of the table for that kind of actor, with its guards true", () => {
    each(edgeFaults);
    each(guardFaults);
  });

  test("8. counters equal recounts; parent and wait-for graphs are acyclic", () => {
    each(countFaults);
    for (const world of lived) for (const prefix of world.prefixes) assert.deepEqual(countFaults(prefix), []);
  });

  test("9. at most one grant per idempotency key", () => each(grantFaults));

  test("10. sequence gap-free, time monotone, chain valid", async () => {
    each(orderFaults);
    for (const { court } of lived) assert.deepEqual((await court.bench.human.verify()).findings, []);
  });

  test("11. adding or removing sweeps changes no verdict", async () => {
    for (const world of lived)
      assert.deepEqual(
        (await sweepFaults(world.policy, world.duel.turns, random(world.seed))).slice(0, 2),
        [],
        `seed ${world.seed}`,
      );
  });

  test("12. work per command is bounded, and every open task has a move that is granted when made", async () => {
    for (const { court, policy, loads } of lived) {
      assert.ok(loads.most > 0 && loads.most <= KEYS_MAX, `${loads.most} rows for one command`);
      assert.deepEqual(await stuckFaults(court.bench.human, policy), []);
    }
  });
}
