// The order of keys is that of their UTF-8 bytes, and the end of a prefix is the first key after all that start with it.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareKeys, prefixEnd } from "../../src/store/index.ts";
import { seed } from "./support.ts";

const edge = fc.constantFrom("\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}", "\u{1f600}", "a", "\x7f", "\x80");
const text = fc
  .array(fc.oneof(edge, fc.string({ unit: "binary", maxLength: 2 })), { maxLength: 6 })
  .map((parts) => parts.join(""));

function utf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

test("keys compare as their UTF-8 bytes do", () => {
  fc.assert(
    fc.property(text, text, text, (prefix, a, b) => {
      for (const [left, right] of [
        [a, b],
        [prefix + a, prefix + b],
        [a, a],
      ] as const) {
        assert.equal(Math.sign(compareKeys(left, right)), utf8(left, right));
      }
    }),
    { seed, numRuns: 2_000 },
  );
});

test("a key starts with a prefix exactly when it lies between the prefix and its end", () => {
  fc.assert(
    fc.property(text, text, fc.boolean(), (prefix, rest, starts) => {
      const key = starts ? prefix + rest : rest;
      const end = prefixEnd(prefix);
      const between = utf8(key, prefix) >= 0 && (end === null || utf8(key, end) < 0);
      assert.equal(between, key.startsWith(prefix));
    }),
    { seed, numRuns: 2_000 },
  );
});

test("the end of a prefix steps over surrogates and last code points", () => {
  assert.equal(prefixEnd("a"), "b");
  assert.equal(prefixEnd("a\ud7ff"), "a\ue000");
  assert.equal(prefixEnd("a\uffff"), "a\u{10000}");
  assert.equal(prefixEnd("a\u{10ffff}\u{10ffff}"), "b");
  assert.equal(prefixEnd("\u{10ffff}"), null);
  assert.equal(prefixEnd(""), null);
});
