// Admissions from a file: JSON or YAML, and what is wrong with them by line and column.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readAdmission } from "../../../src/cli/args/read-admission.ts";
import { UsageError } from "../../../src/cli/args/usage.ts";

const folder = mkdtempSync(join(tmpdir(), "admission-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, "admission.yml");
  writeFileSync(path, text);
  return path;
}

const FIELDS = { consumer: "support", painPoint: "no login", expectedValue: "calls", validationPath: "npm test" };

test("JSON and YAML, and both spellings of a field, say the same", () => {
  const expected = { ...FIELDS, originCategory: undefined, originEvidence: undefined };
  assert.deepEqual(readAdmission(file(JSON.stringify(FIELDS))), expected);
  assert.deepEqual(
    readAdmission(
      file("consumer: support\npain_point: no login\nexpected_value: calls\nvalidationPath: |-\n  npm test\n"),
    ),
    expected,
  );
  assert.equal(readAdmission(file(JSON.stringify({ ...FIELDS, origin_category: "bug" }))).originCategory, "bug");
});

test("what is wrong is told with file, line and column", () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["", /admission\.yml:1:1: holds no fields/],
    ["- a\n", /:1:1: holds no fields/],
    ["consumer: a\npain_piont: b\n", /:2:1: unknown field "pain_piont", did you mean pain_point\?/],
    ["consumer: 5\n", /:1:1: consumer is not a text: put it in quotes/],
    ["consumer: a\nconsumer: b\n", /:2:1: .*unique/],
    ["pain_point: a\npainPoint: b\n", /pain_point is given twice/],
    ["consumer: a\n", /admission\.yml: pain_point is missing/],
    ["consumer: [a\n", /:\d+:\d+: /],
    ["consumer: *nobody\n", /:1:\d+: |is not a text/],
    ["? {a: b}\n: c\n", /:1:\d+: unknown field/],
  ];
  for (const [text, says] of wrong)
    assert.throws(
      () => readAdmission(file(text)),
      (error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, says, text);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
    );
});

test("a file that is too long, or no UTF-8, is told as such", () => {
  assert.throws(() => readAdmission(file("#".repeat(70_000))), /has more than 65536 bytes/);
  writeFileSync(join(folder, "bytes"), Buffer.from([0x61, 0xff]));
  assert.throws(() => readAdmission(join(folder, "bytes")), /byte 2 is not UTF-8/);
});
