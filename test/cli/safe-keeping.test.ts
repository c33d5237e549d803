// verify, backup, restore and export as real processes, on stores in which somebody has planted a fault.

import assert from "node:assert/strict";
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { before, test } from "node:test";
import { assertOneLine, sandbox } from "../support/cli.ts";
import type { Ended } from "../support/cli.ts";

const home = await sandbox();
const good = join(home.home, "good.db");

const at = (store: string): string[] => ["--store", store, "-w", "w"];
const path = (name: string): string => join(home.home, name);

before(async () => {
  await home.ok(["init", ...at(good)]);
  for (let number = 1; number <= 5; number += 1) await home.ok(["task", "create", `task ${number}`, ...at(good)]);
});

/** A copy of the good store in which this SQL was run. */
function planted(name: string, sql: string): string {
  const file = path(`${name}.db`);
  copyFileSync(good, file);
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  return file;
}

async function verified(store: string, ...flags: string[]): Promise<Ended> {
  return home.run(["verify", ...flags, ...at(store)]);
}

const FAULTS: readonly (readonly [name: string, sql: string, says: RegExp, good: RegExp])[] = [
  [
    "missing",
    "DELETE FROM event WHERE position % 1000 = 0 OR position = (SELECT min(position) + 2 FROM event)",
    /^ {2}event 3: is missing$/m,
    /last good event is 2\./,
  ],
  [
    "edited",
    `UPDATE event SET bytes = replace(bytes, 'task 2', 'task 9')`,
    /^ {2}event 3: its hash does not cover/m,
    /last good event is 2\./,
  ],
  [
    "unknown",
    `UPDATE event SET bytes = replace(bytes, '"type":"task_created"', '"type":"task_sold"'), type = 'task_sold' WHERE position = (SELECT min(position) + 3 FROM event)`,
    /unknown kind \(type task_sold, version 3\)/,
    /last good event is 3\./,
  ],
  [
    "column",
    "UPDATE event SET at = at + 1 WHERE position = (SELECT max(position) FROM event)",
    /^ {2}event 6: its columns differ from its bytes/m,
    /last good event is 5\./,
  ],
  [
    "row",
    `UPDATE state SET bytes = replace(bytes, 'task 3', 'task 8') WHERE key = 'task/T-3'`,
    /^ {2}row task\/T-3: differs from the fold/m,
    /the log itself is whole/,
  ],
  [
    "deleted",
    "DELETE FROM state WHERE key IN ('task/T-2', 'task/T-4')",
    /^ {2}row task\/T-2: is missing from the store/m,
    /the log itself is whole/,
  ],
  [
    "foreign",
    `INSERT INTO state (workspace, key, bytes) VALUES (1, 'text/T-7', '{"kind":"text","task":"T-7","text":"x"}')`,
    /^ {2}row text\/T-7: no event explains it/m,
    /the log itself is whole/,
  ],
];

for (const [name, sql, says, lastGood] of FAULTS)
  test(`verify finds a planted fault: ${name}`, async () => {
    const store = planted(name, sql);
    const { status, stdout, stderr } = await verified(store);
    assert.equal(status, 1);
    assert.match(stdout.split("\n").slice(0, 4).join("\n"), says);
    assert.match(stderr, lastGood);
    assert.match(stderr, /restore a backup/);
    const report: unknown = JSON.parse((await verified(store, "--json")).stdout);
    assert.ok(typeof report === "object" && report !== null && "badSequence" in report && "badKey" in report);
    assert.ok((report.badSequence === null) !== (report.badKey === null) || report.badSequence !== null);
    // A store with a fault in it gets no backup.
    const backup = await home.run(["backup", path(`${name}.backup`), ...at(store)]);
    assert.equal(backup.status, 1, backup.stderr);
    assert.equal(existsSync(path(`${name}.backup`)), false);
  });

test("verify --chain finds what is wrong with events, and does not look at rows", async () => {
  assert.equal((await verified(path("edited.db"), "--chain")).status, 1);
  const { status, stdout } = await verified(path("row.db"), "--chain");
  assert.equal(status, 0);
  assert.match(stdout, /6 events, chain intact, rows not looked at/);
});

