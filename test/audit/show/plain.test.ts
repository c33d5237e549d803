import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cut, fit, hanging, harmless, unbroken, widthOf, wrapped } from "../../../src/audit/show/plain.ts";
import { seeded } from "../../support/seeded.ts";

test("nothing in foreign text can command a terminal", () => {
  assert.equal(harmless("\u001b[2Jgone\u0007"), "\\u{1b}[2Jgone\\u{7}");
  assert.equal(harmless("\u009b31mred"), "\\u{9b}31mred");
  assert.equal(harmless("two\nlines\r\n\tone"), "two lines one");
  assert.equal(harmless("abc\u202edcba\u2066"), "abcdcba");
  assert.equal(harmless("half \ud83d of a pair"), "half \ufffd of a pair");
  assert.equal(harmless("zalgo a" + "\u0301".repeat(40)), "zalgo a\u0301\u0301\u0301");
});

test("any text becomes one line that fits", () => {
  const some = fc.tuple(fc.string({ unit: "binary", maxLength: 60 }), fc.integer({ min: 2, max: 40 }));
  fc.assert(
    fc.property(some, ([text, width]) => {
      const line = fit(text, width);
      assert.ok(widthOf(line) <= width);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
    seeded(),
  );
});

test("wide characters count two columns and marks none", () => {
  assert.equal(widthOf("abc"), 3);
  assert.equal(widthOf("日本語"), 6);
  assert.equal(widthOf("e\u0301"), 1);
  assert.equal(widthOf("🚀"), 2);
  assert.equal(cut("日本語", 5), "日本…");
  assert.equal(cut("日本語", 6), "日本語");
});

test("text breaks at spaces, and nowhere inside what is kept together", () => {
  assert.deepEqual(wrapped("one two three", 8), ["one two", "three"]);
  assert.deepEqual(wrapped("a averyverylongword b", 6), ["a", "averyverylongword", "b"]);
  assert.deepEqual(wrapped(`${unbroken("a -> b")}, c`, 6), ["a -> b,", "c"]);
  assert.deepEqual(hanging("  7  ", "one two three", 13), ["  7  one two", "     three"]);
});
