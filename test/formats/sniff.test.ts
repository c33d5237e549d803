// Formats are told by records, and only by the first ones.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { looksLikeIssue } from "../../src/formats/beads.ts";
import { looksLikeChange } from "../../src/formats/history.ts";
import { isStepFormat, sniffFormat } from "../../src/formats/sniff.ts";

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

const STEPS: readonly (readonly [format: string, record: object])[] = [
  ["claude", { type: "user", sessionId: "s", uuid: "u", message: { role: "user", content: "x" } }],
  ["claude", { type: "assistant", sessionId: "s", uuid: "u", message: { content: [] } }],
  ["claude", { type: "summary", summary: "x", leafUuid: "l" }],
  ["claude", { type: "file-history-snapshot", messageId: "m", snapshot: {} }],
  ["claude", { type: "queue-operation", operation: "enqueue", sessionId: "s" }],
  ["codex", { timestamp: "t", type: "session_meta", payload: { id: "x" } }],
  ["codex", { timestamp: "t", type: "response_item", payload: { type: "message" } }],
  ["runs", { task: 1, trial: 0, success: true, steps: [] }],
  ["steps", { history: "h", tool: "Bash", call: {} }],
  ["steps", { tool: "Bash", result: "x" }],
  ["steps", { session: "s", kind: "user", text: "x" }],
];

for (const [format, record] of STEPS) {
  test(`${JSON.stringify(record).slice(0, 60)} is of format ${format}`, async () => {
    assert.equal(await sniff(`${JSON.stringify(record)}\n`), format);
  });
}

test("records of other tools are no steps", async () => {
  const others = [{ type: "user" }, { type: "user", message: {} }, { tool: "x" }, { kind: "user" }, { task: 1 }];
  for (const record of [...others, { timestamp: "t", type: "session_meta" }, { type: "progress", id: 1 }])
    assert.match(await sniff(`${JSON.stringify(record)}\n`), /^none of the first records/, JSON.stringify(record));
});

test("the formats of steps are told from those of states", () => {
  for (const format of ["claude", "codex", "runs", "steps"] as const) assert.ok(isStepFormat(format));
  for (const format of ["history", "beads"] as const) assert.ok(!isStepFormat(format));
});
