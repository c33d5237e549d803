// docs/detection.md: its generated parts, its commands, its program, and what it says was measured on real work.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { withDetectionFacts } from "../../scripts/detection-doc.ts";
import { sandbox } from "../support/cli.ts";
import { playPage } from "../support/play-page.ts";
import { outsideData, skipWithout } from "../support/outside-data.ts";

const { page } = await playPage("docs/detection.md");

test("docs/detection.md has the normaliser and the classes as they are", () => {
  assert.equal(page, withDetectionFacts(page), "run `npm run docs`");
});

test("the program that docs/detection.md shows runs as it stands", async () => {
  const program = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const steps = join(import.meta.dirname, "../../src/steps/index.ts");
  const at = await sandbox({ init: false });
  const file = join(at.home, "watch.ts");
  await writeFile(file, program.replace("exec-kernel/steps", steps));
  assert.ok(program.includes("new StepWatch()"));
  await import(file);
});

for (const name of ["claude-code", "traces"]) {
  test(`an audit of the ${name} prints what docs/detection.md claims`, { skip: skipWithout(name) }, async () => {
    const claimed = new RegExp(`<!-- measured: ${name} -->\n\`\`\`text\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
    const at = await sandbox({ init: false });
    const printed = (await at.ok(["audit", outsideData(name) ?? ""])).replaceAll(/\s+/g, " ");
    const lines = claimed.trim().split("\n");
    assert.ok(lines.length > 1);
    for (const line of lines) assert.ok(printed.includes(line), `${line}\nnot in: ${printed}`);
  });
}
