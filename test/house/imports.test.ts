// Holds the import table over the real tree, and proves on planted faults that the check can fail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { importFaults } from "./import-rules.ts";
import { readAll } from "./repository.ts";

test("every import in the repository keeps to the import table", () => {
  const sources = readAll(["{src,test,scripts,bench,examples}/**/*.ts"]);
  assert.ok(sources.size > 20, "the tree was not found");
  assert.deepEqual(importFaults(sources), []);
});

const CLEAN: Readonly<Record<string, string>> = {
  "src/core/index.ts": `export { depth } from "./depth.ts";`,
  "src/core/depth.ts": `export const depth = 1;`,
  "src/store/index.ts": `import { depth } from "../core/index.ts";\nexport type Store = { depth: typeof depth };`,
  "src/kernel/index.ts": `import type { Store } from "../store/index.ts";\nexport type Kernel = Store;`,
  "src/cli/hot.ts": `import { depth } from "../core/index.ts";\nif (depth > 1) require("./full.cjs");`,
};

test("a clean tree has no fault", () => {
  assert.deepEqual(importFaults(new Map(Object.entries(CLEAN))), []);
});

const PLANTED: readonly { fault: string; path: string; text: string; says: RegExp }[] = [
  { fault: "core using node:*", path: "src/core/a.ts", text: `import "node:fs";`, says: /core may not/ },
  { fault: "core using a package", path: "src/core/a.ts", text: `import { z } from "zod";`, says: /core may not/ },
  {
    fault: "core using another folder",
    path: "src/core/a.ts",
    text: `import "../store/index.ts";`,
    says: /core may not use store/,
  },
  {
    fault: "a type from a forbidden folder",
    path: "src/core/a.ts",
    text: `type S = import("../store/index.ts").Store;`,
    says: /core may not use store/,
  },
  {
    fault: "a re-export from a forbidden folder",
    path: "src/store/a.ts",
    text: `export { k } from "../kernel/index.ts";`,
    says: /store may not use kernel/,
  },
  {
    fault: "a lazy import of a forbidden folder",
    path: "src/formats/a.ts",
    text: `void import("../core/index.ts");`,
    says: /formats may not use core/,
  },
  {
    fault: "code of the store in the kernel",
    path: "src/kernel/a.ts",
    text: `import { s } from "../store/index.ts";`,
    says: /only types/,
  },
  {
    fault: "a folder without a row",
    path: "src/extra/a.ts",
    text: `import "../core/index.ts";`,
    says: /no row in the import table/,
  },
  {
    fault: "a folder entered by a window",
    path: "src/store/a.ts",
    text: `import "../core/depth.ts";`,
    says: /enter src\/core by its index/,
  },
  {
    fault: "src leaving src",
    path: "src/cli/a.ts",
    text: `import "../../test/a.ts";`,
    says: /no such file|src is closed/,
  },
  { fault: "a .js ending", path: "test/a.ts", text: `import "./b.js";`, says: /end in \.ts/ },
  { fault: "a missing file", path: "test/a.ts", text: `import "./b.ts";`, says: /no such file/ },
  { fault: "a computed import", path: "src/cli/a.ts", text: `void import("./" + name);`, says: /computed/ },
  { fault: "a default export", path: "src/cli/a.ts", text: `export default class A {}`, says: /default export/ },
  {
    fault: "a default export by name",
    path: "src/cli/a.ts",
    text: `const a = 1;\nexport { a as default };`,
    says: /a\.ts:2 default export/,
  },
  { fault: "export *", path: "src/cli/a.ts", text: `export * from "../core/index.ts";`, says: /export \*/ },
  { fault: "export * as", path: "src/cli/a.ts", text: `export * as core from "../core/index.ts";`, says: /export \*/ },
  {
    fault: "a cycle of two",
    path: "src/core/depth.ts",
    text: `import type { D } from "./index.ts";`,
    says: /cycle: .*depth\.ts/,
  },
  {
    fault: "a cycle of one",
    path: "src/cli/a.ts",
    text: `import "./a.ts";`,
    says: /cycle: src\/cli\/a\.ts -> src\/cli\/a\.ts/,
  },
];

for (const { fault, path, text, says } of PLANTED) {
  test(`${fault} is found, and nothing else`, () => {
    const faults = importFaults(new Map([...Object.entries(CLEAN), [path, text]]));
    assert.equal(faults.length, 1, faults.join("\n"));
    assert.match(faults[0] ?? "", says);
    assert.ok(faults[0]?.includes(path));
  });
}
