import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { printable, quoted, shownKey } from "../../src/config/quote.ts";
import { seeded } from "../support/seeded.ts";

test("foreign text can neither break the line nor move the terminal", () => {
  assert.equal(quoted("a\nb\u001b[2J"), String.raw`"a\u{a}b\u{1b}[2J"`);
  assert.equal(printable("\u202eabc\u2028\ud800"), String.raw`\u{202e}abc\u{2028}\u{d800}`);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(quoted(text))),
    seeded(),
  );
});

test("a long text is shortened to 40 characters, whole ones", () => {
  assert.equal(quoted("😀".repeat(41)), `"${"😀".repeat(40)}..."`);
  assert.equal(quoted("a".repeat(40)), `"${"a".repeat(40)}"`);
});

test("a key is quoted only where it is not plain", () => {
  assert.equal(shownKey("max_depth"), "max_depth");
  assert.equal(shownKey("max depth"), '"max depth"');
});
