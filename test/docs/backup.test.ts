import assert from "node:assert/strict";
import { test } from "node:test";
import { playPage } from "../support/play-page.ts";

const { page } = await playPage("docs/backup.md");

test("docs/backup.md says what a restore ends, and what to do with a store in which something was found", () => {
  for (const word of ["Claims of before are over", "Do not write to such a store", "human key", "crontab"])
    assert.ok(page.includes(word), word);
});
