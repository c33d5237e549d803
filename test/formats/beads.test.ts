// Beads snapshots: what an issue becomes, which dependencies are lineage, and what is said of a bad line.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { readSnapshots, toSnapshot, type Snapshot } from "../../src/formats/beads.ts";
import { seeded } from "../support/seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "formats-beads-"));
after(() => rmSync(folder, { recursive: true }));

function dependency(type: unknown, on: unknown): object {
  return { issue_id: "b-1", depends_on_id: on, type, created_at: "2025-01-01T00:00:00Z", created_by: "ada" };
}

test("a full line becomes a snapshot with all its members", () => {
  const object = {
    id: "b-1",
    title: "Mend it",
    description: "long",
    status: "closed",
    priority: 1,
    issue_type: "bug",
    assignee: "bo",
    created_by: "ada",
    created_at: "2025-01-01T00:00:00Z",
    updated_at: "2025-01-03T00:00:00Z",
    closed_at: "2025-01-02T00:00:00-01:00",
    dependencies: [
      dependency("blocks", "b-7"),
      dependency("parent-child", "b-0"),
      dependency("discovered-from", "b-9"),
      dependency("tracks", null),
    ],
  };
  const expected: Snapshot = {
    form: "snapshot",
    line: 3,
    id: "b-1",
    status: "closed",
    title: "Mend it",
    kind: "bug",
    author: "ada",
    assignee: "bo",
    parents: ["b-0"],
    discoveredFrom: ["b-9"],
    createdAtMs: Date.UTC(2025, 0, 1),
    updatedAtMs: Date.UTC(2025, 0, 3),
    closedAtMs: Date.UTC(2025, 0, 2, 1),
    deletedAtMs: null,
  };
  assert.deepEqual(toSnapshot(object, 3), expected);
});

test("a deleted issue keeps the kind it had", () => {
  const object = {
    id: "b-1",
    status: "tombstone",
    issue_type: "task",
    original_type: "message",
    deleted_at: "2025-01-02T00:00:00Z",
  };
  const snapshot = toSnapshot(object, 1);
  assert.ok(typeof snapshot === "object");
  assert.deepEqual(
    [snapshot.kind, snapshot.deletedAtMs, snapshot.createdAtMs],
    ["message", Date.UTC(2025, 0, 2), null],
  );
});

test("each bad line is named by its number and member and the rest is read", async () => {
  const good = { id: "b-1", title: "a", status: "open" };
  const lines = [
    good,
    { ...good, status: undefined },
    { ...good, id: null, closed_at: "soon" },
    { ...good, dependencies: {} },
    { ...good, dependencies: [dependency("parent-child", "")] },
    { ...good, dependencies: [dependency("blocks", 1), 5, dependency("discovered-from", 6)] },
    { ...good, dependencies: null },
  ];
  const path = join(folder, "issues.jsonl");
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join("\r\n"));
  const got: string[] = [];
  for await (const item of readSnapshots(path))
    got.push(item.form === "problem" ? `${item.problem.line}: ${item.problem.why}` : `${item.line} ok`);
  assert.deepEqual(got, [
    "1 ok",
    "2: status is missing",
    "3: id is missing; closed_at is not a date and time with an offset",
    "4: dependencies is not a list",
    "5: dependencies[0].depends_on_id is missing",
    "6: dependencies[1].type is missing; dependencies[2].depends_on_id is not text",
    "7 ok",
  ]);
});

test("any object gives a snapshot or words, and never throws", () => {
  const member = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.jsonValue(),
    fc.constantFrom("2025-01-01T00:00:00Z", "open"),
  );
  const linked = fc.array(
    fc.oneof(
      fc.jsonValue(),
      fc.record({ type: fc.constantFrom("parent-child", "discovered-from", 4), depends_on_id: member }),
    ),
  );
  const names = [
    "id",
    "status",
    "title",
    "issue_type",
    "original_type",
    "assignee",
    "created_by",
    "created_at",
    "closed_at",
    "deleted_at",
  ] as const;
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), member), linked, (object, dependencies) => {
      const result = toSnapshot({ ...object, dependencies }, 1);
      assert.ok(typeof result === "object" || result !== "");
    }),
    seeded({ numRuns: 400 }),
  );
});
