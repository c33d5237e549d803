// Counting anew finds every count and list that was changed, and nothing in rows that nobody touched.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Row } from "../../src/core/index.ts";
import { recount } from "../../src/kernel/recount/index.ts";
import { bench } from "../support/kernels.ts";
import { rowsOf } from "../support/rows.ts";

type Rows = Map<string, Row>;

/** A family, one of it held, one waiting, one reservation open. */
async function lived(): Promise<Rows> {
  const { store, human, agent } = await bench();
  const admission = { consumer: "c", painPoint: "p", expectedValue: "v", validationPath: "t" };
  const create = (task: string, parent?: string, blockedBy?: string[]): Promise<unknown> =>
    human.submit({ type: "create_task", body: { task, title: `title ${task}`, parent, blockedBy, admission } });
  await create("T-1");
  await create("a", "T-1");
  await create("b", "T-1", ["a"]);
  await agent("a-1").submit({ type: "claim_task", body: { task: "a" } });
  await agent("a-1").submit({ type: "reserve_step", body: { task: "a", tokens: 7 } });
  return new Map(await rowsOf(store, "w"));
}

let rows: Rows = new Map();

before(async () => {
  rows = await lived();
});

/** What is found once the row under the key is changed so, or gone. */
function foundAfter(key: string, change: (row: Row) => Row | null): readonly string[] {
  const row = rows.get(key);
  assert.ok(row !== undefined, `there is a row ${key} among ${[...rows.keys()].join(" ")}`);
  const changed = change(row);
  const all = new Map(rows);
  if (changed === null) all.delete(key);
  else all.set(key, changed);
  return [...recount(all, false)].map((one) => `${one.key}: ${one.problem}`);
}

function keyUnder(prefix: string): string {
  return [...rows.keys()].find((key) => key.startsWith(prefix)) ?? assert.fail(`no row under ${prefix}`);
}

describe("recount", () => {
  test("rows that nobody touched count right", () => {
    assert.deepEqual([...recount(rows, false)], []);
    assert.ok(rows.size > 15);
  });

  test("a changed sum of what is held is found in each of its windows", () => {
    const found = foundAfter("meter/task/a", (row) =>
      row.kind === "meter" ? { ...row, held: { ...row.held, tokens: [6, 7, 7, 7] } } : row,
    );
    assert.deepEqual(found, ["meter/task/a: holds 6 tokens (lifetime), the open reservations are 7"]);
    assert.match(foundAfter("meter/workspace", () => null)[0] ?? "", /^meter\/workspace: is missing, and something/);
    assert.equal(foundAfter(keyUnder("reservation/"), () => null).length > 3, true);
  });

  test("changed counts of children, blockers and descendants are found", () => {
    const changes: readonly (readonly [object, RegExp])[] = [
      [{ openChildren: 3 }, /says 3 open children, there are 2/],
      [{ children: 1 }, /says 1 children, there are 2/],
      [{ openBlockers: 1 }, /says 1 open blockers, there are 0/],
      [{ descendants: 1 }, /says 1 descendants, there are 2/],
      [{ root: "b" }, /says its root is b, it is T-1/],
      [{ path: ["x"] }, /says it lies below x, it lies below $/],
    ];
    for (const [change, words] of changes) {
      const found = foundAfter("task/T-1", (row) => (row.kind === "task" ? { ...row, ...change } : row));
      assert.ok(
        found.some((line) => line.startsWith("task/T-1: ") && words.test(line)),
        found.join("\n"),
      );
    }
  });

  test("a holder, a lease, a list or an index that says otherwise than the task is found", () => {
    const held = foundAfter("actor/agent:a-1", (row) => (row.kind === "actor" ? { ...row, holds: [] } : row));
    assert.deepEqual(held, ["actor/agent:a-1: says it holds 0 tasks, it holds 1"]);
    assert.deepEqual(
      foundAfter("actor/agent:a-1", () => null),
      ["actor/agent:a-1: is missing, and it holds a"],
    );
    assert.match(foundAfter("live/T-1", () => null)[0] ?? "", /^live\/T-1: does not list a, which is held/);
    assert.match(foundAfter(keyUnder("due/"), () => null)[0] ?? "", /is missing, and the lease of a ends then/);
    assert.match(foundAfter(keyUnder("ready/"), () => null)[0] ?? "", /does not say of T-1 what its task says/);
    assert.match(foundAfter("dependents/a", () => null)[0] ?? "", /^dependents\/a: does not list b/);
    const stray = foundAfter("children/T-1", (row) => (row.kind === "children" ? { ...row, ids: ["T-1"] } : row));
    assert.deepEqual(stray, ["children/T-1: lists T-1, which does not lie below it"]);
  });

  test("an index row that stands for nothing is found", () => {
    const all: Rows = new Map(rows).set("due/000000000000001/a", { kind: "due", task: "a" });
    assert.deepEqual([...recount(all, false)], [{ key: "due/000000000000001/a", problem: "no lease of a ends then" }]);
  });

  test("a fingerprint without its task, and a number of tasks that is not the last one's, are found", () => {
    const found = foundAfter(keyUnder("fingerprint/"), (row) =>
      row.kind === "fingerprint" ? { ...row, task: "gone" } : row,
    );
    assert.match(found[0] ?? "", /names gone, which has another fingerprint/);
    const head = foundAfter("head", (row) => (row.kind === "head" ? { ...row, tasks: 9 } : row));
    assert.deepEqual(head, ["head: says T-9 is the last task, it is T-1"]);
  });
});
