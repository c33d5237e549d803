import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "../../src/config/suggest.ts";

const KNOWN = ["max_depth", "max_heap_size", "max_steps"];

test("a slip of the pen finds the name that was meant", () => {
  for (const slip of ["max_dept", "max_detph", "maxdepth", "maxDepth", "max-depth", "MAX_DEPTH", "max_deepth"]) {
    assert.equal(nearest(slip, KNOWN), "max_depth", slip);
  }
});

test("the nearest of several names is suggested", () => {
  assert.equal(nearest("max_step", KNOWN), "max_steps");
  assert.equal(nearest("token", ["steps", "tokens"]), "tokens");
});

test("a name near none of them gets no suggestion", () => {
  for (const name of ["states", "x", "", "colour", "m".repeat(100_000)]) assert.equal(nearest(name, KNOWN), null);
});
