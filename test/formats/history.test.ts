// Status-change histories: what a good line becomes, and what is said of a bad one.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { readHistory, toChange, type Change } from "../../src/formats/history.ts";
import { seeded } from "../support/seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "formats-history-"));
after(() => rmSync(folder, { recursive: true }));

const GOOD = { id: "t-1", from: "open", to: "closed", at: "2025-01-01T00:00:00Z" };

async function read(content: string | Uint8Array): Promise<(Change | string)[]> {
  const path = join(folder, "h.jsonl");
  writeFileSync(path, content);
  const out: (Change | string)[] = [];
  for await (const item of readHistory(path)) {
    if (item.form === "problem") {
      assert.equal(item.problem.file, path);
      out.push(`${item.problem.line}: ${item.problem.why}`);
    } else out.push(item);
  }
  return out;
}

test("a full line becomes a change with all its members", async () => {
  const line = {
    ...GOOD,
    at: "2025-10-12T00:43:03.453438-07:00",
    type: "bug",
    title: "Mend it",
    createdBy: "ada",
    assignee: "bo",
    parents: ["t-0"],
    discoveredFrom: ["t-9", "t-8"],
    createdAt: "2025-01-01T00:00:00.5Z",
    closedAt: "2025-01-02T00:00:00Z",
    more: 1,
  };
  const expected: Change = {
    form: "change",
    line: 1,
    id: "t-1",
    from: "open",
    to: "closed",
    atMs: Date.UTC(2025, 9, 12, 7, 43, 3, 453),
    title: "Mend it",
    kind: "bug",
    author: "ada",
    assignee: "bo",
    parents: ["t-0"],
    discoveredFrom: ["t-9", "t-8"],
    createdAtMs: Date.UTC(2025, 0, 1) + 500,
    closedAtMs: Date.UTC(2025, 0, 2),
  };
  assert.deepEqual(await read(JSON.stringify(line)), [expected]);
});

test("members that are absent, null, empty or Go's zero time are null", async () => {
  const nothing = {
    type: null,
    title: null,
    createdBy: "",
    assignee: null,
    parents: null,
    createdAt: "0001-01-01T00:00:00Z",
    closedAt: "",
  };
  const [bare, spelled] = await read(
    `${JSON.stringify({ ...GOOD, from: undefined })}\n${JSON.stringify({ ...GOOD, from: null, ...nothing })}`,
  );
  assert.ok(typeof bare === "object" && typeof spelled === "object");
  assert.deepEqual({ ...bare, line: 2 }, spelled);
  assert.deepEqual(
    [
      bare.from,
      bare.title,
      bare.kind,
      bare.author,
      bare.assignee,
      bare.parents,
      bare.discoveredFrom,
      bare.createdAtMs,
      bare.closedAtMs,
    ],
    [null, "", null, null, null, [], [], null, null],
  );
});

