import assert from "node:assert/strict";
import { test } from "node:test";
import { callLine, resultLine } from "../../../src/audit/steps/excerpt.ts";
import { tagsOf } from "../../../src/audit/steps/same.ts";

test("a call is said by the argument that tells most", () => {
  const said = (input: unknown): string => callLine(JSON.stringify(input));
  assert.equal(said({ description: "run it", command: "npm test" }), "npm test");
  assert.equal(said({ command: ["bash", "-lc", "npm test"] }), "bash -lc npm test");
  assert.equal(said({ file_path: "/a.ts", old_string: "x" }), "/a.ts");
  assert.equal(said({ pattern: "port", path: "src" }), "port in src");
  assert.equal(said({ user_id: "u-1", deep: { a: 1 } }), 'user_id=u-1 deep={"a":1}');
  assert.equal(said("*** Begin Patch"), "*** Begin Patch");
  assert.equal(callLine("npm test"), "npm test");
});

test("calls and results are cut, and a result is its first line that says something", () => {
  assert.equal(callLine("x".repeat(100_000)).length, 400);
  assert.equal(callLine(JSON.stringify({ command: "y".repeat(300_000) })).length, 400);
  assert.equal(resultLine("\n\n  1 failing\n  at a.ts"), "1 failing");
  assert.deepEqual([resultLine(""), resultLine(null)], ["", null]);
});

test("what came more than once has a tag: a letter for the call, a number for the result", () => {
  const step = (call: string, result: string | null) => ({ call, result });
  const tags = tagsOf([
    step("a", "1"),
    step("b", "2"),
    step("a", "1"),
    step("c", "2"),
    step("a", "3"),
    step("d", null),
  ]);
  assert.deepEqual(tags, ["A1", "2", "A1", "2", "A", ""]);
});