test("a command on a log whose end is gone fails with one clear line, and writes nothing", async () => {
  const store = planted("beheaded", "DELETE FROM event WHERE position = (SELECT max(position) FROM event)");
  const before = readFileSync(store);
  const made = await home.run(["task", "create", "one more", ...at(store)]);
  assertOneLine(made);
  assert.match(made.stderr, /fault log\.corrupt: the log ends at event 5 and its rows at 6, nothing was written/);
  assert.equal(made.status, 3);
  assert.deepEqual(readFileSync(store), before);
  for (const flags of [[], ["--chain"]]) {
    const { status, stdout, stderr } = await verified(store, ...flags);
    assert.equal(status, 1);
    assert.match(stdout, /event 6: is missing: the rows stand at event 6/);
    assert.match(stderr, /^the last good event is 5\. do not write to this store/);
  }
  const doctor = await home.run(["doctor", ...at(store)]);
  assert.equal(doctor.status, 1);
  assert.match(
    doctor.stdout,
    /^problem +log +the log ends at event 5 and its rows at 6: nothing can be written\. run/m,
  );
});

test("with -q verify, sweep and backup say nothing of what is well, and name the first damage", async () => {
  for (const args of [
    ["verify", "-q"],
    ["sweep", "-q"],
    ["backup", "-q", path("quiet.db")],
  ])
    assert.deepEqual(await home.run([...args, ...at(good)]), { status: 0, signal: null, stdout: "", stderr: "" });
  const { status, stdout, stderr } = await verified(path("edited.db"), "-q");
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /^event 3: its hash does not cover .*\nthe last good event is 2\. /);
});

test("what is read from a log whose chain is broken comes with a warning", async () => {
  const warning = /^warning: the chain is broken at event 3, so the log was changed: run exec-kernel verify$/m;
  const store = path("edited.db");
  writeFileSync(path("policy.yml"), "");
  for (const [args, status] of [
    [["export", path("edited.jsonl")], 1],
    [["export", "-q", "--since", "2"], 1],
    [["replay", "-q"], 1],
    [["replay", "--json"], 1],
    [["why", "d-4", "--rows"], 1],
    [["policy", "what-if", path("policy.yml")], 1],
  ] as const) {
    const told = await home.run([...args, ...at(store)]);
    assert.equal(told.status, status, told.stderr);
    assert.match(told.stderr, warning);
  }
  assert.equal((await home.run(["why", "d-2", "--rows", ...at(store)])).status, 0);
});

test("an event that is missing or makes no sense is a fault of the log, with its place and the way out", async () => {
  const stores = [
    ["missing", "missing"],
    [
      "emptied",
      "not readable",
      `UPDATE event SET bytes = json_set(bytes, '$.body', json('{}')) WHERE type = 'task_created' AND bytes LIKE '%task 2%'`,
    ],
    [
      "nothing",
      "not readable",
      `UPDATE event SET bytes = json_set(bytes, '$.body', json('null')) WHERE type = 'task_created' AND bytes LIKE '%task 2%'`,
    ],
    [
      "halved",
      "not readable",
      `UPDATE event SET bytes = json_set(bytes, '$.body', json('{"task":3}')) WHERE type = 'task_created' AND bytes LIKE '%task 2%'`,
    ],
    [
      "jumped",
      "not readable",
      `UPDATE event SET bytes = replace(bytes, '"sequence":3,', '"sequence":4,') WHERE bytes LIKE '%task 2%'`,
    ],
  ] as const;
  writeFileSync(path("policy.yml"), "");
  for (const [name, what, sql] of stores) {
    const store = sql === undefined ? path(`${name}.db`) : planted(name, sql);
    const reads = [["replay"], ["policy", "what-if", path("policy.yml")], ["why", "d-5", "--rows"], ["events"]];
    for (const args of name === "halved" ? reads.slice(0, 3) : [...reads, ["why", "d-3"]]) {
      const told = await home.run([...args, ...at(store)]);
      assertOneLine(told);
      assert.equal(told.status, 3, `${name} ${args.join(" ")}`);
      const way = "run `exec-kernel verify`, restore a backup";
      assert.equal(told.stderr, `exec-kernel: fault log.corrupt: event 3 is ${what}: ${way}\n`, name);
    }
    const report = await verified(store);
    assert.deepEqual([report.status, /last good event is 2\./.test(report.stderr)], [1, true], name);
  }
});

test("an event that lacks what is said of it is a fault of the log too", async () => {
  const store = planted(
    "strange",
    `UPDATE event SET bytes = json_set(bytes, '$.body', json('{"x":1}')) WHERE type = 'policy_adopted'`,
  );
  for (const args of [["events"], ["why", "d-1"]]) {
    const told = await home.run([...args, ...at(store)]);
    assertOneLine(told);
    assert.deepEqual([told.status, /fault log\.corrupt: event 1 is not readable: run/.test(told.stderr)], [3, true]);
  }
});

