// ARCHITECTURE.md says how a rule is added. This test adds one just so, to a copy of the core, and sees it act.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type * as Core from "../../src/core/index.ts";
import { commandOf, newTask } from "../support/world.ts";

const ROOT = join(import.meta.dirname, "../..");

const RULE = `// no-fridays: a rule that a test adds as ARCHITECTURE.md says.

import { finding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const noFridays: Rule = {
  name: "no-fridays",
  mode: "enforce",
  on: ["task_created"],
  codes: ["lineage.friday"],
  judge: (draft, ctx) => (draft.type === "task_created" && Math.floor(ctx.at / 86_400_000) % 7 === 1 ? finding("lineage.friday", { day: 5 }) : null),
};
`;

const ROW = `  "lineage.friday": refused(409, 4, "later", "human", "Nothing is begun on a Friday.",
    (n) => \`today is day \${n["day"]} of the week\`, () => ["come back on Monday"]),
`;

function edit(path: string, before: string, after: string): void {
  const text = readFileSync(path, "utf8");
  assert.ok(text.includes(before), `${path} has no ${before}`);
  writeFileSync(path, text.replace(before, after));
}

function isCore(value: unknown): value is typeof Core {
  return typeof value === "object" && value !== null && "judge" in value;
}

describe("adding a rule", () => {
  const folder = mkdtempSync(join(tmpdir(), "add-a-rule-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("takes its file, its line in the order, and its row in the reason table; nothing else", async () => {
    const core = join(folder, "core");
    cpSync(join(ROOT, "src/core"), core, { recursive: true });
    writeFileSync(join(core, "rules/no-fridays.ts"), RULE);
    edit(
      join(core, "rules/index.ts"),
      `import { provenance }`,
      `import { noFridays } from "./no-fridays.ts";\nimport { provenance }`,
    );
    edit(join(core, "rules/index.ts"), `  provenance,\n`, `  noFridays,\n  provenance,\n`);
    edit(join(core, "reasons/lineage.ts"), `export const LINEAGE = {\n`, `export const LINEAGE = {\n${ROW}`);

    const changed: unknown = await import(pathToFileURL(join(core, "index.ts")).href);
    assert.ok(isCore(changed));
    const policy = changed.compilePolicy(changed.DAY_ONE_POLICY, "test");
    const rows = { get: () => null };
    const judged = (at: number) =>
      changed.judge(rows, commandOf({ type: "create_task", body: newTask() }, {}, "c"), policy, at).decision;
    const friday = Date.UTC(2026, 10, 27);
    assert.deepEqual(
      [
        judged(friday).verdict,
        judged(friday).code,
        judged(friday).message,
        judged(friday).next,
        judged(friday).override,
      ],
      ["refused", "lineage.friday", "today is day 5 of the week", ["come back on Monday"], "human"],
    );
    assert.equal(judged(friday + 86_400_000).verdict, "granted");
    const observing = changed.compilePolicy({ ...changed.DAY_ONE_POLICY, modes: { "no-fridays": "observe" } }, "test");
    const observed = changed.judge(
      rows,
      commandOf({ type: "create_task", body: newTask() }, {}, "c"),
      observing,
      friday,
    ).decision;
    assert.deepEqual([observed.verdict, observed.wouldHave?.[0]?.code], ["granted", "lineage.friday"]);
  });

  test("ARCHITECTURE.md names those places", () => {
    const page = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
    for (const place of [
      "src/core/rules/",
      "src/core/rules/index.ts",
      "src/core/reasons/",
      "docs/",
      "test/core/rules/",
    ])
      assert.ok(page.includes(place), place);
  });
});
