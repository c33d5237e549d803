// The room kept back: given up in slices, to the last alone, and filled up again. On a disk that is really full where one
// may be mounted.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { openSqliteStore, StoreFault } from "../../../src/store/index.ts";
import { Ballast } from "../../../src/store/sqlite/ballast.ts";
import { everything, follow, put } from "../growth.ts";
import { rejection, temporaryFolder } from "../support.ts";

const BYTES = 300_000;
const PLENTY = 1e12;

async function inFolder(context: TestContext): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  return folder;
}

describe("a store's ballast", () => {
  test("is made where there is plenty of room, and nowhere else", async (context) => {
    const folder = await inFolder(context);
    for (const [name, free, size] of [
      ["roomy", PLENTY, BYTES],
      ["small", 1_000_000, null],
    ] as const) {
      const path = join(folder, name);
      const ballast = new Ballast(path, { bytes: BYTES, clock: () => 0, freeBytes: () => free });
      ballast.prepare();
      assert.equal(statSync(`${path}-ballast`, { throwIfNoEntry: false })?.size ?? null, size);
      assert.equal(ballast.isShort(), false);
    }
    new Ballast(join(folder, "none"), { bytes: 0, clock: () => 0, freeBytes: () => PLENTY }).prepare();
    assert.ok(!existsSync(join(folder, "none-ballast")));
  });

  test("takes up the room it says, and not a hole in a file", async (context) => {
    const path = join(await inFolder(context), "store");
    new Ballast(path, { bytes: BYTES, clock: () => 0 }).prepare();
    assert.ok(statSync(`${path}-ballast`).blocks * 512 >= BYTES);
  });

  test("is given up to agents but for the last two slices, which are a human's", async (context) => {
    const path = join(await inFolder(context), "store");
    const ballast = new Ballast(path, { bytes: 524_288, clock: () => 0, freeBytes: () => PLENTY });
    ballast.prepare();
    const given = ["most", "most", "most", "all", "all", "all"] as const;
    assert.deepEqual(
      given.map((how) => ballast.give(how)),
      [true, true, false, true, true, false],
    );
    assert.equal(statSync(`${path}-ballast`).size, 0);
  });

  test("is given up slice by slice until nothing is left, is short then, and is filled up again", async (context) => {
    const path = join(await inFolder(context), "store");
    let [free, nowMs] = [PLENTY, 0];
    const ballast = new Ballast(path, { bytes: BYTES, clock: () => (nowMs += 100), freeBytes: () => free });
    ballast.prepare();
    free = 0;
    const sizes: number[] = [];
    while (ballast.give("all")) sizes.push(statSync(`${path}-ballast`).size);
    assert.deepEqual(sizes, [BYTES - 131_072, BYTES - 262_144, 0]);
    assert.equal(ballast.isShort(), true);
    const other = new Ballast(path, { bytes: BYTES, clock: () => 0, freeBytes: () => free });
    other.prepare();
    assert.equal(other.isShort(), true, "another process finds it short too");
    free = PLENTY;
    assert.equal(ballast.isShort(), false);
    assert.equal(statSync(`${path}-ballast`).size, BYTES);
  });

  test("is wanted where the disk has no room left", () => {
    const options = { bytes: BYTES, clock: () => 0 };
    assert.equal(new Ballast("/x", { ...options, freeBytes: () => 4_096 }).isWanted(), true);
    assert.equal(new Ballast("/x", { ...options, freeBytes: () => PLENTY }).isWanted(), false);
  });
});

/** A small disk of its own; null where this user may not mount one. */
async function smallDisk(context: TestContext, size: string): Promise<string | null> {
  const { folder, remove } = await temporaryFolder();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]).status === 0;
  context.after(async () => {
    if (mounted) spawnSync("umount", ["-l", folder]);
    await remove();
  });
  return mounted ? folder : null;
}