test("who reads a log whose end is gone is warned, and the command ends with 1", async () => {
  const store = path("beheaded.db");
  for (const args of [
    ["export", "-q"],
    ["export", path("beheaded.jsonl")],
    ["replay", "-q"],
    ["policy", "what-if", path("policy.yml")],
    ["events"],
    ["events", "--since", "2", "-q"],
    ["events", "--since", "4", "--json"],
  ]) {
    const told = await home.run([...args, ...at(store)]);
    assert.match(
      told.stderr,
      /^warning: the chain is broken at event 6, so the log was changed: run exec-kernel verify$/m,
    );
    assert.equal(told.status, 1, args.join(" "));
  }
  for (const args of [
    ["events", "--since", "1", "--limit", "2"],
    ["export", "-q", "--since", "9"],
    ["why", "d-5", "--rows"],
  ])
    assert.equal((await home.run([...args, ...at(store)])).status, 0, args.join(" "));
  const gone = await home.run(["why", "d-6", ...at(store)]);
  assert.deepEqual([gone.status, /event 6 is missing/.test(gone.stderr)], [3, true]);
});

test("a log of a newer format is not judged: every command says to update exec-kernel", async () => {
  const store = planted("newer", "UPDATE event SET min_writer = 4");
  const says = "workspace w was written by a newer exec-kernel (format 4, this one writes 3): update exec-kernel";
  for (const args of [
    ["verify"],
    ["verify", "--chain"],
    ["verify", "--from-checkpoint"],
    ["backup", path("newer.backup")],
    ["task", "create", "x"],
  ]) {
    const told = await home.run([...args, ...at(store)]);
    assertOneLine(told);
    assert.deepEqual(
      [told.status, told.stderr],
      [3, `exec-kernel: fault workspace.read_only: ${says}\n`],
      args.join(" "),
    );
  }
  assert.equal(existsSync(path("newer.backup")), false);
  const restored = await home.run(["restore", store, ...at(path("old.db"))]);
  assert.deepEqual([restored.status, restored.stderr.includes(says)], [3, true]);
  const doctor = await home.run(["doctor", ...at(store)]);
  assert.equal(doctor.status, 1);
  assert.ok(doctor.stdout.includes(`problem log           ${says}`), doctor.stdout);
});

