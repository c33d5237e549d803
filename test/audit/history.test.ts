import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { audited, change, found, time, unjudged } from "./audited.ts";

describe("the life of a task", () => {
  test("the path through every state is clean", async () => {
    const report = await audited([
      change("x-1", null, "open", 1),
      change("x-1", "open", "in_progress", 2),
      change("x-1", "in_progress", "closed", 3),
    ]);
    assert.deepEqual(found(report), {});
    assert.deepEqual([report.tasks, report.changes, report.broken], [1, 3, 0]);
  });

  test("a state left out is a skip, with the move in the file's own words", async () => {
    const report = await audited([change("x-1", null, "open", 1), change("x-1", "open", "closed", 2)]);
    assert.deepEqual(found(report), { "lifecycle.transition_skipped": 1 });
    assert.deepEqual(report.rules[0]?.moves, [{ move: "open -> closed", findings: 1 }]);
    assert.deepEqual(report.rules[0]?.worst[0]?.id, "x-1");
  });

  test("closed work opened again is told apart from a skip", async () => {
    const life = ["open", "in_progress", "closed", "open", "in_progress", "closed"];
    const report = await audited(life.map((to, minute) => change("x-1", life[minute - 1] ?? null, to, minute)));
    assert.deepEqual(found(report), { "lifecycle.terminal": 1 });
  });

  test("the first sight of a task is never a skip, and a finding only where the work is closed", async () => {
    for (const to of ["open", "in_progress", "hooked", "blocked", "review"])
      assert.deepEqual(found(await audited([change("x-1", null, to, 1)])), {}, to);
    for (const to of ["closed", "done", "cancelled"])
      assert.deepEqual(found(await audited([change("x-1", null, to, 1)])), { "lifecycle.first_sight_ended": 1 }, to);
  });

  test("a deletion and its undoing are bookkeeping", async () => {
    const life = ["open", "in_progress", "closed", "tombstone", "closed", "tombstone", "open"];
    const report = await audited(life.map((to, minute) => change("x-1", life[minute - 1] ?? null, to, minute)));
    assert.deepEqual(found(report), {});
    assert.equal(unjudged(report, /deletions of ended work/), 4);
  });

  test("a task deleted when first seen is no finding, and told", async () => {
    const report = await audited([
      change("x-1", null, "tombstone", 1),
      change("x-2", null, "tombstone", 1),
      change("x-1", "tombstone", "open", 2),
    ]);
    assert.deepEqual(found(report), {});
    assert.equal(unjudged(report, /deleted when first seen/), 2);
  });

  test("work handed back is not judged: the hand is not told", async () => {
    const report = await audited([
      change("x-1", null, "open", 1),
      change("x-1", "open", "in_progress", 2),
      change("x-1", "in_progress", "open", 3),
    ]);
    assert.deepEqual(found(report), {});
    assert.equal(unjudged(report, /in_progress -> open/), 1);
  });

  test("a line that leaves another state than the last one told is a finding", async () => {
    const report = await audited([change("x-1", null, "open", 1), change("x-1", "blocked", "open", 2)]);
    assert.deepEqual(found(report), { "fact.discontinuous": 1 });
  });

  test("a history may begin in its middle", async () => {
    for (const [from, to, codes] of [
      ["in_progress", "closed", {}],
      ["open", "closed", { "lifecycle.transition_skipped": 1 }],
      ["closed", "open", { "lifecycle.terminal": 1 }],
    ] as const)
      assert.deepEqual(found(await audited([change("x-1", from, to, 1)])), codes, `${from} -> ${to}`);
  });
});

