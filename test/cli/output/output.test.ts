// What is printed: numbers, tables cut to a terminal, colour, endings, the progress bar.

import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { UsageError } from "../../../src/cli/args/usage.ts";
import { endingOf } from "../../../src/cli/output/faults.ts";
import { paintFor, plain } from "../../../src/cli/output/paint.ts";
import { progressOn } from "../../../src/cli/output/progress.ts";
import { tableLines } from "../../../src/cli/output/table.ts";
import { ago, amountOf, grouped, money, plural, sizeText } from "../../../src/cli/output/text.ts";
import { KernelFault } from "../../../src/kernel/index.ts";
import { StoreFault } from "../../../src/store/index.ts";

test("numbers, amounts, sizes and ages read as people say them", () => {
  assert.deepEqual([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
  assert.deepEqual([0, 10_000, 300_001, 39_600_000].map(money), ["$0.00", "$0.01", "$0.300001", "$39.60"]);
  assert.equal(amountOf("durationMs", 7_500_000), "2 h 5 min");
  assert.equal(amountOf("tokens", 12_345), "12,345");
  assert.deepEqual(
    [1, 2].map((count) => plural(count, "task")),
    ["1 task", "2 tasks"],
  );
  assert.deepEqual([512, 2_048, 1_048_576 * 20].map(sizeText), ["512 bytes", "2.0 KB", "20 MB"]);
  assert.deepEqual(
    [0, 90_000, 3 * 86_400_000].map((passed) => ago(1_000, 1_000 + passed)),
    ["now", "1 min 30 s ago", "3 days ago"],
  );
});

test("a table is cut to the terminal's width in its last column, and nowhere else", async () => {
  const columns = {
    head: ["ID", "TITLE"],
    rows: [
      ["T-1", "a long title ".repeat(8)],
      ["T-2", "日本語".repeat(20)],
    ],
  };
  for (const line of await tableLines(columns, 40, plain)) assert.ok(line.length <= 40, line);
  const whole = await tableLines(columns, null, plain);
  assert.ok(whole.some((line) => line.includes("a long title ".repeat(8).trimEnd())));
});

test("colour needs a terminal, and NO_COLOR, --no-color or a dumb terminal take it away", () => {
  const sink = (terminal: boolean) => ({ terminal, line: () => undefined, closed: () => false });
  assert.equal(paintFor(sink(true), {}, false)("red", "x"), "\u001b[31mx\u001b[39m");
  assert.equal(
    paintFor(sink(true), { NO_COLOR: "" }, false)("red", "x"),
    "\u001b[31mx\u001b[39m",
    "an empty NO_COLOR is none",
  );
  for (const off of [
    paintFor(sink(false), {}, false),
    paintFor(sink(true), { NO_COLOR: "1" }, false),
    paintFor(sink(true), {}, true),
    paintFor(sink(true), { TERM: "dumb" }, false),
  ]) {
    assert.equal(off("red", "x"), "x");
  }
});

test("whatever is thrown ends in one line and the right exit code", () => {
  const system = Object.assign(new Error("EACCES: permission denied, open '/x'"), {
    code: "EACCES",
    syscall: "open",
    path: "/x",
  });
  const cases: readonly (readonly [unknown, number, RegExp])[] = [
    [new UsageError("no\nway", "task list"), 2, /^exec-kernel task list: no$/],
    [new StoreFault("store.corrupt", "/x", "/x is damaged"), 3, /^exec-kernel: fault store\.corrupt: \/x is damaged$/],
    [new StoreFault("store.absent", "/x", "/x is not there"), 2, /^exec-kernel: \/x is not there$/],
    [new KernelFault("workspace.exists", "it exists"), 1, /^exec-kernel: it exists$/],
    [new KernelFault("log.corrupt", "bad"), 3, /^exec-kernel: fault log\.corrupt: bad$/],
    [system, 3, /^exec-kernel: \/x cannot be used \(EACCES, open\): /],
    [
      new TypeError("x is not a function\n    at y"),
      3,
      /a defect of exec-kernel, not of yours: x is not a function \(EXEC_KERNEL_DEBUG=1/,
    ],
    ["a string", 3, /^exec-kernel: a string$/],
  ];
  for (const [error, exit, line] of cases) {
    const ending = endingOf(error);
    assert.equal(ending.exit, exit);
    assert.match(ending.line, line);
    assert.ok(!ending.line.includes("\n"));
  }
});

/** What a bar writes on a stream that says it is a terminal. */
function terminal(): { readonly stream: NodeJS.WritableStream; readonly written: () => string } {
  let text = "";
  const stream = new Writable({ write: (chunk, _, done) => ((text += String(chunk)), done()) });
  Object.assign(stream, {
    isTTY: true,
    columns: 80,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  });
  return { stream, written: () => text };
}

test("a progress bar shows only on a terminal, and only after a second", async () => {
  const clock = { now: 0 };
  const { stream, written } = terminal();
  const bar = await progressOn(true, "events", stream, () => clock.now);
  bar.update(10, 100);
  assert.equal(written(), "");
  clock.now = 1_500;
  bar.update(20, 100);
  assert.match(written(), /20%.*20 of 100 events/);
  bar.stop();
  const silent = terminal();
  const none = await progressOn(false, "events", silent.stream, () => clock.now);
  clock.now = 9_000;
  none.update(1, 2);
  none.stop();
  assert.equal(silent.written(), "");
});
