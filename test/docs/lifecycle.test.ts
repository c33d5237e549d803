import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PART_NAMES, withGeneratedParts } from "../../scripts/lifecycle-doc.ts";
import { policyFromConfig } from "../../src/config/index.ts";
import { DEFAULT_LIFECYCLE, drawLifecycle, GUARDS, lifecycleFaults } from "../../src/core/index.ts";
import { load, problems } from "../config/sandbox.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/lifecycle.md"), "utf8");

function blocks(language: string): readonly string[] {
  return [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] ?? "");
}

test("docs/lifecycle.md draws the default table, its moves and the proofs as the core has them", () => {
  assert.equal(PAGE, withGeneratedParts(PAGE), "run `npm run docs`");
  for (const name of PART_NAMES)
    assert.match(PAGE, new RegExp(`^<!-- generated: ${name} -->\\n(?!<!--)`, "m"), `${name} is missing or empty`);
  assert.ok(PAGE.includes(`\`\`\`mermaid\n${drawLifecycle(DEFAULT_LIFECYCLE)}\`\`\``));
});

test("every table of the page loads, passes the proofs, and comes to what the page says of it", (t) => {
  const tables = blocks("yaml").map((example) => {
    assert.deepEqual(problems(t, example), [], example);
    return policyFromConfig(load(t, example)).lifecycle;
  });
  for (const table of tables) assert.deepEqual(lifecycleFaults(table), []);
  const [own, usual] = tables;
  assert.deepEqual([own?.initial, own?.review, own?.terminal], [["open"], "checked", ["shipped", "dropped"]]);
  assert.deepEqual(own?.guards["dropped"], ["reason"]);
  assert.deepEqual(usual?.guards["done"], ["evidence", "other_actor", "no_open_children"]);
  assert.equal(usual.guards["blocked"], undefined);
});

test("the page names every guard", () => {
  for (const guard of GUARDS) assert.ok(PAGE.includes(`| \`${guard}\` |`), guard);
});

test("the page shows refusals as they are told", (t) => {
  const [broken = ""] = blocks("yml");
  const told = problems(t, broken).map((line) => `.exec-kernel.yml:${line}`);
  assert.equal(blocks("text")[0]?.trim(), told.join("\n"));
});
