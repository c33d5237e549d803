// What breaks the contract is a defect, at once, and never reaches the log.

import assert from "node:assert/strict";
import type { RowChange, Session, StoredEvent, StoredHead, View } from "../../../src/store/index.ts";
import { StoreDefect } from "../../../src/store/index.ts";
import type { Open } from "./opened.ts";
import { everything, follow, hashOf, put } from "../growth.ts";
import { gate, rejection } from "../support.ts";
import { storeTest } from "./with-store.ts";

type Append = {
  readonly next: StoredHead;
  readonly events: readonly StoredEvent[];
  readonly rows: readonly RowChange[];
};
type Misuse = { readonly what: string; readonly spoil: (good: Append) => Append; readonly says: RegExp };

function changeLast(good: Append, change: Partial<StoredEvent>): Append {
  const events = good.events.map((event, index) =>
    index === good.events.length - 1 ? { ...event, ...change } : event,
  );
  const last = events.at(-1);
  return { ...good, events, next: { ...good.next, sequence: last?.sequence ?? 0, hash: last?.hash ?? "" } };
}

const MISUSES: readonly Misuse[] = [
  {
    what: "skip a sequence",
    spoil: (good) => changeLast(good, { sequence: 9 }),
    says: /^event 9 stands where 3 follows$/,
  },
  {
    what: "repeat a sequence",
    spoil: (good) => changeLast(good, { sequence: 2 }),
    says: /^event 2 stands where 3 follows$/,
  },
  {
    what: "come in another order",
    spoil: (good) => ({ ...good, events: [...good.events].reverse() }),
    says: /^event 3 stands where 2 follows$/,
  },
  {
    what: "do not reach the next head",
    spoil: (good) => ({ ...good, events: good.events.slice(0, 1) }),
    says: /^next head 3 is not the last event, 2$/,
  },
  {
    what: "end in another hash than the next head",
    spoil: (good) => ({ ...good, next: { ...good.next, hash: hashOf("x") } }),
    says: /^next head 3 is not the last event, 3$/,
  },
  { what: "are none", spoil: (good) => ({ ...good, events: [] }), says: /^an append needs at least one event$/ },
  {
    what: "have a hash in capitals",
    spoil: (good) => changeLast(good, { hash: "A".repeat(64) }),
    says: /^event 3 has no hash of 64 lower-case hex digits$/,
  },
  { what: "have a short hash", spoil: (good) => changeLast(good, { hash: "abc" }), says: /^event 3 has no hash/ },
  {
    what: "have a time that is no whole number",
    spoil: (good) => changeLast(good, { at: 1.5 }),
    says: /^time of event 3 is 1\.5, not a whole number/,
  },
  { what: "have a time before 1970", spoil: (good) => changeLast(good, { at: -1 }), says: /^time of event 3 is -1/ },
  { what: "have an empty type", spoil: (good) => changeLast(good, { type: "" }), says: /^type of event 3 is empty$/ },
  {
    what: "have NUL in them",
    spoil: (good) => changeLast(good, { bytes: "\0" }),
    says: /^event 3 has a lone surrogate or NUL/,
  },
  {
    what: "are too long",
    spoil: (good) => changeLast(good, { bytes: "x".repeat(4_194_305) }),
    says: /^event 3 has 4194305 characters, limit 4194304$/,
  },
  {
    what: "come with a minWriter that is no whole number",
    spoil: (good) => ({ ...good, next: { ...good.next, minWriter: NaN } }),
    says: /^minWriter is NaN/,
  },
  {
    what: "come with a key that is too long",
    spoil: (good) => ({ ...good, rows: [{ key: "k".repeat(2_049), bytes: null }] }),
    says: /^row key has 2049 characters, limit 2048$/,
  },
];

function isSession(view: View): view is Session {
  return "append" in view;
}