test("a backup restores to a store that verifies and goes on, in a new incarnation", async () => {
  const [file, store] = [path("night.db"), path("restored.db")];
  const told = await home.ok(["backup", file, ...at(good)]);
  assert.match(told, /^backup {2}\/.*night\.db, \d+ KB, checked\n {2}w: 6 events, head [0-9a-f]{64}$/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(
    readdirSync(home.home).filter((name) => name.startsWith("night.db")),
    ["night.db"],
  );
  const again = await home.run(["backup", file, ...at(good)]);
  assertOneLine(again);
  assert.deepEqual([again.status, /is there already and is not overwritten/.test(again.stderr)], [2, true]);
  await home.ok(["task", "claim", "T-1", ...at(good)], home.agent("a-1"));
  const lost: unknown = JSON.parse(await home.ok(["task", "show", "T-1", "--json", ...at(good)]));
  assert.ok(JSON.stringify(lost).includes(`"fence":1`));
  assert.match(await home.ok(["restore", file, ...at(store)]), /^restored {2}\/.*\n {2}w: 7 events, incarnation \d+$/);
  const claimed = await home.ok(["task", "claim", "T-1", ...at(store)], home.agent("a-2"));
  assert.ok(Number(/fence (\d+)/.exec(claimed)?.[1]) > 2 ** 20, claimed);
  const stale = await home.run(["task", "heartbeat", "T-1", "--fence", "1", ...at(store)], home.agent("a-1"));
  assert.match(stale.stderr, /^refused lease\.fence_stale/);
  assert.equal((await verified(store)).status, 0);
});

test("a restore is a human's, never over a store, and leaves nothing of a backup that is not whole", async () => {
  const file = path("night.db");
  const asked = await home.run(["restore", file, ...at(path("new.db"))], home.agent("a-1"));
  assert.deepEqual(
    [asked.status, asked.stderr.split("\n")[0]],
    [5, "refused actor.not_allowed: restore is not for an agent; it takes a human"],
  );
  assert.equal((await home.run(["restore", file, ...at(good)])).status, 2);
  assert.equal((await home.run(["restore", ...at(good)])).status, 2);
  const broken = await home.run(["restore", path("edited.db"), ...at(path("new.db"))]);
  assert.equal(broken.status, 1);
  assert.match(broken.stderr, /is not whole: nothing was restored, try an older backup\n {2}event 3: its hash/);
  assert.equal(existsSync(path("new.db")), false);
  copyFileSync(file, path("cut.db"));
  truncateSync(path("cut.db"), 8_192);
  const cut = await home.run(["restore", path("cut.db"), ...at(path("new.db"))]);
  assert.doesNotMatch(cut.stderr, /\n./);
  assert.deepEqual(
    [cut.status, /cut\.db is .*: nothing was restored, try an older backup$/m.test(cut.stderr)],
    [1, true],
  );
  assert.deepEqual(
    readdirSync(home.home).filter((name) => name.startsWith("new.db") || name.includes(".part")),
    [],
  );
});

test("restore and backup say what is wrong with the places they are given, and make no folder", async () => {
  const file = path("night.db");
  writeFileSync(path("text"), "no store, but a text that is long enough to be one ".repeat(9));
  const cases: readonly (readonly [args: readonly string[], status: number, says: RegExp])[] = [
    [
      ["restore", path("none"), ...at(path("new.db"))],
      2,
      /none is not there: name a file that exec-kernel backup made$/m,
    ],
    [
      ["restore", path("text"), ...at(path("new.db"))],
      3,
      /text is not an SQLite file: name a file that exec-kernel backup/,
    ],
    [["restore", file, ...at(good)], 2, /good\.db is there already .*: name a new one with --store NEW-FILE/],
    [["restore", file, ...at(path("away/new.db"))], 3, /the folder \S+away is not there, nothing was copied/],
    [["backup", path("away/b.db"), ...at(good)], 3, /the folder \S+away is not there, nothing was copied/],
    [["backup", path("b.db"), "--dry-run", ...at(good)], 2, /a backup has no dry run/],
    [["export", path("b.jsonl"), "--dry-run", ...at(good)], 2, /an export has no dry run/],
  ];
  for (const [args, status, says] of cases) {
    const told = await home.run([...args]);
    assert.equal(told.status, status, told.stderr);
    assert.match(told.stderr, says);
  }
  for (const name of ["away", "new.db", "b.db", "b.jsonl"]) assert.equal(existsSync(path(name)), false, name);
});

test("backup and restore say what PostgreSQL has instead", async () => {
  for (const args of [
    ["backup", path("b")],
    ["restore", path("b")],
  ]) {
    const told = await home.run([...args, "--store", "postgres://localhost/x"]);
    assertOneLine(told);
    assert.deepEqual([told.status, /for PostgreSQL/.test(told.stderr)], [2, true]);
  }
});

test("restore --in-place starts the new incarnation of a store that was put back by other means", async () => {
  const store = path("back.db");
  copyFileSync(path("night.db"), store);
  assert.match(await home.ok(["restore", "--in-place", ...at(store)]), /w: 7 events, incarnation \d+/);
  assert.equal((await verified(store)).status, 0);
});

test("an export is written to a new file, checked without a store, and a cut one is found", async () => {
  const file = path("log.jsonl");
  assert.match(
    await home.ok(["export", file, ...at(good)]),
    /^7 events exported, the last is 7, its hash [0-9a-f]{64}$/,
  );
  assert.match(await home.ok(["export", "-q", path("quiet.jsonl"), ...at(good)]), /^[0-9a-f]{64}$/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal((await home.run(["export", file, ...at(good)])).status, 2);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  assert.equal(await home.ok(["export", "-q", ...at(good)]), lines.join("\n"));
  assert.equal(await home.ok(["export", "-", "-q", ...at(good)]), lines.join("\n"));
  assert.equal(await home.ok(["export", "-q", "--since", "4", ...at(good)]), lines.slice(4).join("\n"));
  assert.match(await home.ok(["verify", "--export", file]), /chain intact, 0 rows differ/);
  truncateSync(file, statSync(file).size - 40);
  const cut = await home.run(["verify", "--export", file]);
  assert.equal(cut.status, 1);
  assert.match(cut.stdout, new RegExp(`line ${lines.length}: is cut short`));
  assert.match(cut.stderr, new RegExp(`last good event is ${lines.length - 1}\\. this file is not the log`));
  assert.doesNotMatch(cut.stderr, /do not write/);
  const none = await home.run(["verify", "--export", path("none.jsonl")]);
  assert.deepEqual([none.status, /none\.jsonl: no such file$/m.test(none.stderr)], [3, true]);
  const folder = await home.run(["verify", "--export", home.home]);
  assert.deepEqual([folder.status, /is a folder, not the file of an export$/m.test(folder.stderr)], [3, true]);
  writeFileSync(path("empty.jsonl"), "");
  const empty = await home.run(["verify", "--export", path("empty.jsonl")]);
  assert.equal(empty.status, 1);
  assert.match(empty.stdout + empty.stderr, /export: has no event in it\n.*ask for the file again/s);
});
