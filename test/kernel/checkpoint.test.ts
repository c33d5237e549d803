// Checkpoints: taken from one moment, believed only where their hashes fit, compared by whoever verifies from the start.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkpointIfDue } from "../../src/kernel/checkpoint/if-due.ts";
import { pack, rowsIn, unpack } from "../../src/kernel/checkpoint/snapshot.ts";
import { StoreFault } from "../../src/store/index.ts";
import type { Checkpoints, Store, StoredCheckpoint, View } from "../../src/store/index.ts";
import { verifyStore } from "../../src/kernel/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import { storeWith, viewWith } from "../support/wrapped-store.ts";

const WEEK_MS = 7 * 86_400_000;

async function work(at: Bench, task: string): Promise<void> {
  const made = { task, title: `do ${task}`, text: `${task} is \u{1F600}\n long` };
  await at.human.submit({ type: "create_task", body: made });
  await at.agent("a-1").submit({ type: "claim_task", body: { task } });
  await at.agent("a-1").submit({ type: "record_step", body: { task, tokens: 3 } });
}

async function takeIfDue(store: Store, every: number): Promise<StoredCheckpoint | null> {
  const taken = await checkpointIfDue(store, "w", every);
  return (await store.checkpoints.list("w")).find(({ sequence }) => sequence === taken) ?? null;
}

/** Six events, a checkpoint, three more. */
async function lived(): Promise<Bench & { readonly taken: StoredCheckpoint }> {
  const at = await bench();
  await work(at, "x");
  const taken = await takeIfDue(at.store, 3);
  assert.ok(taken !== null);
  await work(at, "y");
  return { ...at, taken };
}

function changed(store: Store, change: Partial<Checkpoints>): Store {
  const { checkpoints } = store;
  const all: Checkpoints = {
    list: (workspace) => checkpoints.list(workspace),
    part: (workspace, sequence, part) => checkpoints.part(workspace, sequence, part),
    savePart: (workspace, sequence, part, bytes) => checkpoints.savePart(workspace, sequence, part, bytes),
    save: (workspace, checkpoint) => checkpoints.save(workspace, checkpoint),
    ...change,
  };
  return storeWith(store, { checkpoints: all });
}

async function findings(store: Store, fromCheckpoint: boolean): Promise<readonly string[]> {
  const { human } = await bench({ store, init: false });
  const report = await human.verify({ fromCheckpoint });
  return report.findings.map(({ at, problem }) => `${at}: ${problem}`);
}

