import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { audited, found, issue, time, unjudged } from "./audited.ts";

const below = (parent: string): object => ({ dependencies: [{ depends_on_id: parent, type: "parent-child" }] });

describe("a snapshot", () => {
  test("tells no moves: closed issues are neither skips nor closed at first sight", async () => {
    const report = await audited([
      issue("x-1", "closed", 1, { closed_at: time(9) }),
      issue("x-2", "tombstone", 1),
      issue("x-3", "open", 1),
    ]);
    assert.deepEqual(found(report), {});
    assert.equal(unjudged(report, /issues of snapshots/), 3);
    assert.deepEqual([report.tasks, report.changes, report.issues], [3, 0, 3]);
  });

  test("is judged in the order of its times, not of its lines", async () => {
    const chain = Array.from({ length: 9 }, (_, depth) =>
      issue(`x-${depth}`, "open", depth, depth === 0 ? {} : below(`x-${depth - 1}`)),
    );
    assert.deepEqual(found(await audited(chain.toReversed())), { "lineage.depth_exceeded": 2 });
  });

  test("shows cycles, also of one task", async () => {
    const ring = [2, 3, 1].map((parent, index) => issue(`x-${index + 1}`, "open", index, below(`x-${parent}`)));
    assert.deepEqual(found(await audited(ring)), { "lineage.cycle": 1 });
    assert.deepEqual(found(await audited([issue("x-1", "open", 1, below("x-1"))])), { "lineage.cycle": 1 });
  });

  test("busywork counts by the day an issue was made, ended or not", async () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      issue(`x-${index}`, index % 2 === 0 ? "tombstone" : "closed", index, {
        title: `Digest ${index}`,
        created_by: "deacon",
      }),
    );
    assert.equal(found(await audited(many))["lineage.template_repeated"], 3);
  });

  test("an issue without a creation time is not judged for busywork, and told", async () => {
    const many = Array.from({ length: 8 }, (_, index) => ({
      id: `x-${index}`,
      status: "open",
      title: "Digest",
      issue_type: "task",
    }));
    const report = await audited(many);
    assert.deepEqual(found(report), {});
    assert.equal(unjudged(report, /without a creation time/), 8);
  });

  test("repeated titles are weak findings: shown, and not counted as broken", async () => {
    const report = await audited([
      issue("x-1", "closed", 1, { title: "Write tests", closed_at: time(5) }),
      issue("x-2", "open", 2, { title: "write  TESTS" }),
      issue("x-3", "open", 6, { title: "Write tests" }),
    ]);
    assert.deepEqual(found(report), { "lineage.duplicate_open": 2 });
    assert.deepEqual([report.rules[0]?.weak, report.broken], [true, 0]);
    assert.equal(unjudged(report, /never/), 0);
    assert.ok(report.notJudged.some(({ what }) => /bodies/.test(what)));
  });

  test("weak findings come last, however many", async () => {
    const same = Array.from({ length: 4 }, (_, index) => issue(`x-${index}`, "open", index, { title: "Write tests" }));
    const report = await audited([...same, issue("x-9", "open", 9, below("x-9"))]);
    assert.deepEqual(Object.keys(found(report)), ["lineage.cycle", "lineage.duplicate_open"]);
  });

  test("the same title right after the end of the other is told apart", async () => {
    const ended = issue("x-1", "closed", 1, { title: "Write tests", closed_at: time(5) });
    assert.deepEqual(found(await audited([ended, issue("x-2", "open", 6, { title: "Write tests" })])), {
      "lineage.duplicate_recent": 1,
    });
    assert.deepEqual(found(await audited([ended, issue("x-2", "open", 5 + 1_441, { title: "Write tests" })])), {});
  });

  test("an end before the beginning counts as one at the beginning", async () => {
    const ended = issue("x-1", "closed", 9_000, { title: "Write tests", closed_at: time(1) });
    const report = await audited([ended, issue("x-2", "open", 9_001, { title: "Write tests" })]);
    assert.deepEqual(found(report), { "lineage.duplicate_recent": 1 });
  });

  test("a word without a meaning is told, and an id that stands twice counts once", async () => {
    const report = await audited([issue("x-1", "my_own", 1), issue("x-2", "open", 1), issue("x-2", "closed", 2)]);
    assert.equal(unjudged(report, /"my_own"/), 1);
    assert.equal(unjudged(report, /repeat an id/), 1);
    assert.equal(report.tasks, 2);
  });
});
