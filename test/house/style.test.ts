// Holds the style limits over the real tree, and proves on planted faults that the checks can fail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readAll } from "./repository.ts";
import { sourceFaults, traceFaults } from "./style-rules.ts";

const SOURCES = ["{src,test,scripts,bench,examples}/**/*.ts", "bin/*.cjs"];
const WRITINGS = [
  ...SOURCES,
  "*.{md,json,jsonc}",
  ".ci/*",
  ".*rc{,.json}",
  "{docs,examples,bench}/**/*.{md,json,yml}",
  "test/**/*.{json,jsonl,yml,md}",
];

test("every source file keeps to the style limits", () => {
  const sources = [...readAll(SOURCES)];
  assert.ok(sources.length > 20, "the tree was not found");
  assert.deepEqual(
    sources.flatMap(([path, text]) => sourceFaults(path, text)),
    [],
  );
});

test("nothing written here names a path of the machine it was written on", () => {
  assert.deepEqual(
    [...readAll(WRITINGS)].flatMap(([path, text]) => traceFaults(path, text)),
    [],
  );
});

const PLANTED: readonly { fault: string; path?: string; text: string; says: RegExp }[] = [
  { fault: "a file of 401 lines", text: "// what\n" + "\n".repeat(400), says: /:1 401 lines, limit 400/ },
  {
    fault: "a core file of 251 lines",
    path: "src/core/a.ts",
    text: "// what\n" + "\n".repeat(250),
    says: /:1 251 lines, limit 250/,
  },
  { fault: "a camel-case file name", path: "src/cli/myFile.ts", text: "// what\n", says: /kebab-case/ },
  {
    fault: "an empty word in a file name",
    path: "src/cli/date-utils.ts",
    text: "// what\n",
    says: /"utils" in a file name/,
  },
  { fault: "a missing opening", text: "export const a = 1;\n", says: /:1 opens without a comment/ },
  {
    fault: "an empty word in a class name",
    text: "// what\nclass TaskManager {}\n",
    says: /:2 "Manager" in TaskManager/,
  },
  {
    fault: "an empty word in a property",
    text: "// what\ntype T = {\n  storeImpl: 1;\n};\n",
    says: /:3 "Impl" in storeImpl/,
  },
  { fault: "an unfinished note", text: `// what\n// ${"TO"}DO later\n`, says: /:2 unfinished/ },
];

for (const { fault, path = "src/cli/a.ts", text, says } of PLANTED) {
  test(`${fault} is found, and nothing else`, () => {
    const faults = sourceFaults(path, text);
    assert.equal(faults.length, 1, faults.join("\n"));
    assert.match(faults[0] ?? "", says);
  });
}

test("a file that keeps the limits has no fault", () => {
  const text =
    "#!/usr/bin/env node\n// What and why.\n\nexport const baseMs = 1;\nexport type Database = 1;\n" +
    ["const TO", "DO = 1;\n"].join("");
  assert.deepEqual(sourceFaults("src/cli/a.ts", text), []);
  assert.deepEqual(sourceFaults("src/core/a.ts", "// what\n" + "\n".repeat(249)), []);
});

test("a path of one machine is found wherever it stands", () => {
  const text = `fine\nsee ${"/work"}/notes\n`;
  assert.deepEqual(traceFaults("docs/a.md", text).length, 1);
  assert.match(traceFaults("docs/a.md", text)[0] ?? "", /^docs\/a\.md:2 /);
});

test("only the one file that looks for outside data may say where it may lie", () => {
  const text = `join(here, "${"../"}shared/data")`;
  assert.equal(traceFaults("test/audit/a.test.ts", text).length, 1);
  assert.equal(traceFaults("test/support/outside-data.ts", text).length, 0);
});
