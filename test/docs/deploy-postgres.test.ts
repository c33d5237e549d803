import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { blocksOn, commandsOnPage, PAGE, shownConfig, sqlOnPage } from "../failover/page.ts";

const page = readFileSync(PAGE, "utf8");

test("docs/deploy-postgres.md shows the patroni.yml that the fail-over proof starts", () => {
  if (process.env["UPDATE"] === "1")
    writeFileSync(
      PAGE,
      page.replace(/^```yaml\n[\s\S]*?^```$/m, () => `\`\`\`yaml\n${shownConfig()}\`\`\``),
    );
  assert.deepEqual(blocksOn(readFileSync(PAGE, "utf8"), "yaml"), [shownConfig()]);
});

test("the shown patroni.yml is read as YAML and waits for a standby whatever happens", () => {
  const config: unknown = parse(shownConfig());
  const text = JSON.stringify(config);
  for (const setting of [
    `"synchronous_mode":true`,
    `"synchronous_mode_strict":true`,
    `"synchronous_commit":"on"`,
    `"fsync":"on"`,
    `"mode":"required"`,
  ])
    assert.ok(text.includes(setting), setting);
});

test("the page's SQL is found: the user, the database, the settings, the questions", () => {
  const { first, later } = sqlOnPage("s3cret");
  assert.match(first[0] ?? "", /CREATE ROLE exec_kernel LOGIN PASSWORD 's3cret'/);
  assert.match(first[1] ?? "", /CREATE DATABASE exec_kernel/);
  assert.ok(later.filter((statement) => statement.includes("ALTER TABLE")).length >= 3);
  assert.ok(later.filter((statement) => /^\s*SELECT/.test(statement)).length >= 5);
});

test("the commands that make the store are found, and take the place of a trial's", () => {
  const url = "postgres://exec_kernel@127.0.0.1:1,127.0.0.1:2/exec_kernel";
  assert.equal(
    commandsOnPage(true, url, "s3cret"),
    `export EXEC_KERNEL_STORE=${url}\nexec-kernel init && exec-kernel doctor\n`,
  );
  assert.equal(
    commandsOnPage(false, url, "s3cret"),
    `PGPASSWORD='s3cret' exec-kernel init --store ${url} --single-node\n`,
  );
});
