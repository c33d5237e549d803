// Suggestions and quoted words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, printable, quoted, readable, readableLines } from "../../../src/cli/args/words.ts";

const KNOWN = ["create", "list", "show", "claim", "release", "reopen"];

test("the nearest word within two edits is suggested, or what begins so", () => {
  assert.equal(nearest("craete", KNOWN), "create");
  assert.equal(nearest("clam", KNOWN), "claim");
  assert.equal(nearest("SHOW", KNOWN), "show");
  assert.equal(nearest("rel", KNOWN), "release");
});

test("nothing is suggested for what resembles nothing, or is too long to look at", () => {
  for (const word of ["frobnicate", "x", "", "c".repeat(10_000)]) assert.equal(nearest(word, KNOWN), null);
});

test("foreign words are shown short, on one line, and cannot move a cursor", () => {
  assert.equal(quoted("a\u001b[31mb\nc"), '"a\\u{1b}[31mb\\u{a}c"');
  assert.equal(quoted("x".repeat(10_240)).length, 65);
  assert.equal(printable("a\u202eb"), "a\\u{202e}b");
  assert.equal(printable("日本 ü"), "日本 ü");
});

test("what people wrote keeps its joiners, and still cannot move a cursor or turn a line", () => {
  assert.equal(readable("\u{1f469}\u200d\u{1f4bb} so\u00adft"), "\u{1f469}\u200d\u{1f4bb} so\u00adft");
  assert.equal(readable("a\u202eb\u2066\u001b\n\u200b"), "a\\u{202e}b\\u{2066}\\u{1b}\\u{a}\\u{200b}");
  assert.equal(readableLines("a\r\nb\tc\u202ed"), "a\nb\tc\\u{202e}d");
});
