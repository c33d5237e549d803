import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { idKey, IdTable } from "../../../src/audit/steps/id-table.ts";
import { seeded } from "../../support/seeded.ts";

test("a table of ids answers as a map would, whatever comes in whatever order", () => {
  const told = fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.nat(1_000)), { maxLength: 3_000 });
  fc.assert(
    fc.property(told, (pairs) => {
      const table = new IdTable();
      const map = new Map<string, number>();
      for (const [id, amount] of pairs) {
        const before = map.get(id) ?? 0;
        assert.equal(table.has(idKey(id)), map.has(id));
        assert.equal(table.raise(idKey(id), amount), Math.max(0, amount - before));
        map.set(id, Math.max(before, amount));
      }
    }),
    seeded({ numRuns: 50 }),
  );
});

test("a hundred thousand ids are told apart", () => {
  const table = new IdTable();
  for (let at = 0; at < 100_000; at += 1) {
    assert.equal(table.has(idKey(`toolu_${at}`)), false, String(at));
    table.add(idKey(`toolu_${at}`));
  }
  for (let at = 0; at < 100_000; at += 997) assert.ok(table.has(idKey(`toolu_${at}`)));
});

test("keys are whole numbers that a double holds", () => {
  for (const id of ["", "a", "toolu_01", "\u{1f600}", "x".repeat(10_000)]) {
    const key = idKey(id);
    assert.ok(Number.isInteger(key) && key >= 1 && key <= 2 ** 53, id);
  }
});

test("a full table says so, and counts what it cannot remember", () => {
  const table = new IdTable(2);
  table.raise(1, 5);
  table.raise(2, 5);
  assert.ok(table.isFull);
  assert.deepEqual([table.raise(3, 5), table.raise(3, 5), table.raise(1, 6)], [5, 5, 1]);
});
