import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NORMALISER_RULES, normalised } from "../../src/text/index.ts";

/** Told in two parts: no file here names a path of a machine. */
const TEMPORARY: string = ["", "tmp", ""].join("/");

const same = (one: string, other: string): void => assert.equal(normalised(one), normalised(other));
const differ = (one: string, other: string): void => assert.notEqual(normalised(one), normalised(other));

describe("the normaliser", () => {
  for (const { name, example, becomes } of NORMALISER_RULES)
    test(`${name}: its example is masked`, () => {
      const shown = becomes.replace("$1", "").trim();
      assert.ok(normalised(`a ${example} b`).includes(shown), normalised(`a ${example} b`));
      assert.ok(!normalised(`a ${example} b`).includes(example));
    });

  test("two runs of one thing are the same", () => {
    same("Finished in 1.2 seconds (0.1s async)", "Finished in 12.9 seconds (3.4s async)");
    same("2026-11-24T09:30:00Z up, pid 12", "2026-11-25T10:31:01.5Z up, pid 48213");
    same(`wrote ${TEMPORARY}a-1/out in 3ms`, `wrote ${TEMPORARY}b-2/out in 4ms`);
    same("request 6f1c2d3e-0a1b-4c2d-8e3f-1a2b3c4d5e6f", "request 00000000-0a1b-4c2d-8e3f-1a2b3c4d5e6f");
    same("\u001b[31mred\u001b[0m", "red");
  });

  test("what counts stays: numbers of tests, names, lines, sizes, versions", () => {
    differ("3 failed, 12 passed", "2 failed, 13 passed");
    differ("src/a.ts:12: error", "src/a.ts:13: error");
    differ("node 24.1.0", "node 24.2.0");
    differ("200 items", "201 items");
    differ("commit 4f2a91c", "commit 4f2a91d");
  });

  test("of a long text both ends are masked and the middle counts as it is", () => {
    const long = (start: string, middle: string, end: string): string =>
      `${start}${"x".repeat(9_000)}${middle}${"y".repeat(9_000)}${end}`;
    same(long("at 09:30:00", "a", "in 1.2s"), long("at 10:31:01", "a", "in 3.4s"));
    differ(long("", "a", ""), long("", "b", ""));
  });

  test("no text makes it slow", () => {
    const startedMs = performance.now();
    for (const nasty of [
      "1".repeat(16_000),
      "a".repeat(16_000),
      "-".repeat(16_000),
      TEMPORARY.repeat(3_000),
      "1 m".repeat(5_000),
    ])
      normalised(nasty);
    assert.ok(performance.now() - startedMs < 2_000);
  });
});
