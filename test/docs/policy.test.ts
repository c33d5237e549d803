import assert from "node:assert/strict";
import { test } from "node:test";
import { RULES } from "../../src/core/index.ts";
import { playPage } from "../support/play-page.ts";

const { page } = await playPage("docs/policy.md");

test("docs/policy.md counts the rules that are always enforced, and names those that begin in observe", () => {
  assert.equal(RULES.filter(({ fixed }) => fixed === true).length, 9);
  assert.ok(page.includes("Nine are always enforced"));
  // What a harness tells is never refused in any mode, so `continuity` is not one to promote.
  for (const { name } of RULES.filter((rule) => rule.mode === "observe" && rule.name !== "continuity"))
    assert.ok(page.includes(`\`${name}\``), name);
});
