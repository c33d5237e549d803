// The counts of any generated history are those that its generator planted.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";
import { writeHistory, writeSnapshots } from "../support/history-generator.ts";
import type { Expected } from "../support/history-generator.ts";
import { seeded } from "../support/seeded.ts";
import { pageLines } from "../../src/audit/index.ts";
import type { Report } from "../../src/audit/index.ts";
import { widthOf } from "../../src/audit/show/plain.ts";
import { auditAll, audited, auditOf, folder, found, time, unjudged } from "./audited.ts";

function lineagePlan({ planted }: Expected): { readonly [code: string]: number } {
  return {
    "lineage.template_repeated": planted.template.length + planted.templateUnnamed.length,
    "lineage.identity_loop": planted.selfMade.length,
    "lineage.depth_exceeded": planted.tooDeep.length,
    "lineage.cycle": planted.cycle.length,
  };
}

function historyPlan(expected: Expected): { readonly [code: string]: number } {
  const { planted } = expected;
  return {
    ...lineagePlan(expected),
    "lifecycle.transition_skipped": planted.skip.length,
    "lifecycle.terminal": planted.reopening.length + planted.reusedId.length,
    "lifecycle.first_sight_ended": planted.closedAtFirstSight.length,
  };
}

function sameCounts(counts: { readonly [code: string]: number }, plan: { readonly [code: string]: number }): void {
  const planned = Object.fromEntries(Object.entries(plan).filter(([, count]) => count > 0));
  assert.deepEqual(counts, planned);
}

async function checkHistory(path: string, seed: number, changes: number): Promise<void> {
  const expected = await writeHistory(path, { seed, changes });
  const report = await auditOf([path]);
  sameCounts(found(report), historyPlan(expected));
  assert.deepEqual([report.changes, report.tasks], [expected.rows, expected.ids]);
  const doubtful = report.rules.find(({ code }) => code === "lifecycle.terminal")?.otherWork ?? 0;
  assert.equal(doubtful, expected.planted.reusedId.length);
  assert.equal(unjudged(report, /awaiting_review/), expected.unknownRows);
  assert.equal(unjudged(report, /in_progress -> open/), expected.planted.handBack.length);
  assert.equal(unjudged(report, /deletions of ended work/), expected.planted.bookkeeping.length);
  const bad = report.badLines.first.map(({ line }) => line);
  assert.deepEqual(
    bad,
    expected.badLines.map(({ line }) => line),
  );
}

test("every planted fault of any history is found, and nothing else", async () => {
  const path = join(folder, "any.jsonl");
  const seeds = fc.tuple(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 100, max: 4_000 }));
  await fc.assert(
    fc.asyncProperty(seeds, ([seed, changes]) => checkHistory(path, seed, changes)),
    seeded({ numRuns: 25 }),
  );
});

test("a packed history gives the same as a plain one", async () => {
  await checkHistory(join(folder, "packed.jsonl.gz"), 11, 5_000);
});

test("every planted fault that a snapshot can show is found, and nothing else", async () => {
  const path = join(folder, "snapshot.jsonl");
  const seeds = fc.tuple(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 100, max: 4_000 }));
  await fc.assert(
    fc.asyncProperty(seeds, async ([seed, changes]) => {
      const expected = await writeSnapshots(path, { seed, changes });
      const report = await auditOf([path]);
      sameCounts(found(report), lineagePlan(expected));
      assert.deepEqual([report.issues, report.tasks], [expected.rows, expected.ids]);
      assert.equal(unjudged(report, /awaiting_review/), expected.unknownRows);
      assert.equal(report.badLines.count, expected.badLines.length);
    }),
    seeded({ numRuns: 25 }),
  );
});

test("the limits are the policy's", async () => {
  const path = join(folder, "limits.jsonl");
  const expected = await writeHistory(path, { seed: 5, changes: 3_000, depthMax: 3, templatesMax: 3 });
  const lineage = { ...DAY_ONE_POLICY.lineage, depth: { soft: null, hard: 3 }, templatesPerDay: 3 };
  const report = await auditOf([path], { policy: { ...DAY_ONE_POLICY, lineage } });
  sameCounts(found(report), historyPlan(expected));
});

test("a repository is found by its .beads folder, and several files are told apart", async () => {
  const repository = join(folder, "repositories/one");
  mkdirSync(join(repository, ".beads"), { recursive: true });
  mkdirSync(join(folder, "repositories/two/.beads"), { recursive: true });
  const one = await writeSnapshots(join(repository, ".beads/issues.jsonl"), { seed: 1, changes: 500 });
  const two = await writeSnapshots(join(folder, "repositories/two/.beads/issues.jsonl"), { seed: 2, changes: 900 });
  assert.equal((await auditOf([repository])).tasks, one.ids);
  const both = await auditOf([join(folder, "repositories")]);
  assert.deepEqual(
    both.files.map(({ tasks }) => tasks),
    [one.ids, two.ids],
  );
  assert.equal(both.tasks, one.ids + two.ids, "equal ids of two files are two tasks");
  assert.equal(found(both)["lineage.cycle"], one.planted.cycle.length + two.planted.cycle.length);
  assert.ok(unjudged(both, /more than one file/) > 0);
  const apart = [await auditOf([repository]), await auditOf([join(folder, "repositories/two")])];
  const sum = (of: (report: Report) => number): number => apart.reduce((total, report) => total + of(report), 0);
  assert.deepEqual([both.broken, both.unmade], [sum(({ broken }) => broken), sum(({ unmade }) => unmade)]);
  const groupsOf = ({ rules }: Report): number => rules.reduce((total, { groups }) => total + groups, 0);
  assert.equal(groupsOf(both), sum(groupsOf));
  const cycles = both.rules.find(({ code }) => code === "lineage.cycle");
  assert.equal(cycles?.tasks, cycles?.findings, "each file's tasks are counted once");
});

test("what is no history at all is named, and never thrown", async () => {
  const { tasks, steps, skipped } = await auditAll([join(folder, "absent.jsonl")]);
  assert.deepEqual([tasks, steps], [null, null]);
  assert.match(skipped[0]?.why ?? "", /no such file/);
});

test("any order of any words, parents and times is judged without a fault", async () => {
  const id = fc.constantFrom("a", "b", "c", "d");
  const word = fc.constantFrom(
    "open",
    "in_progress",
    "hooked",
    "blocked",
    "closed",
    "tombstone",
    "pinned",
    "no_word",
    "toString",
  );
  const minute = fc.integer({ min: -60_000_000, max: 60_000_000 }).map(time);
  const lines = fc.array(
    fc.record(
      {
        id,
        from: fc.option(word),
        to: word,
        at: minute,
        createdAt: minute,
        title: fc.string({ unit: "binary" }),
        createdBy: id,
        assignee: id,
        parents: fc.array(id, { maxLength: 2 }),
        discoveredFrom: fc.array(id, { maxLength: 1 }),
      },
      { requiredKeys: ["id", "to", "at"] },
    ),
    { minLength: 1, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(lines, async (told) => {
      const report = await audited(told);
      const bad = report.badLines.count;
      assert.equal(report.changes + bad, told.length);
      if (bad === 0) assert.equal(report.tasks, new Set(told.map((line) => line.id)).size);
      for (const rule of report.rules)
        assert.ok(rule.tasks <= report.tasks && rule.otherWork <= rule.findings, rule.code);
      assert.ok(report.unmade <= report.broken && report.broken <= report.tasks);
      for (const line of pageLines(report, { width: 80, paint: (_, text) => text }))
        assert.ok(widthOf(line) <= 80, line);
    }),
    seeded({ numRuns: 200 }),
  );
});
