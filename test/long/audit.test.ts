// The audit as a whole process: how long it takes and how much memory, on a real history where there is one, on one of
// the same size everywhere, and on a million changes. Times are the best of three: the machine is shared.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { writeHistory } from "../support/history-generator.ts";
import { auditHome, measuredAudit } from "../support/measured-audit.ts";
import type { MeasuredAudit } from "../support/measured-audit.ts";
import { outsideData, skipWithout } from "../support/outside-data.ts";

const HISTORY = "beads/history.jsonl.gz";
const SNAPSHOT = "beads/issues-2026-01-21.jsonl.gz";

async function best(path: string): Promise<MeasuredAudit> {
  const runs = [await measuredAudit(path), await measuredAudit(path), await measuredAudit(path)];
  const durationMs = Math.min(...runs.map((one) => one.durationMs));
  const peakMb = Math.max(...runs.map((one) => one.peakMb));
  console.log(`${path.split("/").at(-1)}: ${(durationMs / 1_000).toFixed(2)} s, ${Math.round(peakMb)} MB`);
  return { report: runs[0]?.report ?? new Map(), durationMs, peakMb };
}

function within({ durationMs, peakMb }: MeasuredAudit, limitMs: number): void {
  assert.ok(durationMs < limitMs, `took ${Math.round(durationMs)} ms, limit ${limitMs}`);
  assert.ok(peakMb < 200, `took ${Math.round(peakMb)} MB, limit 200`);
}

test("the real history takes under 2 s and 200 MB", { skip: skipWithout(HISTORY) }, async () => {
  within(await best(outsideData(HISTORY) ?? ""), 2_000);
});

test("the real snapshot takes under 1.5 s and 200 MB", { skip: skipWithout(SNAPSHOT) }, async () => {
  within(await best(outsideData(SNAPSHOT) ?? ""), 1_500);
});

test("a generated history of the same size takes as little", async () => {
  const path = join(auditHome.project, "same-size.jsonl.gz");
  await writeHistory(path, { seed: 1, changes: 23_634 });
  within(await best(path), 2_000);
});

test("a million changes are judged to the last planted one, in memory that grows with tasks", async () => {
  const path = join(auditHome.project, "million.jsonl.gz");
  const { planted, ids, badLines } = await writeHistory(path, { seed: 1, changes: 1_000_000 });
  const { report, durationMs, peakMb } = await measuredAudit(path);
  console.log(`1,000,000 changes, ${ids} tasks: ${(durationMs / 1_000).toFixed(1)} s, ${Math.round(peakMb)} MB`);
  const rules = report.get("rules");
  assert.ok(Array.isArray(rules));
  const findings = new Map(rules.map((rule: { code: string; findings: number }) => [rule.code, rule.findings]));
  assert.deepEqual(
    [findings.get("lifecycle.transition_skipped"), findings.get("lifecycle.terminal")],
    [planted.skip.length, planted.reopening.length + planted.reusedId.length],
  );
  assert.equal(findings.get("lineage.template_repeated"), planted.template.length + planted.templateUnnamed.length);
  assert.deepEqual([report.get("tasks"), report.get("changes")], [ids, 1_000_000]);
  const bad = report.get("badLines");
  assert.ok(typeof bad === "object" && bad !== null && "count" in bad && "first" in bad && Array.isArray(bad.first));
  assert.deepEqual(
    [bad.count, bad.first.length],
    [badLines.length, 1_000],
    "all are counted, a bounded number is named",
  );
  assert.ok(peakMb < 800, `took ${Math.round(peakMb)} MB`);
});
