import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DEFAULT_LIFECYCLE, drawLifecycle } from "../../src/core/index.ts";
import type { LifecycleTable } from "../../src/core/index.ts";

/** Names that a diagram would read as its own words, and every way of saying who may. */
const AWKWARD: LifecycleTable = {
  states: ["note", "in-review", "s_1", "end", "Done"],
  initial: ["note"],
  working: "in-review",
  released: "note",
  parked: "s_1",
  review: null,
  completed: "end",
  terminal: ["end", "Done"],
  edges: [
    { from: "note", to: "in-review", by: ["human", "agent"], why: "x" },
    { from: "in-review", to: "note", by: ["system"], why: "x" },
    { from: "in-review", to: "s_1", by: ["agent", "human", "system"], why: "x" },
    { from: "s_1", to: "note", by: ["human", "system"], why: "x" },
    { from: "in-review", to: "end", by: ["agent"], why: "x" },
    { from: "note", to: "Done", by: ["human"], why: "x" },
  ],
  guards: {},
};

const GOLDEN = [
  ["default.mmd", DEFAULT_LIFECYCLE],
  ["awkward.mmd", AWKWARD],
] as const;

for (const [name, table] of GOLDEN) {
  test(`the drawing is that of ${name} to the byte (UPDATE=1 writes it anew)`, () => {
    const path = join(import.meta.dirname, "../fixtures/lifecycle", name);
    if (process.env["UPDATE"] === "1") writeFileSync(path, drawLifecycle(table));
    assert.equal(drawLifecycle(table), readFileSync(path, "utf8"));
  });
}
