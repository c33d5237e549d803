// The audit of a real history, against a recount that shares no code with it. The data is not ours to copy: where it is
// absent these tests say so and are skipped. The recount itself is tried on generated histories, in every clone.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { masked } from "../../src/text/index.ts";
import type { Report } from "../../src/audit/index.ts";
import { writeHistory, writeSnapshots } from "../support/history-generator.ts";
import { outsideData, skipWithout } from "../support/outside-data.ts";
import { auditOf, folder } from "./audited.ts";
import { maskedByHand, recountHistory, recountSnapshot } from "./recount.ts";
import type { Recount } from "./recount.ts";

const HISTORY = "beads/history.jsonl.gz";
const SNAPSHOT = "beads/issues-2026-01-21.jsonl.gz";

/** Everything but the repeated titles, which depend on the order of all that happened. */
function counted({ rules }: Report): Omit<Recount, "ids" | "lines"> {
  const strong = rules.filter(({ weak }) => !weak);
  const by = (pick: (rule: (typeof strong)[number]) => number): { readonly [code: string]: number } =>
    Object.fromEntries(strong.map((rule) => [rule.code, pick(rule)] as const).filter(([, count]) => count > 0));
  return {
    findings: by((rule) => rule.findings),
    tasks: by((rule) => rule.tasks),
    otherWork: by((rule) => rule.otherWork),
  };
}

function same(report: Report, { ids, lines, ...recount }: Recount): void {
  assert.deepEqual(counted(report), recount);
  assert.deepEqual([report.tasks, report.changes + report.issues, report.badLines.count], [ids, lines, 0]);
}

test("the real history is judged as a recount judges it", { skip: skipWithout(HISTORY) }, async () => {
  const path = outsideData(HISTORY) ?? "";
  const report = await auditOf([path]);
  same(report, recountHistory(path));
  assert.deepEqual([report.tasks, report.changes], [17_109, 23_634]);
});

test("the real snapshot is judged as a recount judges it", { skip: skipWithout(SNAPSHOT) }, async () => {
  const path = outsideData(SNAPSHOT) ?? "";
  const report = await auditOf([path]);
  same(report, recountSnapshot(path));
  assert.equal(report.tasks, 5_722);
});

test("the recount agrees on histories and snapshots of the project's own making", async () => {
  for (const seed of [1, 2, 3]) {
    const history = join(folder, "recounted.jsonl.gz");
    await writeHistory(history, { seed, changes: 3_000, badLines: 0 });
    const { findings } = recountHistory(history);
    const report = await auditOf([history]);
    for (const code of ["lifecycle.first_sight_ended", "lineage.template_repeated", "lineage.identity_loop"] as const)
      assert.equal(report.rules.find((rule) => rule.code === code)?.findings, findings[code], code);
    const snapshot = join(folder, "recounted-snapshot.jsonl");
    await writeSnapshots(snapshot, { seed, changes: 3_000, badLines: 0 });
    const again = recountSnapshot(snapshot);
    const issues = await auditOf([snapshot]);
    assert.equal(
      issues.rules.find(({ code }) => code === "lineage.template_repeated")?.findings,
      again.findings["lineage.template_repeated"],
    );
  }
});

test("titles are masked by hand as the kernel masks them", () => {
  for (const title of [
    "Patrol digest #2555",
    "Sync 9f86d081884c",
    "bd-a1b2 again",
    "v1.2.3: 10:30, 7",
    "mol-deacon-patrol",
    "a_1 b-1_c x-2y",
    "GH-3 and wide１２",
  ])
    assert.equal(maskedByHand(title), masked(title), title);
});
