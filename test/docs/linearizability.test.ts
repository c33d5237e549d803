import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { playPage } from "../support/play-page.ts";

const { page } = await playPage("docs/linearizability.md");

test("docs/linearizability.md specifies every command and refusal that the checkers know", () => {
  const spec = readFileSync(join(import.meta.dirname, "../support/claim-spec.ts"), "utf8");
  const commands = [...spec.matchAll(/^ {2}(\w+_(?:task|step)):/gm)].map((match) => match[1] ?? "");
  const codes = [...spec.matchAll(/^ {2}"(\w+\.\w+)":/gm)].map((match) => match[1] ?? "");
  assert.deepEqual([commands.length, codes.length], [6, 7]);
  for (const word of [...commands, ...codes])
    assert.match(page, new RegExp(`^(?: {4})?${word.replace(".", "\\.")}\\b`, "m"), word);
});
