// Where the password of a connection comes from.

import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findPassword, passwordIn } from "../../../src/store/postgres/password.ts";
import { temporaryFolder } from "../support.ts";

const LOGIN = { host: "h", port: 5_432, database: "d", user: "u" };

test("the first line of the file that fits gives the password", () => {
  for (const [text, password] of [
    ["h:5432:d:u:one\nh:5432:d:u:two", "one"],
    ["# a comment\n\nother:5432:d:u:no\n*:*:*:u:any", "any"],
    ["h:5432:d:u:with\\:colon\\\\", "with:colon\\"],
    ["h:5433:d:u:no", null],
    ["h:5432:d", null],
    ["", null],
    ["h:5432:d:u:", ""],
    ["h:5432:d:u:crlf\r\nx", "crlf"],
  ] as const)
    assert.equal(passwordIn(text, LOGIN), password, text);
  assert.equal(passwordIn("\\:\\:1:5432:d:u:six", { ...LOGIN, host: "::1" }), "six");
});

test("the URL comes before PGPASSWORD, and that before the file, which nobody else may read", async (context) => {
  const { folder, remove } = await temporaryFolder();
  context.after(remove);
  const path = join(folder, ".pgpass");
  writeFileSync(path, "*:*:*:*:file\n", { mode: 0o600 });
  assert.equal(findPassword("url", LOGIN, { HOME: folder, PGPASSWORD: "env" }), "url");
  assert.equal(findPassword(null, LOGIN, { HOME: folder, PGPASSWORD: "env" }), "env");
  assert.equal(findPassword(null, LOGIN, { HOME: folder }), "file");
  assert.equal(findPassword(null, LOGIN, { HOME: "/nowhere", PGPASSFILE: path }), "file");
  chmodSync(path, 0o644);
  assert.equal(findPassword(null, LOGIN, { HOME: folder }), null);
});
