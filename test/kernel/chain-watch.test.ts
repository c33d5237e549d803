import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { ChainWatch } from "../../src/kernel/chain-watch.ts";
import type { StoredEvent, StoredHead } from "../../src/store/index.ts";
import { eventsOf } from "../golden/log-file.ts";
import { bench } from "../support/kernels.ts";

let events: readonly StoredEvent[] = [];

before(async () => {
  const { store, human } = await bench();
  for (const title of ["a", "b", "c", "d"]) await human.submit({ type: "create_task", body: { title } });
  events = await eventsOf(store, "w");
});

/** Where the chain of these events is broken, before a head that says this and rows that stand there. */
function brokenAt(seen: readonly StoredEvent[], head: StoredHead | null, rowsAt: number): number | null {
  const watch = new ChainWatch();
  for (const event of seen) watch.see(event);
  watch.end(head, rowsAt);
  return watch.brokenAt;
}

function headAt(sequence: number): StoredHead {
  return { sequence, hash: events[sequence - 1]?.hash ?? "", minWriter: 3 };
}

describe("a chain that is watched", () => {
  test("is whole where its head and its rows end with it", () => {
    assert.equal(brokenAt(events, headAt(5), 5), null);
    assert.equal(brokenAt([], null, 0), null);
  });

  test("is broken at the first event that is missing, in the middle or at the end", () => {
    assert.equal(brokenAt(events.toSpliced(2, 2), headAt(5), 5), 3);
    assert.equal(brokenAt(events.slice(0, 3), headAt(5), 3), 4, "the head knows of more");
    assert.equal(brokenAt(events.slice(0, 3), headAt(3), 5), 4, "the rows know of more");
    assert.equal(brokenAt([], null, 5), 1);
  });

  test("is broken where the head has another hash than the last event", () => {
    assert.equal(brokenAt(events, { ...headAt(5), hash: "0".repeat(64) }, 5), 5);
  });

  test("stays broken where it first was", () => {
    const edited = events.map((event) => (event.sequence === 2 ? { ...event, bytes: `${event.bytes} ` } : event));
    assert.equal(brokenAt(edited.slice(0, 4), headAt(5), 5), 2);
  });

  test("goes on after an event whose hash is known", () => {
    const watch = new ChainWatch(3, events[2]?.hash);
    for (const event of events.slice(3)) watch.see(event);
    assert.deepEqual([watch.brokenAt, watch.sequence], [null, 5]);
  });
});
