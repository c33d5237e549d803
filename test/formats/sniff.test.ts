// Formats are told by records, and only by the first ones.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { looksLikeIssue } from "../../src/formats/beads.ts";
import { looksLikeChange } from "../../src/formats/history.ts";
import { sniffFormat } from "../../src/formats/sniff.ts";

const folder = mkdtempSync(join(tmpdir(), "formats-sniff-"));
after(() => rmSync(folder, { recursive: true }));

async function sniff(content: string): Promise<string> {
  const path = join(folder, "f");
  writeFileSync(path, content);
  const sniffed = await sniffFormat(path);
  return sniffed.format ?? sniffed.why;
}

const CHANGE = JSON.stringify({ id: "a", to: "open", at: "2025-01-01T00:00:00Z" });

test("bad lines before the first record do not hide the format", async () => {
  assert.equal(await sniff(`{"cut\n\n[]\n{"other":1}\n${CHANGE}\n`), "history");
  assert.equal(await sniff(`${"x".repeat(2 * 1024 * 1024)}\n${CHANGE}\n`), "history");
});

test("a record far down does not make a format", async () => {
  assert.match(await sniff(`${"{}\n".repeat(25)}${CHANGE}\n`), /^none of the first records/);
  assert.match(await sniff(`${"x\n".repeat(25)}${CHANGE}\n`), /^holds no JSON lines/);
});

test("a change with a bad time is still a change, so that the audit can name its lines", () => {
  assert.equal(looksLikeChange({ id: "a", to: "open", at: 5 }), true);
  assert.equal(looksLikeChange({ id: "a", to: "open" }), false);
  assert.equal(looksLikeChange({ id: "a", status: "open", title: "b" }), false);
});

test("an issue needs more than an id and a status", () => {
  assert.equal(looksLikeIssue({ id: "a", status: "open" }), false);
  for (const member of ["title", "issue_type", "created_at"])
    assert.equal(looksLikeIssue({ id: "a", status: "open", [member]: "b" }), true, member);
  assert.equal(looksLikeIssue({ id: 1, status: "open", title: "b" }), false);
});
