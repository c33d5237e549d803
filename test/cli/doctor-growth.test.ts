// What doctor says of growth, of the disk and of the room kept back, and when somebody has to act.

import assert from "node:assert/strict";
import { mkdirSync, rmSync, truncateSync } from "node:fs";
import { test } from "node:test";
import { bytesADay, diskCheck, roomCheck } from "../../src/cli/doctor/growth.ts";
import type { Growth } from "../../src/kernel/index.ts";
import { sandbox } from "../support/cli.ts";

const MB = 1_048_576;
const DAY_MS = 86_400_000;

test("doctor tells growth, what holds it, refusals, the disk and the room kept back; --json has the numbers", async () => {
  const home = await sandbox();
  await home.ok(["task", "create", "one"]);
  await home.run(["task", "claim", "T-404"], home.agent("a"));
  const text = await home.ok(["doctor"]);
  for (const line of [
    /^ok +growth +3 events in the last day, 3 in 7 days, [\d,]+ bytes each in the log$/m,
    /^ok +held by +the last 3 events: policy_adopted \d+%, .*; rows: 1 task \(\d+ bytes\), /m,
    /^ok +refusals +1 recorded in the last day; 1 in all, 0 of them only counted$/m,
    /^ok +disk +\d+ KB, [\d.]+ [KMGT]B free; too young to tell how it will grow$/m,
    /^ok +room kept +1\.0 MB for when the disk is full$/m,
  ])
    assert.match(text, line);
  const checks = (await home.ok(["doctor", "--json"])).split("\n").filter((line) => line.includes('"about":"growth"'));
  assert.match(checks[0] ?? "", /"numbers":\{"events":3,.*"types":\[\{"type":"policy_adopted","events":1,/);
});

test("a ballast that cannot be written is told as that, and stops no work: the disk is not full", async () => {
  const home = await sandbox();
  const path = /^ok +store +(\S+)$/m.exec(await home.ok(["doctor"]))?.[1] ?? "";
  rmSync(`${path}-ballast`);
  mkdirSync(`${path}-ballast`);
  const { status, stdout } = await home.run(["doctor"]);
  assert.equal(status, 1);
  assert.match(
    stdout,
    /^problem +room kept +none for when the disk is full: \S+-ballast cannot be written \(EISDIR\)/m,
  );
  assert.match(await home.ok(["task", "create", "more"]), /^T-1 created/);
});

test("a ballast that is gone or given up is told", async () => {
  const home = await sandbox();
  const path = /^ok +store +(\S+)$/m.exec(await home.ok(["doctor"]))?.[1] ?? "";
  truncateSync(`${path}-ballast`, 0);
  assert.match(await home.ok(["doctor"]), /^ok +room kept +1\.0 MB/m, "with room on the disk it is filled up again");
  rmSync(`${path}-ballast`);
  assert.match(await home.ok(["doctor"]), /^ok +room kept +1\.0 MB/m);
});

test("the room kept is a problem where some of it was given up, and a note where there is none", () => {
  const facts = { kind: "sqlite", path: "/x", sqliteVersion: "3", schemaVersion: 2, pageBytes: 4_096 } as const;
  const rest = { ...facts, diskBytes: 0, walBytes: 0, journalMode: "wal", synchronous: "full", server: null };
  const levels = [MB, MB - 1, 0, null].map(
    (bytes) => roomCheck({ ...rest, kept: { bytes, ofBytes: MB, blocked: "" } }).level,
  );
  assert.deepEqual(levels, ["fine", "problem", "problem", "note"]);
});

test("the rate is the last week's, or that of the log's whole life where it is younger", () => {
  const growth = (since: number | null, lastWeek: number): Growth => ({
    ...{ events: 9, since, lastDay: 0, lastWeek, eventBytes: 1, sampled: 0, types: [], rows: [] },
    refusals: { lastDay: 0, total: 0, unrecorded: 0 },
  });
  const now = 100 * DAY_MS;
  assert.equal(bytesADay(growth(0, 700), 10, now), 1_000);
  assert.equal(bytesADay(growth(now - 2 * DAY_MS, 700), 10, now), 3_500);
  assert.equal(bytesADay(growth(now - 60_000, 700), 10, now), null);
  assert.equal(bytesADay(growth(null, 0), 10, now), null);
});

test("a disk that will be full is worth a note in two weeks' time, and is a problem in two days'", () => {
  const said = [40_000, 300, 10, 1].map((days) => diskCheck(50 * MB, MB, days * MB));
  assert.deepEqual(
    said.map(({ level }) => level),
    ["fine", "fine", "note", "problem"],
  );
  assert.equal(said[0]?.found, "50 MB, 80 MB in 30 days at 1.0 MB a day, 39 GB free");
  assert.equal(
    said[3]?.found,
    "50 MB, 80 MB in 30 days at 1.0 MB a day, 1.0 MB free: 1 day left. free some, or move the store",
  );
  assert.match(diskCheck(50 * MB, null, null).found, /^50 MB; too young to tell/);
});
