// An export can be checked by itself: every line has the bytes that were hashed, and what is wrong is found at its line.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, describe, test } from "node:test";
import { exportEvents, verifyExport } from "../../src/kernel/index.ts";
import type { FileLine, VerifyReport } from "../../src/kernel/index.ts";
import { bench } from "../support/kernels.ts";

async function* linesOf(lines: readonly string[]): AsyncGenerator<FileLine> {
  for (const [index, text] of lines.entries()) yield { line: index + 1, text, problem: "" };
}

function check(lines: readonly string[]): Promise<VerifyReport> {
  return verifyExport(linesOf(lines));
}

async function exported(since: number): Promise<readonly string[]> {
  const { store, human, agent } = await bench();
  const made = await human.submit({ type: "create_task", body: { task: "x", title: `say "x" \u{1F600}` } });
  await agent("a-1").submit({ type: "claim_task", body: { task: "x" } });
  await agent("a-1").submit({ type: "record_step", body: { task: "x", tokens: 3 } });
  await agent("a-2").submit({ type: "claim_task", body: { task: "x" } });
  assert.equal(made.decision.code, "task.created", made.decision.message);
  const lines: string[] = [];
  const done = await exportEvents(store, "w", since, (text) => lines.push(...text.split("\n")) > 0);
  assert.equal(done.events, lines.length);
  assert.ok(lines[lines.length - 1]?.includes(done.headHash) ?? lines.length === 0);
  return lines;
}

let whole: readonly string[] = [];

before(async () => {
  whole = await exported(0);
});

const first = ({ findings }: VerifyReport): string => `${findings[0]?.at}: ${findings[0]?.problem}`;

describe("an export", () => {
  test("has each event's exact bytes: the chain is the hash of the hash before and the text in the line", () => {
    let previous = "0".repeat(64);
    for (const line of whole) {
      const bytes = line.slice(line.indexOf(`"event":`) + 8, -1);
      previous = createHash("sha256").update(previous).update(bytes).digest("hex");
      assert.ok(line.startsWith(`{"sequence":`) && line.includes(`"hash":"${previous}"`));
      assert.deepEqual(JSON.stringify(JSON.parse(line)), line);
    }
    assert.equal(whole.length, 5);
  });

  test("is found whole, with its rows folded and counted", async () => {
    const { ok, events, rows, from, depth } = await check(whole);
    assert.deepEqual([ok, events, from, depth], [true, 5, 0, "rows"]);
    assert.ok(rows > 5);
  });

  test("of the end alone is checked from its first line on, without the fold", async () => {
    const { ok, events, from, depth } = await check(await exported(2));
    assert.deepEqual([ok, events, from, depth], [true, 5, 3, "chain"]);
  });

  test("with a changed, a missing or a doubled line names the first bad sequence", async () => {
    const edited = whole.with(3, (whole[3] ?? "").replace(`"tokens":3`, `"tokens":4`));
    const report = await check(edited);
    assert.match(first(report), /^event 4: its hash does not cover its bytes/);
    assert.deepEqual([report.badSequence, report.lastGood, report.ok], [4, 3, false]);
    const missing = await check(whole.toSpliced(2, 1));
    assert.deepEqual([first(missing), missing.badSequence, missing.lastGood], ["event 3: is missing", 3, 2]);
    assert.match(first(await check([...whole.slice(0, 2), ...whole.slice(1)])), /^event 2: follows event 2: it stands/);
  });

  test("that was written twice is good up to its first end, and a forged sequence is no good event", async () => {
    const twice = await check([...whole, ...whole]);
    assert.match(first(twice), /^event 1: follows event 5: it stands out of order/);
    assert.deepEqual([twice.badSequence, twice.lastGood], [6, 5]);
    const forged = await check(whole.with(3, (whole[3] ?? "").replace(`"sequence":4`, `"sequence":999999999999999`)));
    assert.deepEqual([forged.badSequence, forged.lastGood], [4, 3]);
    const early = await check([...whole.slice(0, 4), whole[1] ?? "", (whole[4] ?? "").slice(0, 99)]);
    assert.deepEqual([early.badSequence, early.lastGood], [5, 4]);
  });

  test("with any nonsense in a line ends in a report", async () => {
    for (const nonsense of [`"\\q"`, "{}", `{"toString":1}`, "[[1]]", "null"]) {
      const strange = whole.map((line) => line.replace(`"workspace":"w"`, `"workspace":${nonsense}`));
      const report = await check(strange);
      assert.deepEqual([report.ok, report.badSequence], [false, 1], nonsense);
    }
    const typed = whole.with(2, (whole[2] ?? "").replace(`"type":"task_moved"`, `"type":{"toString":1}`));
    assert.equal((await check(typed)).badSequence, 3);
  });

  test("that was cut short names its line and the last whole event", async () => {
    const cut = await check([...whole.slice(0, 3), (whole[3] ?? "").slice(0, 200)]);
    assert.equal(first(cut), "line 4: is cut short, or no line of an export; the last whole event before it is 3");
    assert.deepEqual([cut.badSequence, cut.lastGood], [4, 3]);
    assert.equal(first(await check([])), "export: has no event in it");
  });

  test("with a type that nobody knows is never misread", async () => {
    const sold = whole.map((line) => line.replace(`"type":"step_recorded"`, `"type":"step_sold"`));
    const report = await check(sold);
    assert.ok(report.findings.some(({ problem }) => problem.includes("unknown kind (type step_sold, version 3)")));
    assert.equal(report.badSequence, 4);
  });

  test("with lines of another workspace in it says so", async () => {
    const mixed = whole.with(3, (whole[3] ?? "").replace(`"workspace":"w"`, `"workspace":"v"`));
    const { findings } = await check(mixed);
    assert.ok(findings.some(({ at, problem }) => at === "event 4" && problem === "it was written for workspace v"));
  });
});