test("each bad line is named by its number and member and the rest is read", async () => {
  const lines = [
    JSON.stringify(GOOD),
    '{"id":"t-1","from":"open"',
    "",
    "[1]",
    "null",
    JSON.stringify({ ...GOOD, id: "" }),
    JSON.stringify({ ...GOOD, id: 7, at: undefined }),
    JSON.stringify({ ...GOOD, at: "yesterday" }),
    JSON.stringify({ ...GOOD, at: 1_735_689_600 }),
    JSON.stringify({ ...GOOD, from: 0, parents: "t-0" }),
    JSON.stringify({ ...GOOD, parents: ["a", null], title: 5 }),
    JSON.stringify({ ...GOOD, createdAt: "2025-02-30T00:00:00Z" }),
    JSON.stringify({ ...GOOD, id: "a\0b" }),
    '{"id":"a\\ud83d","to":"open","at":"2025-01-01T00:00:00Z"}',
    JSON.stringify({ ...GOOD, id: "x".repeat(10_000) }),
    JSON.stringify({ ...GOOD, id: "é".repeat(100), assignee: "é".repeat(101) }),
    JSON.stringify({ ...GOOD, title: "\u{1F600}" }),
    '{"id":"cut',
  ];
  const got = (await read(lines.join("\n"))).map((item) => (typeof item === "string" ? item : `${item.line} ok`));
  assert.deepEqual(got, [
    "1 ok",
    "2: not JSON at column 26: the line ends where , or } was expected",
    "4: not a JSON object",
    "5: not a JSON object",
    "6: id is missing",
    "7: id is not text; at is missing",
    "8: at is not a date and time with an offset",
    "9: at is not a date and time with an offset",
    "10: from is not text; parents is not a list",
    "11: title is not text; parents[1] is missing",
    "12: createdAt is not a date and time with an offset",
    "13: id holds a NUL",
    "14: id holds half of a surrogate pair",
    "15: id is 10000 bytes, limit 200",
    "16: assignee is 202 bytes, limit 200",
    "17 ok",
    "18: not JSON at column 11: the line ends inside a string; the file ends inside this line",
  ]);
});

test("a title is cut at 500 characters", async () => {
  const [change] = await read(JSON.stringify({ ...GOOD, title: "x".repeat(9_000) }));
  assert.equal(typeof change === "object" && change.title, "x".repeat(500));
  const [pair] = await read(JSON.stringify({ ...GOOD, title: `${"x".repeat(499)}\u{1F600}` }));
  assert.equal(typeof pair === "object" && pair.title, "x".repeat(499));
});

test("a long line that nests deep is refused before it costs memory", async () => {
  const deep = `{"id":"t-1","more":${"[".repeat(70_000)}${"]".repeat(70_000)}}`;
  const wide = JSON.stringify({ ...GOOD, more: Array.from({ length: 40_000 }, () => [1]) });
  assert.deepEqual(
    (await read(`${deep}\n${wide}`)).map((item) => (typeof item === "string" ? item : item.id)),
    ["1: nested more than 512 deep", "t-1"],
  );
});

test("a line may name members as a prototype does without becoming one", async () => {
  const [item] = await read('{"__proto__":{"id":"evil","to":"open","at":"2025-01-01T00:00:00Z"},"constructor":1}');
  assert.equal(item, "1: id is missing; to is missing; at is missing");
});

test("any object gives a change or words, and never throws", () => {
  const member = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.jsonValue(),
    fc.constantFrom("2025-01-01T00:00:00Z", "open", "t-1"),
  );
  const names = [
    "id",
    "from",
    "to",
    "at",
    "title",
    "type",
    "assignee",
    "createdBy",
    "createdAt",
    "closedAt",
    "parents",
    "discoveredFrom",
  ] as const;
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), member), (object) => {
      const result = toChange(object, 1);
      assert.ok(typeof result === "object" || result !== "");
      if (typeof result === "string") return;
      assert.ok(Number.isSafeInteger(result.atMs) && result.id.isWellFormed() && result.title.isWellFormed());
    }),
    seeded({ numRuns: 400 }),
  );
});

test("any bytes, packed or not, give rows and problems in order of line and never throw", async () => {
  const lineOf = fc.oneof(
    fc.constant(Buffer.from(JSON.stringify(GOOD))),
    fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
  );
  const file = fc
    .array(lineOf, { maxLength: 20 })
    .map((lines) => Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")])));
  await fc.assert(
    fc.asyncProperty(file, fc.constantFrom("plain", "packed", "cut"), async (bytes, how) => {
      const packed = how === "plain" ? bytes : gzipSync(bytes);
      const items = await read(how === "cut" ? packed.subarray(0, -5) : packed);
      const numbers = items.map((item) => (typeof item === "string" ? Number(item.split(":")[0]) : item.line));
      assert.deepEqual(
        numbers,
        [...numbers].sort((a, b) => a - b),
      );
    }),
    seeded({ numRuns: 300 }),
  );
});
