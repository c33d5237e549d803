// Rows under a searchable prefix are found by their words, in the same way in every store.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Open } from "./opened.ts";
import { follow, put } from "../growth.ts";
import { rejection, seed } from "../support.ts";
import { find, found, lessons, PLAIN } from "./lessons.ts";
import { storeTest } from "./with-store.ts";

function ordering(open: Open): void {
  storeTest(open, "puts first what has more of the words", async ({ store }) => {
    const noise = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`z${index}`, "some noise here"]));
    await put(store, "w", "e", lessons({ ...noise, c: "red one two", a: "red green blue", b: "red green one" }));
    assert.deepEqual(await find(store, "red green blue"), ["a", "b", "c"]);
  });

  storeTest(
    open,
    "puts what is rare before what is common, and the shorter text before the longer",
    async ({ store }) => {
      const noise = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`a${index}`, "much noise here"]));
      await put(store, "w", "e", lessons({ ...noise, b: "one rare word", c: "rare word with two more" }));
      assert.deepEqual((await find(store, "noise rare")).slice(0, 3), ["b", "c", "a9"]);
    },
  );

  storeTest(open, "puts the last key first among rows that match equally", async ({ store }) => {
    await put(
      store,
      "w",
      "e",
      lessons({ b: "same text", "\u{1f600}": "same text", a: "same text", "\uffff": "same text" }),
    );
    assert.deepEqual(await find(store, "text"), ["\u{1f600}", "\uffff", "b", "a"]);
  });

  storeTest(open, "gives the last keys first for a query without a word, as many as asked", async ({ store }) => {
    await put(store, "w", "e", [...lessons(PLAIN), { key: "lesson0", bytes: "after" }, { key: "lessn/", bytes: "x" }]);
    for (const query of ["", "   ", "?!", '"', "*", "\u{1f600}", "\ud800"])
      assert.deepEqual(await find(store, query), ["4", "3", "2", "1"], JSON.stringify(query));
    await store.read("w", async (view) => {
      assert.deepEqual(await view.search("lesson/", "", 2), lessons(PLAIN).reverse().slice(0, 2));
      assert.deepEqual(await view.search("lesson/", "", 0), []);
      assert.deepEqual(await view.search("lesson/", "the", 0), []);
      assert.equal((await view.search("lesson/", "the", 1)).length, 1);
    });
  });
}

function places(open: Open): void {
  storeTest(open, "looks under the prefix only, and indexes nothing outside the searchable ones", async ({ store }) => {
    const bytes = JSON.stringify({ text: "needle" });
    const keys = ["lesson/a/1", "lesson/a/2", "lesson/b/1", "lesson/a", "lesson", "lessons/1", "task/1", "lesson/a0"];
    await put(
      store,
      "w",
      "e",
      keys.map((key) => ({ key, bytes })),
    );
    assert.deepEqual(await find(store, "needle", "lesson/a/"), ["a/2", "a/1"]);
    assert.deepEqual(await find(store, "", "lesson/a/"), ["a/2", "a/1"]);
    assert.deepEqual(await find(store, "needle", "lesson/c"), []);
    assert.deepEqual(await find(store, "needle"), ["b/1", "a0", "a/2", "a/1", "a"]);
  });

  storeTest(open, "weighs a word by all searchable rows, also those outside the prefix", async ({ store }) => {
    const near = { "a/1": "x pad", "a/2": "y pad", "a/3": "y pad", "a/4": "pad pad", "a/5": "pad pad" };
    const far = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`b/${index}`, "x pad"]));
    await put(store, "w", "e", lessons({ ...near, ...far }));
    assert.deepEqual(await find(store, "x y", "lesson/a/"), ["a/3", "a/2", "a/1"]);
  });

  storeTest(open, "keeps workspaces apart", async ({ store }) => {
    for (const workspace of ["v", "w", "x"]) await put(store, workspace, "e", lessons({ [workspace]: "shared word" }));
    assert.deepEqual(await find(store, "word"), ["w"]);
    assert.deepEqual(await find(store, ""), ["w"]);
    await put(store, "v", "e", [{ key: "lesson/v", bytes: null }]);
    assert.deepEqual(await find(store, "word"), ["w"]);
    assert.deepEqual(await store.read("none", (view) => found(view, "word")), []);
    assert.deepEqual(await store.read("v", (view) => found(view, "word")), []);
  });
}

