import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lineOf } from "../../../src/audit/show/json.ts";
import { seeded } from "../../support/seeded.ts";

test("characters that show nothing, or turn a line around, are written as escapes", () => {
  assert.equal(lineOf("a\u200bb\u061c\u202e\ufeff\u2028\u007f"), String.raw`"a\u200bb\u061c\u202e\ufeff\u2028\u007f"`);
  assert.equal(lineOf("\u{e0041}"), String.raw`"\udb40\udc41"`);
});

test("any text is one harmless line, and is read back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const line = lineOf(text);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      assert.equal(JSON.parse(line), text);
    }),
    seeded(),
  );
});
