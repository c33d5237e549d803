// Rows of whatever format: generated files come back complete, in small memory; and so does the real history.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { meaningOf } from "../../src/formats/beads-states.ts";
import { findInputs, isStepInput, type RowInput } from "../../src/formats/detect.ts";
import { readRows, type Row } from "../../src/formats/rows.ts";
import { writeHistory, writeSnapshots } from "../support/history-generator.ts";
import { outsideData, skipWithout } from "../support/outside-data.ts";

const folder = mkdtempSync(join(tmpdir(), "formats-rows-"));
after(() => rmSync(folder, { recursive: true }));

async function only(path: string): Promise<RowInput> {
  const { inputs } = await findInputs([path]);
  assert.equal(inputs.length, 1);
  const [input] = inputs;
  assert.ok(input !== undefined && !isStepInput(input));
  return input;
}

async function readAll(input: RowInput): Promise<{ rows: Row[]; badLines: number[] }> {
  const rows: Row[] = [];
  const badLines: number[] = [];
  for await (const item of readRows(input)) {
    if (item.form === "problem") badLines.push(item.problem.line);
    else rows.push(item);
  }
  return { rows, badLines };
}

test("every generated line comes back as a row or under its number as a problem", async () => {
  for (const [write, name, form] of [
    [writeHistory, "h.jsonl.gz", "change"],
    [writeSnapshots, "s.jsonl", "snapshot"],
  ] as const) {
    const path = join(folder, name);
    const expected = await write(path, { seed: 11, changes: 5_000 });
    const { rows, badLines } = await readAll(await only(path));
    assert.equal(rows.length, expected.rows);
    assert.ok(rows.every((row) => row.form === form));
    assert.deepEqual(
      badLines,
      expected.badLines.map(({ line }) => line),
    );
    assert.equal(new Set(rows.map(({ id }) => id)).size, expected.ids);
  }
});

test("a file far larger than the memory allowed is read to its end", async () => {
  const path = join(folder, "large.jsonl");
  const expected = await writeHistory(path, { seed: 12, changes: 120_000 });
  assert.ok(statSync(path).size > 24 * 1024 * 1024);
  const code = `
    const { readRows } = await import(${JSON.stringify(new URL("../../src/formats/rows.ts", import.meta.url).href)});
    let rows = 0;
    let outsideBytes = 0;
    for await (const item of readRows({ path: process.argv[1], format: "history", sizeBytes: 0 })) {
      if (item.form !== "change") continue;
      rows += 1;
      if (rows % 1_000 === 0) outsideBytes = Math.max(outsideBytes, process.memoryUsage().external);
    }
    console.log(rows, outsideBytes < 12 * 1024 * 1024 ? "small" : outsideBytes);`;
  const flags = ["--max-old-space-size=16", "--max-semi-space-size=1", "--input-type=module", "-e", code, path];
  assert.equal(execFileSync(process.execPath, flags, { encoding: "utf8" }).trim(), `${expected.rows} small`);
});

const HISTORY = "beads/history.jsonl.gz";
const SNAPSHOT = "beads/issues-2026-01-21.jsonl.gz";

function outside(name: string): string {
  const path = outsideData(name);
  assert.ok(path !== null);
  return path;
}

function naive(name: string): unknown[] {
  const text = gunzipSync(readFileSync(outside(name))).toString("utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

test("the real history is read whole, with every word known", { skip: skipWithout(HISTORY) }, async (t) => {
  const startMs = performance.now();
  const { rows, badLines } = await readAll(await only(outside(HISTORY)));
  t.diagnostic(`${rows.length} changes in ${Math.round(performance.now() - startMs)} ms`);
  assert.equal(rows.length, naive(HISTORY).length);
  assert.deepEqual(badLines, []);
  for (const row of rows) {
    assert.ok(row.form === "change");
    assert.ok(meaningOf(row.to) !== null && (row.from === null || meaningOf(row.from) !== null), `line ${row.line}`);
  }
});

test("the real snapshot is read whole, with every word known", { skip: skipWithout(SNAPSHOT) }, async () => {
  const { rows, badLines } = await readAll(await only(outside(SNAPSHOT)));
  assert.equal(rows.length, naive(SNAPSHOT).length);
  assert.deepEqual(badLines, []);
  for (const row of rows) assert.ok(row.form === "snapshot" && meaningOf(row.status) !== null, `line ${row.line}`);
});
