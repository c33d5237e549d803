import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { isReasonCode, reason, REASONS, RULES } from "../../src/core/index.ts";
import { reasonsPage } from "../../scripts/reasons-doc.ts";

const codes = Object.keys(REASONS).filter(isReasonCode);

describe("the reason table", () => {
  test("docs/reasons.md is what the table says", () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/reasons.md"), "utf8");
    assert.equal(page, reasonsPage(), "run `npm run docs`");
  });

  test("codes are area.condition in snake case", () => {
    for (const code of codes) assert.match(code, /^[a-z]+\.[a-z]+(_[a-z]+)*$/);
  });

  test("a sample of every code reads well: no hole, lower case, and a refusal names what to do next", () => {
    const page = reasonsPage();
    assert.equal(/undefined|NaN|\[object/.exec(page), null);
    for (const line of page.split("\n").filter((item) => item.startsWith("| `"))) {
      const words = line.split(" | ").at(-1) ?? "";
      assert.ok(words.length > 8, line);
    }
    for (const code of codes.filter((item) => reason(item).exit !== 0))
      assert.ok(reason(code).next({}).length > 0, code);
  });

  test("every finding a rule can make has a row, and every refusal of the rules' areas has a rule", () => {
    const found = RULES.flatMap((rule) => rule.codes);
    for (const code of found) assert.ok(isReasonCode(code), code);
    // Said of what makes no sense whatever the rules are.
    const outside = [
      "task.unknown",
      "task.parent_unknown",
      "task.ended",
      "task.placed_there",
      "lease.endless",
      "lineage.other_root",
      "lineage.move_too_large",
    ];
    const areas = codes.filter(
      (code) =>
        /^(lifecycle|lineage|budget|lease|fact|task)\./.test(code) &&
        reason(code).exit !== 0 &&
        !outside.includes(code),
    );
    for (const code of areas) assert.ok(found.includes(code), code);
  });

  test("a refusal that only a human lifts says so in its exit status or its override", () => {
    for (const code of codes) if (reason(code).exit === 5) assert.equal(reason(code).override, "human", code);
  });
});
