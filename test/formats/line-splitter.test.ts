// Lines from bytes: however the bytes are cut into pieces, the same lines come out with the right numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lineSplitter, type LineItem } from "../../src/formats/line-splitter.ts";
import { seeded } from "../support/seeded.ts";

function split(bytes: Buffer, cuts: readonly number[] = [], limitBytes?: number): LineItem[] {
  const splitter = lineSplitter("f", limitBytes);
  const out: LineItem[] = [];
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const bounds = [0, ...places, bytes.length];
  for (const [index, from] of bounds.entries()) {
    // A copy that is wiped afterwards, as a reader's buffer is used again.
    const piece = Buffer.from(bytes.subarray(from, bounds[index + 1] ?? from));
    out.push(...splitter.push(piece));
    piece.fill(0x7a);
  }
  return [...out, ...splitter.end()];
}

function texts(items: readonly LineItem[]): string[] {
  return items.map((item) =>
    item.form === "line" ? `${item.line}:${item.text}` : `${item.problem.line}!${item.problem.why}`,
  );
}

/** Bytes in which line ends, BOMs, NULs and broken UTF-8 are frequent. */
const awkwardBytes = fc
  .array(
    fc.oneof(
      fc.constantFrom("\n", "\r\n", "\r", "\uFEFF", "\0", " ", "é", "\u{1F600}").map((text) => Buffer.from(text)),
      fc.constantFrom([0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f]).map((list) => Buffer.from(list)),
      fc.string({ maxLength: 6 }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.concat(parts));

test("where the pieces are cut changes nothing", () => {
  fc.assert(
    fc.property(
      awkwardBytes,
      fc.array(fc.nat(), { maxLength: 12 }),
      fc.constantFrom(undefined, 4, 16),
      (bytes, cuts, limit) => {
        assert.deepEqual(split(bytes, cuts, limit), split(bytes, [], limit));
      },
    ),
    seeded({ numRuns: 1_000 }),
  );
});

test("every line that is not empty gives exactly one item under its own number", () => {
  fc.assert(
    fc.property(awkwardBytes, (bytes) => {
      const naive = bytes.toString("latin1").split("\n");
      const filled = naive.flatMap((line, index) => {
        const text = Buffer.from(line.replace(/\r$/, ""), "latin1").toString("utf8");
        return text.trim() === "" ? [] : [index + 1];
      });
      const numbers = split(bytes).map((item) => (item.form === "line" ? item.line : item.problem.line));
      assert.deepEqual(numbers, filled);
    }),
    seeded({ numRuns: 1_000 }),
  );
});

test("CRLF, a BOM and empty lines leave no trace but in the numbers", () => {
  const items = split(Buffer.from("\uFEFF{}\r\n\r\n  \n\n[]\r\nlast"));
  assert.deepEqual(texts(items), ["1:{}", "5:[]", "6:last"]);
  assert.deepEqual(
    items.map((item) => item.form === "line" && item.ended),
    [true, true, false],
  );
});

test("a line over the limit is named with its size and the next one is read", () => {
  const bytes = Buffer.from(`${"x".repeat(40)}\n${"y".repeat(10)}\n${"z".repeat(11)}`);
  assert.deepEqual(texts(split(bytes, [3, 17, 39], 10)), [
    "1!the line is 40 bytes, limit 10",
    `2:${"y".repeat(10)}`,
    "3!the line is 11 bytes, limit 10",
  ]);
});

test("of a line over the limit nothing is kept", () => {
  const splitter = lineSplitter("f", 1024);
  const piece = Buffer.alloc(65_536, "x");
  const beforeBytes = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 1_024; count += 1) splitter.push(piece);
  assert.ok(process.memoryUsage().arrayBuffers - beforeBytes < 8 * 1024 * 1024);
  assert.deepEqual(texts(splitter.end()), ["1!the line is 67108864 bytes, limit 1024"]);
});

test("what is no text is named, once a line", () => {
  assert.deepEqual(texts(split(Buffer.from("ok\na\0b\0\n\uFFFD is a letter too"))), [
    "1:ok",
    "2!NUL at column 2; this is not text",
    "3:\uFFFD is a letter too",
  ]);
  assert.deepEqual(texts(split(Buffer.from([0x61, 0x62, 0xff, 0x0a]))), ["1!not UTF-8 at or after column 3"]);
  assert.deepEqual(texts(split(Buffer.from("\uFEFF{}", "utf16le"))), ["1!this is UTF-16; save the file as UTF-8"]);
});

test("a fault discards the half line that it cut and takes its number", () => {
  const splitter = lineSplitter("f");
  assert.deepEqual(texts(splitter.push(Buffer.from("one\ntw"))), ["1:one"]);
  assert.deepEqual(texts(splitter.end("it stops")), ["2!it stops"]);
  assert.deepEqual(texts(lineSplitter("f").end("no such file")), ["0!no such file"]);
});
