// docs/from-python.md: its TypeScript examples are run, and its console ones played. In the former, `X; // => VALUE` must
// hold and `X; // throws NAME: MESSAGE` must throw just that.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as root from "../../src/index.ts";
import { playPage } from "../support/play-page.ts";

const { page } = await playPage("docs/from-python.md");

const folder = mkdtempSync(join(tmpdir(), "exec-kernel-page-"));
after(() => rmSync(folder, { recursive: true }));

const ENTRY = pathToFileURL(join(import.meta.dirname, "../../src/index.ts")).href;
const CLAIM = /^(\s*)(.+);\s*\/\/ => (.+)$/;
const THROW = /^(\s*)(.+);\s*\/\/ throws (\w+): (.+)$/;

/** The claims of an example as assertions; they count themselves, so that none is passed over. */
function asserted(line: string): string {
  const [, indent = "", throwing, name = "", message = ""] = THROW.exec(line) ?? [];
  if (throwing !== undefined) {
    const error = JSON.stringify({ name, message });
    return `${indent}claims += 1; assert.throws(() => { ${throwing}; }, ${error});`;
  }
  const [, margin = "", expression, value = ""] = CLAIM.exec(line) ?? [];
  return expression === undefined ? line : `${margin}claims += 1; assert.deepEqual(${expression}, ${value});`;
}

function program(example: string): string {
  const body = example.replaceAll('"exec-kernel"', JSON.stringify(ENTRY)).split("\n").map(asserted).join("\n");
  return `import assert from "node:assert/strict";\nlet claims = 0;\n${body}\nconsole.log(claims);\n`;
}

const examples = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");

for (const [index, example] of examples.entries()) {
  const title = /^import \{ (.*) \}/.exec(example)?.[1] ?? "";
  test(`docs/from-python.md, example ${index + 1} (${title}): holds what it says`, () => {
    const path = join(folder, `example-${index}.ts`);
    writeFileSync(path, program(example));
    const { HOME = folder, PATH = "" } = process.env;
    const { stdout, stderr, status } = spawnSync(process.execPath, [path], {
      cwd: folder,
      env: { HOME, PATH },
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.equal(stdout.trim(), String(example.match(/\/\/ (?:=>|throws)/g)?.length ?? 0));
  });
}

test("docs/from-python.md has an example of each part", () => {
  assert.equal(examples.length, 4);
});

test("docs/from-python.md names everything that the package's root exports", () => {
  for (const name of Object.keys(root)) assert.ok(page.includes(name), name);
});

test("every name of the Python package has a row", () => {
  const names = `BudgetExceededError BudgetTracker EscalationConfig EscalationHook IdleEnforcementError
    InvalidTransitionError LoopDetectionError LoopDetector MemoryHook MemoryHookConfig PaperclipAdapter TaskAdmission
    TaskAdmissionError TaskBudget TaskLifecycle TaskState WorkNode is_terminal load_config validate_transition BudgetState`;
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  for (const name of names.split(/\s+/))
    assert.ok(
      rows.some((row) => row.includes(name)),
      name,
    );
});