export function misuse(open: Open): void {
  for (const { what, spoil, says } of MISUSES) {
    storeTest(open, `refuses as a defect events that ${what}`, async ({ store }) => {
      await put(store, "w", "1");
      const before = await everything(store, "w");
      const failing = store.transact("w", async (session) => {
        const head = await session.head();
        const { next, events, rows } = spoil({ ...follow(head, "2", "3"), rows: [{ key: "a", bytes: "1" }] });
        await session.append(head, next, events, rows);
      });
      const error = await rejection(failing);
      assert.ok(error instanceof StoreDefect, String(error));
      assert.match(error.message, says);
      assert.deepEqual(await everything(store, "w"), before);
    });
  }

  storeTest(open, "refuses a second append in one session", async ({ store }) => {
    const failing = store.transact("w", async (session) => {
      for (const bytes of ["1", "2"]) {
        const head = await session.head();
        const { next, events } = follow(head, bytes);
        await session.append(head, next, events, []);
      }
    });
    assert.match((await rejection(failing)).message, /^append was called twice in one session$/);
    assert.deepEqual(await store.workspaces(), []);
  });

  storeTest(open, "refuses a transact inside a transact at once instead of waiting for ever", async ({ store }) => {
    const nested = store.transact("w", () => store.transact("other", async () => "never"));
    assert.match((await rejection(nested)).message, /^transact was called inside transact/);
    assert.equal((await put(store, "w", "1")).sequence, 1);
  });

  storeTest(open, "lets what a transact started call transact once it is over", async ({ store }) => {
    const over = gate();
    const later = await store.transact("w", async () => ({ started: over.opened.then(() => put(store, "w", "1")) }));
    over.open();
    assert.equal((await later.started).sequence, 1);
  });

  storeTest(open, "refuses a view that is used after its work has ended", async ({ store }) => {
    await put(store, "w", "1");
    let kept: Session | null = null;
    await store.transact("w", async (session) => {
      kept = session;
    });
    const late: readonly ((session: Session) => Promise<unknown>)[] = [
      (session) => session.head(),
      (session) => session.load(["a"]),
      (session) => session.event(1),
      (session) => session.events(0, 1),
      (session) => session.rows({ prefix: "", limit: 1 }),
      (session) => session.search("lesson/", "", 1),
      (session) => session.counters(),
      (session) => session.count("n", 1),
      (session) => session.append(null, follow(null, "1").next, follow(null, "1").events, []),
    ];
    for (const call of late) {
      assert.match((await rejection(kept === null ? Promise.resolve() : call(kept))).message, /^a view was used after/);
    }
  });

  storeTest(open, "lets nothing be written through the view of a read, whatever the types say", async ({ store }) => {
    const head = await put(store, "w", "1");
    const before = await everything(store, "w");
    const { next, events } = follow(head, "2");
    const writes = [(view: Session) => view.append(head, next, events, []), (view: Session) => view.count("n", 1)];
    for (const write of writes) {
      // A store whose views have no such methods is as good.
      const error = await rejection(
        store.read("w", async (view) =>
          isSession(view) ? write(view) : Promise.reject(new StoreDefect("was called in a read")),
        ),
      );
      assert.ok(error instanceof StoreDefect);
      assert.match(error.message, /was called in a read$/);
    }
    assert.deepEqual(await everything(store, "w"), before);
    assert.equal((await put(store, "w", "2")).sequence, 2);
  });

  storeTest(open, "refuses questions that make no sense", async ({ store }) => {
    await put(store, "w", "1");
    const asked: readonly ((session: Session) => Promise<unknown>)[] = [
      (session) => session.events(-1, 1),
      (session) => session.events(0, -1),
      (session) => session.events(0, 1.5),
      (session) => session.event(0.5),
      (session) => session.event(NaN),
      (session) => session.rows({ prefix: "", limit: Infinity }),
      (session) => session.rows({ prefix: "\ud800", limit: 1 }),
      (session) => session.rows({ prefix: "", after: "\0", limit: 1 }),
      (session) => session.load(["\udfff"]),
      (session) => session.search("task/", "word", 1),
      (session) => session.search("lesson", "word", 1),
      (session) => session.search("", "word", 1),
      (session) => session.search("lesson/\ud800", "word", 1),
      (session) => session.search("lesson/", "x".repeat(1_001), 1),
      (session) => session.search("lesson/", "word", 101),
      (session) => session.search("lesson/", "word", -1),
      (session) => session.search("lesson/", "", 0.5),
    ];
    for (const ask of asked)
      assert.ok((await rejection(store.transact("w", ask))) instanceof StoreDefect, ask.toString());
    for (const id of ["", "a\0b", "\ud800", "x".repeat(513)]) {
      assert.ok((await rejection(store.read(id, async () => 1))) instanceof StoreDefect, JSON.stringify(id));
      assert.ok((await rejection(store.transact(id, async () => 1))) instanceof StoreDefect, JSON.stringify(id));
    }
  });
}