describe("checkpoint", () => {
  test("one is taken once enough events lie behind the last, and not before", async () => {
    const at = await bench();
    assert.equal(await takeIfDue(at.store, 3), null);
    await work(at, "x");
    const taken = await takeIfDue(at.store, 3);
    assert.equal(taken?.sequence, (await at.human.head()).sequence);
    assert.equal(await takeIfDue(at.store, 3), null);
    assert.equal(await at.human.checkpoint(), false);
  });

  test("verification starts from it, says so, and finds what it finds from the start", async () => {
    const { human, taken } = await lived();
    const whole = await human.verify();
    const rest = await human.verify({ fromCheckpoint: true });
    assert.deepEqual([whole.from, rest.from], [0, taken.sequence]);
    assert.deepEqual({ ...rest, from: 0 }, whole);
    assert.equal(whole.ok, true);
    const chain = await human.verify({ fromCheckpoint: true, chainOnly: true });
    assert.deepEqual([chain.ok, chain.depth, chain.from, chain.rows], [true, "chain", taken.sequence, 0]);
  });

  test("without one, verification starts at the first event", async () => {
    const { human } = await bench();
    assert.equal((await human.verify({ fromCheckpoint: true })).from, 0);
  });

  test("grants that are forgotten by then are in none, whether the store still has them or not", async () => {
    const at = await bench();
    await work(at, "x");
    at.clock.now += WEEK_MS + 1;
    await work(at, "y");
    const taken = await takeIfDue(at.store, 3);
    const kept = await at.store.read("w", (view) => view.rows({ prefix: "command/", limit: 99 }));
    const all = await at.store.read("w", (view) => view.rows({ prefix: "", limit: 999 }));
    assert.ok(kept.length > 3 && taken !== null);
    assert.equal(taken.rows, all.length - 4);
    assert.equal((await at.human.verify()).ok, true);
    assert.equal((await at.human.verify({ fromCheckpoint: true })).ok, true);
  });

  test("a changed snapshot is found, and verification starts at the first event instead", async () => {
    const { store, taken } = await lived();
    const part = async (): Promise<Uint8Array> => {
      const text = unpack((await store.checkpoints.part("w", taken.sequence, 0)) ?? new Uint8Array());
      return pack((text ?? "").replace(`"tokens":[3`, `"tokens":[1`));
    };
    const found = await findings(changed(store, { part }), true);
    assert.deepEqual(found, [`checkpoint ${taken.sequence}: its snapshot does not give the hash of its rows`]);
    const lost = await findings(changed(store, { part: async () => null }), true);
    assert.deepEqual(lost, [`checkpoint ${taken.sequence}: part 1 of 1 of its snapshot is missing`]);
    const noise = await findings(changed(store, { part: async () => Uint8Array.of(1, 2, 3) }), true);
    assert.deepEqual(noise, [`checkpoint ${taken.sequence}: part 1 of 1 of its snapshot is not readable`]);
  });

  test("a checkpoint that lies about its rows, or about its event, is found from the start", async () => {
    const { store, taken } = await lived();
    const lying = (lie: Partial<StoredCheckpoint>): Store =>
      changed(store, { list: async () => [{ ...taken, ...lie }] });
    assert.deepEqual(await findings(lying({ rowsHash: "0".repeat(64) }), false), [
      `checkpoint ${taken.sequence}: its rows are not what the events up to it give`,
    ]);
    assert.match((await findings(lying({ rows: 2 }), false))[0] ?? "", /says 2 rows, the events up to it give \d+/);
    assert.ok(
      (await findings(lying({ sequence: 999 }), false)).includes("checkpoint 999: the log ends at event 7"),
      (await findings(lying({ sequence: 999 }), false)).join(),
    );
    for (const fromStart of [true, false])
      assert.ok(
        (await findings(lying({ hash: "0".repeat(64) }), fromStart)).includes(
          `checkpoint ${taken.sequence}: its hash is not that of event ${taken.sequence}`,
        ),
      );
  });

  test("a row that somebody changed behind the kernel is in none, however often one falls due", async () => {
    const at = await bench();
    await work(at, "x");
    const wrong = (key: string, bytes: string): string =>
      key === "task/x" ? bytes.replace('"in_progress"', '"done"') : bytes;
    const tampered = storeWith(at.store, {
      read: (workspace, act) =>
        at.store.read(workspace, (view) => {
          const rows: View["rows"] = async (page) =>
            (await view.rows(page)).map(({ key, bytes }) => ({ key, bytes: wrong(key, bytes) }));
          return act(viewWith(view, { rows }));
        }),
    });
    assert.equal(await takeIfDue(tampered, 3), null);
    assert.deepEqual(await at.store.checkpoints.list("w"), []);
    assert.match((await findings(tampered, true)).join(), /row task\/x: /);
  });

  test("one that cannot be kept takes nothing from what was found", async () => {
    const at = await bench();
    await work(at, "x");
    const savePart: Checkpoints["savePart"] = () =>
      Promise.reject(new StoreFault("store.full", "/w.db", "/w.db has no room left"));
    const report = await verifyStore(changed(at.store, { savePart }), "w", { checkpointEvery: 3 });
    assert.deepEqual([report.ok, report.checkpoint, report.checkpointProblem], [true, null, "/w.db has no room left"]);
    assert.deepEqual(await at.store.checkpoints.list("w"), []);
  });

  test("rows come out of a snapshot as they went in, whatever is in their keys", () => {
    const text = "a\nb\0{}\n\u{1F600}\0[1]\n";
    assert.deepEqual(rowsIn(unpack(pack(text)) ?? ""), [
      { key: "a\nb", bytes: "{}" },
      { key: "\u{1F600}", bytes: "[1]" },
    ]);
    assert.equal(rowsIn("a\0{}"), null);
  });
});