describe("words without a meaning", () => {
  test("their moves are counted by word with the first place, and nothing is guessed", async () => {
    const report = await audited([
      change("x-1", null, "open", 1),
      change("x-1", "open", "in_progress", 2),
      change("x-1", "in_progress", "awaiting_merge", 3),
      change("x-1", "awaiting_merge", "closed", 4),
      change("x-1", "closed", "open", 5),
    ]);
    assert.deepEqual(found(report), { "lifecycle.terminal": 1 }, "what comes after is judged from where it stands");
    const [word] = report.notJudged;
    assert.equal(word?.count, 2);
    assert.match(`${word?.what} ${word?.why}`, /"awaiting_merge".*:3$/);
  });

  test("they leave the task where it was", async () => {
    const report = await audited([
      change("x-1", null, "open", 1),
      change("x-1", "open", "in_progress", 2),
      change("x-1", "in_progress", "awaiting_merge", 3),
      change("x-1", "in_progress", "closed", 4),
    ]);
    assert.deepEqual(found(report), {});
  });

  test("a task first seen under such a word still counts for depth and busywork", async () => {
    const parents = (above: number): object => ({ parents: [`x-${above}`] });
    const chain = Array.from({ length: 9 }, (_, depth) =>
      change(`x-${depth}`, null, "my_own", depth, parents(depth - 1)),
    );
    assert.deepEqual(found(await audited(chain)), { "lineage.depth_exceeded": 2 });
  });
});

describe("lineage", () => {
  test("a parent told after its child is found, and the depth counts", async () => {
    const lines = [change("x-8", null, "open", 0, { parents: ["x-7"] })];
    for (let depth = 0; depth < 8; depth += 1)
      lines.push(change(`x-${depth}`, null, "open", 1 + depth, { parents: depth === 0 ? [] : [`x-${depth - 1}`] }));
    const report = await audited(lines);
    assert.deepEqual(found(report), { "lineage.depth_exceeded": 2 });
    assert.deepEqual(
      report.rules[0]?.worst.map(({ id, size }) => [id, size]),
      [
        ["x-8", 8],
        ["x-7", 7],
      ],
    );
    assert.equal(unjudged(report, /nowhere told/), 0);
  });

  test("the last parent that a task names counts, not one it waited for before", async () => {
    const parents = (above: string): object => ({ parents: [above] });
    const lines = [change("x-9", null, "open", 0, parents("x-6")), change("y-0", null, "open", 1)];
    lines.push(change("x-9", "open", "blocked", 2, parents("y-0")));
    for (let depth = 0; depth < 7; depth += 1)
      lines.push(change(`x-${depth}`, null, "open", 3 + depth, depth === 0 ? {} : parents(`x-${depth - 1}`)));
    assert.deepEqual(found(await audited(lines)), {});
  });

  test("lines of one moment come parents first, whatever their order", async () => {
    const lines = Array.from({ length: 9 }, (_, depth) =>
      change(`x-${depth}`, null, "open", 5, { parents: [`x-${depth - 1}`], createdAt: time(1) }),
    );
    const report = await audited(lines.toReversed());
    assert.deepEqual(found(report), { "lineage.depth_exceeded": 2 });
    assert.equal(unjudged(report, /nowhere told/), 1);
  });

  test("a task that is its own ancestor is found once, however often it is told", async () => {
    const lines = [change("x-1", null, "open", 1), change("x-2", null, "open", 2, { parents: ["x-1"] })];
    for (let minute = 3; minute < 9; minute += 1)
      lines.push(
        change("x-1", minute % 2 === 1 ? "open" : "blocked", minute % 2 === 1 ? "blocked" : "open", minute, {
          parents: ["x-2"],
        }),
      );
    assert.deepEqual(found(await audited(lines)), { "lineage.cycle": 1 });
    assert.deepEqual(found(await audited([change("x-1", null, "open", 1, { parents: ["x-1"] })])), {
      "lineage.cycle": 1,
    });
  });

  test("a cycle that closes with a parent told last is found", async () => {
    const below = [2, 3, 1].map((parent, index) =>
      change(`x-${index + 1}`, null, "open", index, { parents: [`x-${parent}`] }),
    );
    assert.equal(found(await audited(below))["lineage.cycle"], 1);
  });

  test("an agent that makes for itself the kind of work it does is found, another kind or agent is not", async () => {
    const held = change("x-1", null, "in_progress", 1, { type: "fix", assignee: "a-1" });
    const made = (more: object): object =>
      change("x-2", null, "open", 2, { type: "fix", createdBy: "a-1", discoveredFrom: ["x-1"], ...more });
    assert.deepEqual(found(await audited([held, made({})])), { "lineage.identity_loop": 1 });
    assert.deepEqual(found(await audited([held, made({ type: "test" })])), {});
    assert.deepEqual(found(await audited([held, made({ createdBy: "a-2" })])), {});
  });
});

