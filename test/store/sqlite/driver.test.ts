// SQLite is loaded only when a store is opened, without noise, and old versions are known by number.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { test } from "node:test";
import { isSafeVersion, loadDriver, withoutWarning } from "../../../src/store/sqlite/driver.ts";

test("importing the stores loads no SQLite", () => {
  const index = pathToFileURL(join(import.meta.dirname, "../../../src/store/index.ts")).href;
  const script = `await import("${index}"); console.log(process.moduleLoadList.filter((name) => /sqlite/i.test(name)).length)`;
  assert.equal(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }), "0\n");
});

test("only the warning about SQLite is dropped, and only while it loads", () => {
  const before = Object.getOwnPropertyDescriptor(process, "emitWarning");
  const heard: string[] = [];
  process.emitWarning = (warning: string | Error) => void heard.push(String(warning));
  try {
    const mine = Object.getOwnPropertyDescriptor(process, "emitWarning");
    const result = withoutWarning(() => {
      process.emitWarning("SQLite is an experimental feature and might change at any time", "ExperimentalWarning");
      process.emitWarning("something else");
      process.emitWarning(new Error("an error"));
      return "loaded";
    });
    assert.equal(result, "loaded");
    assert.deepEqual(Object.getOwnPropertyDescriptor(process, "emitWarning"), mine);
    process.emitWarning("SQLite is an experimental feature and might change at any time");
    assert.throws(
      () =>
        withoutWarning(() => {
          throw new Error("mine");
        }),
      /mine/,
    );
    assert.deepEqual(Object.getOwnPropertyDescriptor(process, "emitWarning"), mine);
  } finally {
    if (before !== undefined) Object.defineProperty(process, "emitWarning", before);
  }
  assert.deepEqual(heard, [
    "something else",
    "Error: an error",
    "SQLite is an experimental feature and might change at any time",
  ]);
});

test("the driver is node's own", () => {
  assert.equal(loadDriver("store.db"), process.getBuiltinModule("node:sqlite"));
});

test("old versions of SQLite are known from new ones by number", () => {
  const safe = ["3.51.3", "3.51.10", "3.53.4", "3.100.0", "4.0.0", "3.52"];
  const unsafe = ["3.51.2", "3.50.7", "3.44.6", "3.9.99", "3.51", "2.99.99", ""];
  assert.deepEqual([...safe, ...unsafe].filter(isSafeVersion), safe);
});
