import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { playPage } from "../support/play-page.ts";

const ROOT = join(import.meta.dirname, "../..");
const { page } = await playPage("README.md");

test("README.md names the two commands that a newcomer types", () => {
  assert.ok(page.includes("npm ci && npm run demo\n") && page.includes("npm ci && npm test\n"));
});

test("every link between the pages leads somewhere", () => {
  const pages = globSync("docs/*.md", { cwd: ROOT });
  for (const from of ["README.md", "ARCHITECTURE.md", ...pages]) {
    for (const [, to = ""] of readFileSync(join(ROOT, from), "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      assert.ok(existsSync(join(ROOT, from, "..", to)), `${from} links to ${to}`);
    }
  }
});
