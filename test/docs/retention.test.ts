import assert from "node:assert/strict";
import { test } from "node:test";
import { LESSON_KEPT_MS, LESSONS_MAX, REMEMBERED_MS } from "../../src/core/index.ts";
import { KINDS } from "../../src/kernel/growth.ts";
import { playPage } from "../support/play-page.ts";

const { page } = await playPage("docs/retention.md");
const DAY_MS = 86_400_000;

test("docs/retention.md says of every kind of row what bounds it, with the numbers that hold", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  const named = rows.flatMap((line) => (line.split("|")[1] ?? "").split(",").map((name) => name.trim()));
  for (const kind of KINDS) assert.ok(named.includes(kind), kind);
  const boundOf = (kind: string): string => rows.find((line) => line.startsWith(`| ${kind} |`))?.split("|")[3] ?? "";
  assert.equal(boundOf("command").trim(), `${REMEMBERED_MS / DAY_MS} days`);
  assert.ok(boundOf("run").includes(`gone ${REMEMBERED_MS / DAY_MS} days after its end`));
  assert.ok(boundOf("lesson").includes(`${LESSON_KEPT_MS / DAY_MS} days`));
  assert.ok(boundOf("lesson").includes(`newest ${LESSONS_MAX.toLocaleString("en-US")}`));
});
