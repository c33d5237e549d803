import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { openMemoryStore, openSqliteStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { diceOf } from "../support/loops/honest.ts";
import { loopKind } from "../support/loops/kinds.ts";
import type { Loop } from "../support/loops/loop.ts";
import { random, runSeed } from "../support/random.ts";
import { claims, ENFORCED, newTask, releases, restarted, takesAll, until, workspace } from "./hands.ts";
import type { Hand } from "./hands.ts";

const seed = runSeed();
const folder = mkdtempSync(join(tmpdir(), "exec-kernel-steps-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const KINDS = [
  "exact repetition",
  "one call, other errors",
  "a circle of 2",
  "a circle of 5",
  "a check fails the same, other edits between",
  "varied arguments, one error",
  "wandering among 3 to 12 seen things",
];

type Opened = { readonly store: Store; readonly again: () => Promise<Store> };
type OpenStore = () => Promise<Opened>;

let files = 0;

async function openFile(): Promise<Opened> {
  const path = join(folder, `${(files += 1)}.db`);
  const store = await openSqliteStore({ path, create: true });
  const again = async (): Promise<Store> => {
    await store.close();
    return openSqliteStore({ path });
  };
  return { store, again };
}

const STORES: readonly (readonly [name: string, open: OpenStore])[] = [
  [
    "in memory",
    async () => {
      const store = openMemoryStore();
      return { store, again: async () => store };
    },
  ],
  ["in SQLite", openFile],
];

/** The same loop, made anew from the same dice. */
function loopOf(name: string, offset: number): Loop {
  return loopKind(name).make(diceOf(random(seed + offset)));
}

async function begun(open: OpenStore, run: string): Promise<{ readonly hand: Hand; readonly opened: Opened }> {
  const opened = await open();
  const on = await workspace(ENFORCED, opened.store);
  return { hand: await claims(on, "a-1", await newTask(on), run), opened };
}

/** How many acts run in one process, by one agent. */
async function inOne(open: OpenStore, name: string, offset: number): Promise<number> {
  const { hand, opened } = await begun(open, "run-1");
  const { lead, at } = loopOf(name, offset);
  await takesAll(hand, lead);
  const { ran } = await until(hand, at);
  await opened.store.close();
  return ran;
}

type Handover = (hand: Hand, opened: Opened) => Promise<Hand>;

const toAnotherAgent: Handover = async (hand) => {
  await releases(hand);
  return claims(hand.bench, "b-2", hand.task, "run-2");
};

const toAnotherProcess: Handover = async (hand, { again }) => {
  const on = await workspace(ENFORCED, await again(), hand.bench.clock.now - 1_700_000_000_000 + 1_000);
  return { ...hand, bench: on, agent: on.agent("a-1") };
};

const toAnotherRun: Handover = (hand) => restarted(hand, "run-2");

/** The same, handed over after so many acts. */
async function spread(
  open: OpenStore,
  name: string,
  offset: number,
  half: number,
  handover: Handover,
): Promise<number> {
  const { hand, opened } = await begun(open, "run-1");
  const { lead, at } = loopOf(name, offset);
  await takesAll(hand, lead);
  await takesAll(
    hand,
    Array.from({ length: half }, (_, place) => at(place)),
  );
  const next = await handover(hand, opened);
  const { ran } = await until(next, at, half);
  await next.bench.store.close();
  return ran;
}

const HANDOVERS: readonly (readonly [over: string, handover: Handover])[] = [
  ["two agents", toAnotherAgent],
  ["a restart", toAnotherProcess],
  ["two runs", toAnotherRun],
];

for (const [where, open] of STORES)
  describe(`loops spread out, ${where}`, () => {
    for (const [over, handover] of HANDOVERS)
      test(`a loop over ${over} is found as soon as in one process`, async () => {
        for (const [offset, name] of KINDS.entries()) {
          const here = await inOne(open, name, offset);
          assert.equal(await spread(open, name, offset, Math.floor(here / 2), handover), here, `${name}, seed ${seed}`);
        }
      });
  });
