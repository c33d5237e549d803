// A full disk, as the kernel meets it: what may still land, in which form, and what has to wait.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ALLOWED_KINDS } from "../../../src/core/index.ts";
import type { Request } from "../../../src/kernel/index.ts";
import { openMemoryStore, StoreFault } from "../../../src/store/index.ts";
import type { Store } from "../../../src/store/index.ts";
import { bench } from "../../support/kernels.ts";
import { logOf } from "../../support/lives.ts";
import { storeWith } from "../../support/wrapped-store.ts";

/** A store in memory that has no room but the last, or not even that. */
function fullStore(): { readonly store: Store; readonly disk: { room: "plenty" | "last" | "none" } } {
  const inner = openMemoryStore();
  const disk: { room: "plenty" | "last" | "none" } = { room: "plenty" };
  const transact: Store["transact"] = (workspace, work, options) =>
    inner.transact(workspace, async (session) => {
      const done = await work(session);
      const fits = disk.room === "plenty" || (disk.room === "last" && options?.lastRoom !== undefined);
      if (!fits) throw new StoreFault("store.full", "/disk/w.db", "/disk/w.db has no room left, nothing was written");
      return done;
    });
  const store: Store = storeWith(inner, { transact });
  return { store, disk };
}

async function started() {
  const { store, disk } = fullStore();
  const { human, agent } = await bench({ store });
  for (const title of ["one", "two", "three"]) await human.submit({ type: "create_task", body: { title } });
  await agent("a").submit({ type: "claim_task", body: { task: "T-1" } });
  const reserve = async () => {
    const { decision } = await agent("a").submit({ type: "reserve_step", body: { task: "T-1", tokens: 50 } });
    return String(decision.result?.["reservation"]);
  };
  return { disk, human, agent, settled: await reserve(), cancelled: await reserve() };
}

const isFull = { name: "StoreFault", code: "store.full" };

describe("on a full disk", () => {
  test("what was spent is booked and work is stopped", async () => {
    const { disk, human, agent, settled, cancelled } = await started();
    disk.room = "last";
    const requests: readonly [typeof human, Request][] = [
      [agent("a"), { type: "settle_step", body: { reservation: settled, tokens: 40 } }],
      [agent("a"), { type: "cancel_step", body: { reservation: cancelled } }],
      [agent("a"), { type: "release_task", body: { task: "T-1" } }],
      [human, { type: "halt_scope", body: { scope: "workspace", reason: "the disk is full" } }],
    ];
    for (const [kernel, request] of requests) {
      const { decision, id } = await kernel.submit(request);
      assert.equal(decision.verdict, "granted", decision.message);
      assert.notEqual(id, null);
    }
    assert.equal((await human.verify()).ok, true);
    const meter = (await human.meters()).find(({ scope }) => scope === "task/T-1");
    assert.deepEqual([meter?.used["tokens"]?.[0], meter?.held["tokens"]?.[0]], [40, 0]);
  });

  test("everything else is a fault, leaves nothing behind, and goes on once there is room", async () => {
    const { disk, human, agent } = await started();
    const before = await logOf(human);
    disk.room = "last";
    const requests: readonly [typeof human, Request][] = [
      [human, { type: "create_task", body: { title: "more work" } }],
      [agent("b"), { type: "claim_task", body: { task: "T-2" } }],
      [agent("b"), { type: "claim_task", body: {} }],
      [agent("a"), { type: "reserve_step", body: { task: "T-1", tokens: 1 } }],
      [agent("a"), { type: "record_step", body: { task: "T-1", tokens: 1 } }],
      [human, { type: "resume_scope", body: { scope: "workspace" } }],
    ];
    for (const [kernel, request] of requests) await assert.rejects(kernel.submit(request), isFull);
    assert.deepEqual(await logOf(human), before);
    assert.equal((await human.tasks({})).length, 3, "reads go on");
    disk.room = "plenty";
    for (const [kernel, request] of requests.slice(0, 2))
      assert.equal((await kernel.submit(request)).decision.verdict, "granted");
    assert.equal((await human.verify()).ok, true);
  });

  test("a settlement lands without the next step it asks for, and is answered the same again", async () => {
    const { disk, human, agent, settled } = await started();
    disk.room = "last";
    const request: Request = {
      type: "settle_step",
      commandId: "s-1",
      body: { reservation: settled, tokens: 40, next: { task: "T-1", tokens: 10 } },
    };
    const { decision } = await agent("a").submit(request);
    assert.deepEqual([decision.verdict, decision.result?.["next"]], ["granted", undefined]);
    disk.room = "plenty";
    const again = await agent("a").submit(request);
    assert.deepEqual([again.replayed, again.decision], [true, decision]);
    assert.equal((await human.verify()).ok, true);
  });

  test("a refusal is answered and takes up no room", async () => {
    const { disk, human, agent } = await started();
    const before = await logOf(human);
    disk.room = "last";
    const { decision, id } = await agent("b").submit({ type: "release_task", body: { task: "T-1" } });
    assert.deepEqual([decision.verdict, decision.code, id], ["refused", "lease.not_held", null]);
    assert.deepEqual(await logOf(human), before);
  });

  test("with the last room gone, all is a fault", async () => {
    const { disk, human, agent, settled } = await started();
    disk.room = "none";
    await assert.rejects(agent("a").submit({ type: "settle_step", body: { reservation: settled } }), isFull);
    await assert.rejects(human.submit({ type: "halt_scope", body: { scope: "workspace", reason: "full" } }), isFull);
    disk.room = "plenty";
    assert.equal((await human.verify()).ok, true);
  });
});

test("of all commands only those that book or stop may land on a full disk", async () => {
  const { lastForm } = await import("../../../src/kernel/commit/scarce.ts");
  const envelope = {
    v: 1,
    workspace: "w",
    commandId: "c",
    actor: "a",
    kind: "human",
    proven: true,
    run: null,
  } as const;
  const halt = {
    ...envelope,
    fence: null,
    digest: "",
    type: "halt_scope",
    body: { scope: "workspace", reason: "" },
  } as const;
  assert.equal(lastForm(halt), halt);
  assert.equal(lastForm({ ...halt, type: "resume_scope", body: { scope: "workspace", reason: null } }), null);
  assert.ok(Object.keys(ALLOWED_KINDS).length > 20, "and there are many more");
});