function changes(open: Open): void {
  storeTest(open, "follows each change: a new text, a deleted row, one that comes back", async ({ store }) => {
    await put(store, "w", "e", lessons({ 1: "old text", 2: "other text" }));
    await put(store, "w", "e", lessons({ 1: "new text" }));
    assert.deepEqual([await find(store, "old"), await find(store, "new")], [[], ["1"]]);
    await put(store, "w", "e", [
      { key: "lesson/1", bytes: null },
      { key: "lesson/never", bytes: null },
    ]);
    assert.deepEqual([await find(store, "new"), await find(store, "text"), await find(store, "")], [[], ["2"], ["2"]]);
    await put(store, "w", "e", lessons({ 1: "old text again" }));
    assert.deepEqual([await find(store, "new"), await find(store, "again old")], [[], ["1"]]);
  });

  storeTest(open, "sees the session's own writes, and nothing of a transaction that failed", async ({ store }) => {
    await put(store, "w", "e", lessons({ 1: "first", 2: "second" }));
    const failing = store.transact("w", async (session) => {
      const { next, events } = follow(await session.head(), "e");
      const gone = { key: "lesson/2", bytes: null };
      await session.append(await session.head(), next, events, [...lessons({ 1: "changed", 3: "third" }), gone]);
      assert.deepEqual((await found(session, "first changed second third")).sort(), ["1", "3"]);
      throw new Error("mine");
    });
    assert.equal((await rejection(failing)).message, "mine");
    assert.deepEqual((await find(store, "first changed second third")).sort(), ["1", "2"]);
  });

  storeTest(open, "shows a reader what could be found when it began", async ({ store }) => {
    await put(store, "w", "e", lessons({ 1: "first text", 2: "second text" }));
    await store.read("w", async (view) => {
      assert.equal((await view.head())?.sequence, 1);
      await put(store, "w", "e", [...lessons({ 1: "changed", 3: "third text" }), { key: "lesson/2", bytes: null }]);
      assert.deepEqual(await found(view, "text"), ["2", "1"]);
      assert.deepEqual(await found(view, "changed third"), []);
      assert.deepEqual(await found(view, ""), ["2", "1"]);
    });
    assert.deepEqual(await find(store, "text changed second"), ["1", "3"]);
  });

  storeTest(open, "finds the same after the store was closed and opened again", async ({ store, reopen }) => {
    await put(store, "w", "e", lessons(PLAIN));
    const before = await find(store, "build test the");
    if (reopen === undefined) return;
    const again = await reopen();
    assert.deepEqual(await find(again, "build test the"), before);
    await again.close();
  });
}

const WORDS = ["red", "green", "blue", "Red", "GREEN", "é", "漢", "1", "and", "n", "word"];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((list) => list.join(" "));
const step = fc.record({ name: fc.nat(8), text: fc.option(text), query: text });

/** The words of a text made of WORDS, as a plain reading has them. */
function plainWords(given: string): Set<string> {
  return new Set(
    given
      .toLowerCase()
      .split(" ")
      .filter((word) => word !== ""),
  );
}

export function searching(open: Open): void {
  for (const part of [ordering, places, changes]) part(open);

  storeTest(open, "finds after any changes what a plain reading of all rows would find", async ({ store }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const model = new Map<string, string>();
        const names = Array.from({ length: 9 }, (_, name) => ({ key: `lesson/${name}`, bytes: null }));
        await put(store, "w", "e", names);
        for (const { name, text: given, query } of steps) {
          const bytes = given === null ? null : JSON.stringify({ text: given });
          await put(store, "w", "e", [{ key: `lesson/${name}`, bytes }]);
          if (given === null) model.delete(String(name));
          else model.set(String(name), given);
          const asked = plainWords(query);
          const expected = [...model].filter(
            ([, held]) => asked.size === 0 || [...plainWords(held)].some((word) => asked.has(word)),
          );
          assert.deepEqual((await find(store, query)).sort(), expected.map(([each]) => each).sort());
        }
      }),
      { seed, numRuns: 40 },
    );
  });
}
