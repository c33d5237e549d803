// What a word is: the one thing that decides what a search finds, in any store.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wordsOf, wordsOfQuery, wordsOfRow } from "../../src/store/words.ts";
import { anyText, seed } from "./support.ts";

const SIGNS = ["a", "B", "ß", "σ", "ς", "Σ", "é", "Å", "가", "デ", "漢", "1", "ﬀ", "İ", "-", " "];

test("words are runs of letters, digits and marks, folded", () => {
  for (const [text, words] of [
    ["", []],
    ["npm ERR! code-E404", ["npm", "err", "code", "e404"]],
    ["snake_case.method()", ["snake", "case", "method"]],
    ["Ärger ÄRGER a\u0308rger", ["arger", "arger", "arger"]],
    ["Straße STRASSE", ["strasse", "strasse"]],
    ["ΟΔΟΣ οδος", ["οδοσ", "οδοσ"]],
    ["İstanbul ﬁne ①", ["istanbul", "fine", "1"]],
    ["数据库db失败", ["数", "据", "库", "db", "失", "败"]],
    ["\u{1f600}\0\ud800", []],
  ] as const)
    assert.deepEqual(wordsOf(text), words, text);
});

test("a query has each word once, in the order of their first places", () => {
  assert.deepEqual(wordsOfQuery("b a B c A"), ["b", "a", "c"]);
});

test("a row has the words of the strings in its JSON", () => {
  assert.deepEqual(wordsOfRow('{"a":"x\\ny","b":["z",{"c":"\\u00e9t\\u00e9"}],"d":1}').sort(), ["ete", "x", "y", "z"]);
  assert.deepEqual(wordsOfRow("no JSON: {a}"), ["no", "json", "a"]);
});

test("every text has only words that FTS5's ascii tokeniser leaves whole", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const word of wordsOf(text)) assert.match(word, /^[a-z0-9\u0080-\u{10ffff}]+$/u);
    }),
    { seed, numRuns: 2_000 },
  );
});

test("a text has the same words in upper, lower and decomposed form", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 30 }), (text) => {
      for (const form of [text.toUpperCase(), text.normalize("NFD"), text.normalize("NFKC")])
        assert.deepEqual(wordsOf(form), wordsOf(text), JSON.stringify(form));
    }),
    { seed, numRuns: 500 },
  );
});