function fill(path: string): void {
  const piece = Buffer.alloc(4_096, "x");
  for (;;) {
    try {
      writeFileSync(path, piece, { flag: "a" });
    } catch {
      return;
    }
  }
}

describe("a store on a disk that is full", () => {
  test("takes the last writes and no others, tells so, and goes on once there is room", async (context) => {
    const folder = await smallDisk(context, "12m");
    if (folder === null) return context.skip("this user may not mount a small disk");
    const path = join(folder, "store.db");
    const filler = join(folder, "filler");
    let nowMs = 0;
    const store = await openSqliteStore({ path, create: true, clock: () => (nowMs += 100) });
    await put(store, "w", "1");
    assert.equal(statSync(`${path}-ballast`).size, 1_048_576);
    fill(filler);

    const full = await rejection(
      (async () => {
        for (;;) await put(store, "w", "x".repeat(4_000));
      })(),
    );
    assert.ok(full instanceof StoreFault && full.code === "store.full", String(full));
    const before = await everything(store, "w");

    const last = () =>
      store.transact(
        "w",
        async (session) => {
          const head = await session.head();
          const { next, events } = follow(head, "settled".padEnd(900));
          await session.append(head, next, events, [
            { key: "meter", bytes: String(next.sequence).padEnd(600) },
            { key: `row/${next.sequence}`, bytes: "x".repeat(600) },
          ]);
        },
        { lastRoom: "all" },
      );
    await last();
    assert.notDeepEqual(await everything(store, "w"), before);
    assert.ok(statSync(`${path}-ballast`).size < 1_048_576);
    const scarce = await rejection(put(store, "w", "small"));
    assert.match(scarce.message, /store\.db has hardly any room left, nothing was written: until disk space is freed/);
    let landed = 1;
    const out = await rejection(
      (async () => {
        for (; landed < 20_000; landed += 1) await last();
        throw new Error("the disk was never full");
      })(),
    );
    assert.ok(out instanceof StoreFault && out.code === "store.full", String(out));
    context.diagnostic(`${landed} last writes landed in 1 MiB`);
    assert.ok(landed > 100, String(landed));

    rmSync(filler);
    assert.ok((await put(store, "w", "room again")).sequence > landed);
    assert.equal(statSync(`${path}-ballast`).size, 1_048_576);
    await store.close();
  });

  test("is opened for the last writes too", async (context) => {
    const folder = await smallDisk(context, "12m");
    if (folder === null) return context.skip("this user may not mount a small disk");
    const path = join(folder, "store.db");
    const made = await openSqliteStore({ path, create: true });
    await put(made, "w", "1");
    await made.close();
    fill(join(folder, "filler"));
    const store = await openSqliteStore({ path });
    const refused = await rejection(put(store, "w", "2"));
    assert.ok(refused instanceof StoreFault && refused.code === "store.full", String(refused));
    await store.transact(
      "w",
      async (session) => {
        const head = await session.head();
        const { next, events } = follow(head, "settled");
        await session.append(head, next, events, []);
      },
      { lastRoom: "all" },
    );
    await store.close();
  });

  test("keeps a commit whose copying into the file found no room", async (context) => {
    const folder = await smallDisk(context, "900k");
    if (folder === null) return context.skip("this user may not mount a small disk");
    const path = join(folder, "store.db");
    let nowMs = 0;
    // The log is copied after every commit, and the file grows until it has no room.
    const store = await openSqliteStore({ path, create: true, walBytesMax: 1, clock: () => (nowMs += 100) });
    let acknowledged = 0;
    const fault = await rejection(
      (async () => {
        for (;;) acknowledged = (await put(store, "w", "x".repeat(9_000))).sequence;
      })(),
    );
    assert.ok(fault instanceof StoreFault && fault.code === "store.full", String(fault));
    assert.equal((await store.read("w", (view) => view.head()))?.sequence, acknowledged);
    await store.close();
  });
});