describe("busywork", () => {
  const digests = (count: number, more: (index: number) => object): readonly object[] =>
    Array.from({ length: count }, (_, index) =>
      change(`x-${index}`, null, "open", 9_000, {
        title: `Patrol digest #${index}`,
        createdBy: "deacon",
        ...more(index),
      }),
    );

  test("the sixth of one title on one day by one agent is the first finding", async () => {
    assert.deepEqual(found(await audited(digests(5, () => ({})))), {});
    const report = await audited(digests(8, () => ({})));
    assert.deepEqual(found(report), { "lineage.template_repeated": 3 });
    const [worst] = report.rules[0]?.worst ?? [];
    assert.deepEqual([worst?.title, worst?.by, worst?.size], ["patrol digest ##", "deacon", 3]);
  });

  test("the day is the one the task was made on, in whatever order the file tells", async () => {
    // A file that was first committed after weeks of honest work: four digests on each of four days.
    assert.deepEqual(found(await audited(digests(16, (index) => ({ createdAt: time((index % 4) * 1_440) })))), {});
    assert.equal(
      found(await audited(digests(16, (index) => ({ createdAt: time((index % 2) * 1_440) }))))[
        "lineage.template_repeated"
      ],
      6,
    );
  });

  test("each day keeps its own count, though days are told in turns", async () => {
    const turns = digests(12, (index) => ({ at: time(9_000 + index), createdAt: time((index % 2) * 1_440) }));
    assert.deepEqual(found(await audited(turns)), { "lineage.template_repeated": 2 });
  });

  test("a creation time after the line that tells it is not believed", async () => {
    const ahead = digests(8, (index) => ({ createdAt: time(20_000 + index * 1_440) }));
    assert.deepEqual(found(await audited(ahead)), { "lineage.template_repeated": 3 });
  });

  test("other agents and tasks without a title are no template", async () => {
    assert.deepEqual(found(await audited(digests(8, (index) => ({ createdBy: `a-${index}` })))), {});
    assert.deepEqual(found(await audited(digests(8, () => ({ title: "" })))), {});
  });
});

describe("an id that comes back with another creation time", () => {
  const lines = [
    change("x-1", null, "open", 1, { createdAt: time(1) }),
    change("x-1", "open", "in_progress", 2, { createdAt: time(1) }),
    change("x-1", "in_progress", "closed", 3, { createdAt: time(1) }),
    change("x-1", "closed", "open", 4, { createdAt: time(4), title: "something else" }),
    change("x-1", "open", "closed", 5, { createdAt: time(4), title: "something else" }),
  ];

  test("is counted by the rules and marked to be checked", async () => {
    const report = await audited(lines);
    const byCode = new Map(report.rules.map(({ code, findings, otherWork }) => [code, [findings, otherWork]]));
    assert.deepEqual(byCode.get("lifecycle.terminal"), [1, 1]);
    assert.deepEqual(byCode.get("lifecycle.transition_skipped"), [1, 0], "the other work skipped a state itself");
  });

  test("a time that a tool has rounded is no other work", async () => {
    const rounded = lines.map((line) => ({ ...line, createdAt: "2026-01-01T00:01:00.213Z" }));
    assert.equal(
      (await audited([lines[0] ?? {}, ...rounded.slice(1)])).rules.find(({ otherWork }) => otherWork > 0),
      undefined,
    );
  });
});

describe("bad lines", () => {
  test("are counted and named, and the rest is judged", async () => {
    const report = await audited([
      change("x-1", null, "open", 1),
      '{"id":"x-2"',
      "[]",
      change("x-1", "open", "closed", 2),
    ]);
    assert.deepEqual(found(report), { "lifecycle.transition_skipped": 1 });
    assert.equal(report.badLines.count, 2);
    assert.deepEqual(
      report.badLines.first.map(({ line }) => line),
      [2, 3],
    );
    assert.match(report.badLines.first[0]?.why ?? "", /not JSON at column/);
  });
});
