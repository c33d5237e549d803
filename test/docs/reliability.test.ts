import assert from "node:assert/strict";
import { test } from "node:test";
import { playPage } from "../support/play-page.ts";

const { page } = await playPage("docs/reliability.md");

test("docs/reliability.md names a command for each kind that lands on a full disk", () => {
  for (const name of ["step settle", "step cancel", "task release", "halt"])
    assert.ok(page.includes(`\`${name}\``), name);
});
