// What the words of a query and of a row are: plain text on one side, the texts of some JSON on the other.

import assert from "node:assert/strict";
import type { Open } from "./opened.ts";
import { put } from "../growth.ts";
import { find, lessons, PLAIN } from "./lessons.ts";
import { storeTest } from "./with-store.ts";

/** Queries that mean something to FTS5, with the words they are. */
const NO_OPERATORS: readonly (readonly [string, string])[] = [
  ["build AND nothing", "build and nothing"],
  ["build NOT fails", "build not fails"],
  ["NEAR(build test, 2)", "near build test 2"],
  ["buil*", "buil"],
  ["^the", "the"],
  ["words : build", "words build"],
  ["{key words} : build", "key words build"],
  ["-words : build", "words build"],
  ['"the build"', "the build"],
  ['"unbalanced build', "unbalanced build"],
  ["(build", "build"],
  ["build) OR (", "build or"],
  ["build + test", "build test"],
  ["build'; DROP TABLE search; --", "build drop table search"],
  ["build\0test", "build test"],
  ["\ud800build\udc00", "build"],
];

export function queryWords(open: Open): void {
  storeTest(open, "takes every query as plain text, whatever FTS5 would read in it", async ({ store }) => {
    await put(store, "w", "e", lessons({ ...PLAIN, 5: "near 2 or not and", 6: "key words" }));
    for (const [query, plain] of NO_OPERATORS)
      assert.deepEqual(await find(store, query), await find(store, plain), JSON.stringify(query));
    assert.deepEqual((await find(store, "build NOT fails")).sort(), ["1", "2", "3", "5"]);
  });

  storeTest(
    open,
    "finds a word in any case, width and accent, and each character where no space parts words",
    async ({ store }) => {
      await put(
        store,
        "w",
        "e",
        lessons({
          1: "Das Café an der Straße",
          2: "ΟΔΟΣ",
          3: "数据库迁移失败",
          4: "データ",
          5: "한국어 문서",
          6: "हिन्दी",
        }),
      );
      for (const [query, expected] of [
        ["CAFE", "1"],
        ["cafe\u0301 strasse", "1"],
        ["ｃａｆｅ", "1"],
        ["οδος οδοσ", "2"],
        ["迁移", "3"],
        ["デ", "4"],
        ["한국어", "5"],
        ["हिन्दी", "6"],
        ["हि 한", ""],
      ] as const)
        assert.deepEqual((await find(store, query)).join(), expected, query);
    },
  );

  storeTest(
    open,
    "knows the words of all strings in the JSON, not its field names, and of a text that is none",
    async ({ store }) => {
      const value = { field: 'first\nsecond\ttab "quoted" C:\\new', list: [{ deep: "inner" }, 42, true, null] };
      await put(store, "w", "e", [
        { key: "lesson/json", bytes: JSON.stringify(value) },
        { key: "lesson/text", bytes: "{broken field: plain" },
        { key: "lesson/empty", bytes: "" },
        { key: "lesson/deep", bytes: `${"[".repeat(50_000)}"bottom"${"]".repeat(50_000)}` },
      ]);
      for (const word of ["first", "second", "tab", "quoted", "c:\\NEW", "inner"])
        assert.deepEqual(await find(store, word), ["json"], word);
      assert.deepEqual(await find(store, "field list deep true null 42"), ["text"]);
      assert.deepEqual(await find(store, "broken plain"), ["text"]);
      assert.deepEqual(await find(store, "bottom"), ["deep"]);
    },
  );

  storeTest(open, "takes a query of 1,000 characters, be it one word or hundreds", async ({ store }) => {
    const long = "x".repeat(1_000);
    const many = Array.from({ length: 1_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join("");
    const letters = Array.from({ length: 500 }, (_, index) => String.fromCodePoint(0x61 + (index % 26))).join(" ");
    await put(store, "w", "e", lessons({ 1: long, 2: many.slice(-1), 3: "b", 4: `${long}x` }));
    assert.deepEqual(await find(store, long), ["1"]);
    assert.deepEqual(await find(store, many), ["2"]);
    assert.deepEqual(await find(store, `${letters} `), ["3"]);
  });
}
