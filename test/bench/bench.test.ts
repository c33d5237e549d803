import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Effort } from "../../bench/measure/effort.ts";
import { PARTS } from "../../bench/parts/index.ts";
import { document, verdict } from "../../bench/report/document.ts";
import { isMet } from "../../bench/report/row.ts";
import type { Row } from "../../bench/report/row.ts";
import { table } from "../../bench/report/table.ts";
import { runParts } from "../../bench/run-parts.ts";

const LEAST: Effort = {
  rounds: 2,
  sampleMs: 1,
  decisions: 256,
  durable: 5,
  starts: 1,
  togetherMs: 60,
  nodes: 20_000,
  few: 20,
  many: 40,
  inEach: 3,
  fewEvents: 20,
  manyEvents: 40,
  verified: 500,
  crowdMs: 40,
};

const NAMES = PARTS.map((part) => part.name);
const folder = mkdtempSync(join(tmpdir(), "exec-kernel-bench-"));
after(() => rmSync(folder, { recursive: true }));

// Stands in for a Python with the seed: says what its command line says, and that everything takes 1,000 ns or bytes.
const STAND_IN = `#!${process.execPath}
if (process.argv[2] === "-m") process.stdout.write("VALID: Work started\\n");
else require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const asked = JSON.parse(line);
  console.log(JSON.stringify(asked.case === "node-bytes" ? { bytes: 1000 } : { ns: asked.count * 1000 }));
});
`;

function standIn(): string {
  const path = join(folder, "python");
  writeFileSync(path, STAND_IN);
  chmodSync(path, 0o755);
  return path;
}

const quiet = (): void => undefined;

const ran: Row[] = [];

for (const name of NAMES)
  test(`${name} runs and answers rows, with the seed absent`, async () => {
    const rows = await runParts([name], LEAST, null, quiet);
    assert.ok(rows.length > 0);
    for (const { what, ours } of rows) assert.ok(ours.value > 0, what);
    ran.push(...rows);
  });

test("all rows make a table, and what the seed is needed for is not compared", () => {
  assert.equal(table(ran).split("\n").length, ran.length + 2);
  const absent = ran.filter((row) => row.absent === "seed");
  assert.ok(absent.length >= 5);
  for (const row of absent) assert.equal(isMet(row), null);
});

test("the parts that have a peer in the seed compare themselves with it", async () => {
  const seed = { python: standIn(), version: "0.2.0" };
  const names = ["validate", "new-task", "record-step", "memory", "command-line"];
  const rows = await runParts(names, LEAST, seed, quiet);
  assert.equal(rows.filter((row) => row.absent !== null && row.peer === null).length, 0);
  const named = rows.filter((row) => row.peer?.name === "seed");
  assert.ok(named.length >= 7);
  for (const { what, peer } of named) {
    assert.ok(peer !== null && peer.share > 0, what);
    if (!what.startsWith("exec-kernel")) assert.equal(peer.figure.value, 1_000, what);
  }
});

const ROWS: readonly Row[] = [
  {
    what: "fast",
    ours: { value: 9.5, unit: "ns" },
    peer: { name: "seed", figure: { value: 100, unit: "ns" }, share: 0.095 },
    absent: null,
    target: { kind: "faster", value: 10 },
  },
  {
    what: "slow",
    ours: { value: 500_000, unit: "ns", p99: 2_000_000 },
    peer: { name: "write", figure: { value: 200_000, unit: "ns" }, share: 2.5 },
    absent: null,
    target: { kind: "share", value: 2 },
  },
  {
    what: "small",
    ours: { value: 1_999, unit: "ns" },
    peer: null,
    absent: null,
    target: { kind: "below", value: 2_000 },
  },
  { what: "free", ours: { value: 1_234_567, unit: "per second" }, peer: null, absent: "seed", target: null },
];

test("a target is met or not, and the table says so", () => {
  assert.deepEqual(ROWS.map(isMet), [true, false, true, null]);
  assert.equal(verdict(ROWS), "2 of 3 targets met");
  const lines = table(ROWS).split("\n");
  assert.match(lines[2] ?? "", /^\| fast +\| 9\.5 ns +\| seed 100 ns +\| 10\.5x faster \| >= 10x faster \| met +\|$/);
  assert.match(lines[3] ?? "", /^\| slow +\| 500 us \(p99 2 ms\) \| write 200 us \| 2\.5x +\| <= 2x +\| NOT MET \|$/);
  assert.match(lines[4] ?? "", /^\| small +\| 2 us +\| +\| +\| < 2 us +\| met +\|$/);
  assert.match(lines[5] ?? "", /^\| free +\| 1,234,567\/s +\| seed: absent +\| +\| +\| +\|$/);
});

test("a target against an absent peer is not compared, and not counted as met", () => {
  const row: Row = {
    what: "fast",
    ours: { value: 9.5, unit: "ns" },
    peer: null,
    absent: "seed",
    target: { kind: "faster", value: 10 },
  };
  assert.equal(isMet(row), null);
  assert.match(table([row]), /not compared/);
  assert.equal(verdict([row]), "0 of 0 targets met, 1 not compared");
});

test("the document names the machine, the day and the seed", () => {
  const machine = {
    cores: 2,
    cpu: "A CPU",
    memoryGiB: 8,
    os: "Linux 6",
    node: "v24.21.0",
    load: 0.1,
    date: "2026-01-02",
  };
  const text = document({ rows: ROWS, machine, seed: "0.2.0" });
  assert.match(text, /2026-01-02, 2 cores \(A CPU\), 8 GiB, Linux 6, node 24\.21\.0, load 0\.1/);
  assert.match(text, /Seed: 0\.2\.0\. 2 of 3 targets met\./);
  assert.ok(text.includes(table(ROWS)));
});

function run(...flags: string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, [join(import.meta.dirname, "../../bench/run.ts"), ...flags], { encoding: "utf8" });
}

test("a part that does not exist and a document of half a benchmark are refused in one line", () => {
  const unknown = run("--only", "nothing");
  assert.equal(unknown.status, 2);
  assert.equal(unknown.stderr, `bench: there is no part nothing; parts: ${NAMES.join(", ")}\n`);
  const half = run("--write", "--quick");
  assert.equal(half.status, 2);
  assert.match(half.stderr, /^bench: --write takes the whole benchmark.*\n$/);
  assert.equal(run("--frob").status, 2);
});
