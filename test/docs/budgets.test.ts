import assert from "node:assert/strict";
import { test } from "node:test";
import { SCOPE_KINDS, WINDOWS } from "../../src/core/index.ts";
import { playPage } from "../support/play-page.ts";

const { page } = await playPage("docs/budgets.md");

test("docs/budgets.md names every scope, window and way to end a reservation", () => {
  for (const scope of SCOPE_KINDS) assert.match(page, new RegExp(`^\\| \`${scope}[/\`]`, "m"), scope);
  for (const window of WINDOWS) assert.ok(page.includes(window), window);
  for (const word of ["settle", "cancel", "presumed", "late", "overrun", "measured", "estimated", "unpriced"])
    assert.ok(page.includes(word), word);
});

test("the worked example adds up", () => {
  const micros = [4.5, 9.8].map((dollars) => Math.round(dollars * 1_000_000));
  assert.equal(
    micros.reduce((sum, one) => sum + one, 0),
    14_300_000,
  );
  assert.ok(page.includes("used $14.30 of $12.00"));
  assert.ok(page.includes("lineage REL used $0.00 of $12.00, $7.00 more reserved; this asks for $6.00"));
});
