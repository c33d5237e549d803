import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chainHash } from "../../src/kernel/index.ts";
import type { RowChange, Store, StoredEvent, StoredHead, View } from "../../src/store/index.ts";
import { bench } from "../support/kernels.ts";

type Tamper = {
  readonly event?: (event: StoredEvent) => StoredEvent | null;
  readonly row?: (row: RowChange) => RowChange | null;
  readonly head?: (head: StoredHead) => StoredHead;
};

/** The same store as a thief of its file would leave it: reads show what was changed. */
function tampered(store: Store, tamper: Tamper): Store {
  const view = (inner: View): View => ({
    head: async () => {
      const head = await inner.head();
      return head === null || tamper.head === undefined ? head : tamper.head(head);
    },
    load: (keys) => inner.load(keys),
    event: (sequence) => inner.event(sequence),
    search: (prefix, query, limit) => inner.search(prefix, query, limit),
    counters: () => inner.counters(),
    events: async (after, limit) =>
      (await inner.events(after, limit))
        .map((event) => (tamper.event === undefined ? event : tamper.event(event)))
        .filter((event) => event !== null),
    rows: async (page) => {
      const rows = (await inner.rows(page)).map((row) => (tamper.row === undefined ? row : tamper.row(row)));
      return rows.flatMap((row) => (row === null || row.bytes === null ? [] : [{ key: row.key, bytes: row.bytes }]));
    },
  });
  const read: Store["read"] = (workspace, work) => store.read(workspace, (inner) => work(view(inner)));
  return { ...store, check: () => store.check(), read };
}

async function filled(): Promise<Store> {
  const { store, human, agent } = await bench();
  await human.submit({ type: "create_task", body: { task: "x", title: "x", text: "long" } });
  await agent("a-1").submit({ type: "claim_task", body: { task: "x" } });
  await agent("a-1").submit({ type: "record_step", body: { task: "x", tokens: 3 } });
  await agent("a-2").submit({ type: "claim_task", body: { task: "x" } });
  await agent("a-1").submit({ type: "move_task", body: { task: "x", to: "done" } });
  return store;
}

async function findings(tamper: Tamper): Promise<readonly string[]> {
  const store = tampered(await filled(), tamper);
  const { human } = await bench({ store, init: false });
  const report = await human.verify();
  assert.equal(report.ok, report.findings.length === 0);
  return report.findings.map(({ at, problem }) => `${at}: ${problem}`);
}

const only = (sequence: number, change: (event: StoredEvent) => StoredEvent | null) => ({
  event: (event: StoredEvent) => (event.sequence === sequence ? change(event) : event),
});

describe("verify", () => {
  test("a log that nobody touched is whole, and its rows are its fold", async () => {
    const { human } = await bench({ store: await filled(), init: false });
    const { ok, events, findings: found } = await human.verify();
    assert.deepEqual([ok, events, found], [true, 7, []]);
  });

  test("changed bytes are found at their event", async () => {
    const [first] = await findings(
      only(4, (event) => ({ ...event, bytes: event.bytes.replace(`"tokens":3`, `"tokens":1`) })),
    );
    assert.match(first ?? "", /^event 4: its hash does not cover/);
  });

  test("changed bytes with a hash made to fit are found at the next event", async () => {
    let previous = "";
    const found = await findings({
      event: (event) => {
        if (event.sequence === 3) previous = event.hash;
        if (event.sequence !== 4) return event;
        const bytes = event.bytes.replace(`"tokens":3`, `"tokens":1`);
        return { ...event, bytes, hash: chainHash(previous, bytes) };
      },
    });
    assert.match(found[0] ?? "", /^event 5: its hash does not cover/);
    assert.ok(found.some((line) => line.startsWith("row meter/task/x: differs")));
  });

  test("a missing event is named", async () => {
    const found = await findings(only(4, () => null));
    assert.equal(found[0], "event 4: is missing");
    assert.equal(
      (await findings({ event: (event) => (event.sequence < 4 ? null : event) }))[0],
      "event 1: is missing, and so is all up to event 3",
    );
  });

  test("a missing end of the log is found by the head", async () => {
    const found = await findings(only(7, () => null));
    assert.ok(found.includes("event 7: is missing: the head names event 7"));
  });

  test("a changed, a missing and an invented row are named by their keys", async () => {
    const changed = await findings({
      row: (row) =>
        row.key === "meter/task/x" ? { ...row, bytes: row.bytes?.replace(`"tokens":[3`, `"tokens":[1`) ?? null } : row,
    });
    assert.deepEqual(changed, ["row meter/task/x: differs from the fold of the log"]);
    assert.deepEqual(await findings({ row: (row) => (row.key === "task/x" ? null : row) }), [
      "row task/x: is missing from the store",
    ]);
    const renamed = await findings({ row: (row) => (row.key === "text/x" ? { ...row, key: "text/y" } : row) });
    assert.deepEqual(renamed, ["row text/x: is missing from the store", "row text/y: no event explains it"]);
  });

  test("a head that was moved is found", async () => {
    assert.deepEqual(await findings({ head: (head) => ({ ...head, hash: "0".repeat(64) }) }), [
      "head: its hash is not the last event's",
    ]);
  });

  test("an event of an unknown type stops the fold with its place, and is never misread", async () => {
    const found = await findings(
      only(5, (event) => ({ ...event, bytes: event.bytes.replace(`"type":"command_refused"`, `"type":"task_sold"`) })),
    );
    assert.ok(
      found.some((line) =>
        line.includes("event 5: it cannot be folded (event 5 is of an unknown kind (type task_sold, version 3)"),
      ),
    );
  });
});
