// Bad input of every kind: counted, named, never fatal, never quoted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { seeded } from "../support/seeded.ts";
import { claudeLines } from "../support/transcripts/claude.ts";
import { codexSession, codexText } from "../support/transcripts/codex.ts";
import { readAll, readText, written } from "../support/transcripts/read-all.ts";

const USER = JSON.stringify({ type: "user", sessionId: "s", message: { content: "hi" } });

test("a half-written last line is named, and what stands before it is read", async () => {
  const { steps, problems, counts } = await readText(`${USER}\n${USER.slice(0, 40)}`, "claude");
  assert.equal(steps.length, 1);
  assert.match(problems[0]?.why ?? "", /; the file ends inside this line$/);
  assert.deepEqual(counts, { lines: 2, understood: 1, broken: 1, unknown: {} });
});

test("a last line that is whole needs no line end, and empty lines are no lines", async () => {
  const { counts } = await readText(`\n${USER}\n\n  \n${USER}`, "claude");
  assert.deepEqual(counts, { lines: 2, understood: 2, broken: 0, unknown: {} });
});

test("a line over the limit is named with its size, and the next one is read", async () => {
  const long = JSON.stringify({ type: "user", message: { content: "x".repeat(9_000) } });
  const { steps, problems } = await readText(`${long}\n${USER}\n`, "claude", "f.jsonl", { lineLimitBytes: 1_000 });
  assert.equal(steps.length, 1);
  assert.deepEqual(
    problems.map(({ line, why }) => `${line} ${why}`),
    [`1 the line is ${long.length} bytes, limit 1000`],
  );
});

test("binary bytes, broken JSON and values that are no objects are named by line, without their content", async () => {
  const text = Buffer.concat([
    Buffer.from(`${USER}\n{"secret": tok\n[1]\n"secret"\nnull\n`),
    Buffer.from([0, 1, 2, 10, 0xff, 0xfe, 0xc0, 10]),
    Buffer.from(`${"[".repeat(100_000)}\n${USER}\n`),
  ]);
  for (const format of ["claude", "codex", "runs", "steps"] as const) {
    const { problems, counts } = await readText(text, format);
    assert.equal(counts.lines, 9, format);
    const named = problems.map(({ line }) => line);
    assert.deepEqual(
      [2, 3, 4, 5, 6, 7, 8].filter((line) => !named.includes(line)),
      [],
      format,
    );
    assert.ok(problems.every(({ why }) => !why.includes("secret") && !why.includes("tok")));
  }
});

test("a file cut inside gzip gives what it holds, then says so", async () => {
  const { text } = written(claudeLines({ seed: 4, calls: 60 }));
  const packed = gzipSync(text);
  const whole = await readText(packed, "claude", "f.jsonl.gz");
  const cut = await readText(packed.subarray(0, packed.length - 2_000), "claude", "f.jsonl.gz");
  assert.ok(cut.counts.understood > 0 && cut.counts.understood < whole.counts.understood);
  assert.match(cut.problems.at(-1)?.why ?? "", /ends early/);
});

test("a file that cannot be opened, and an empty one, have no lines", async () => {
  const none = await readAll("/no/such/file.jsonl", "claude");
  assert.deepEqual(none.counts, { lines: 0, understood: 0, broken: 0, unknown: {} });
  assert.deepEqual(
    none.problems.map(({ line, why }) => `${line} ${why}`),
    ["0 no such file or folder (ENOENT)"],
  );
  assert.deepEqual((await readText("", "codex")).counts.lines, 0);
});

test("clocks that go back and times that are missing change no order", async () => {
  const row = (text: string, timestamp?: string): string =>
    `${JSON.stringify({ type: "user", sessionId: "s", timestamp, message: { content: text } })}\n`;
  const { steps } = await readText(
    row("a", "2026-09-02T00:00:00Z") + row("b", "2026-09-01T00:00:00Z") + row("c") + row("d", "2026-02-30T00:00:00Z"),
    "claude",
  );
  assert.deepEqual(
    steps.map(({ call, atMs }) => [call, atMs]),
    [
      ["a", Date.UTC(2026, 8, 2)],
      ["b", Date.UTC(2026, 8, 1)],
      ["c", null],
      ["d", null],
    ],
  );
});

test("whatever happens to a line, every line is accounted for and nothing throws", async () => {
  const texts = [
    ["claude", written(claudeLines({ seed: 5, calls: 8 })).text],
    ["codex", codexText(codexSession({ seed: 5, turns: 2 }))],
  ] as const;
  const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom("", "\n", "{", '"', "null", "5", "[]", "\0", ",")), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), damage, async ([format, text], cuts) => {
      let spoiled = text;
      for (const [at, put] of cuts) {
        const place = at % spoiled.length;
        spoiled = spoiled.slice(0, place) + put + spoiled.slice(place + 1 + (at % 7));
      }
      const { counts } = await readText(spoiled, format);
      assert.equal(counts.lines, spoiled.split("\n").filter((line) => line.trim() !== "").length);
    }),
    seeded({ numRuns: 60 }),
  );
});

test("whatever stands in a record's members, reading goes on", async () => {
  const member = fc.constantFrom(
    "type",
    "message",
    "content",
    "payload",
    "id",
    "name",
    "input",
    "usage",
    "call_id",
    "output",
    "info",
    "timestamp",
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        "assistant",
        "user",
        "tool_use",
        "tool_result",
        "text",
        "event_msg",
        "response_item",
        "token_count",
        "function_call",
      ),
      fc.jsonValue(),
      fc.dictionary(member, tie("tree")),
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
  }));
  const typed = fc.tuple(
    fc.constantFrom("assistant", "user", "response_item", "event_msg", "session_meta", "turn_context"),
    fc.dictionary(member, tree),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(typed, { maxLength: 8 }), async (records) => {
      const text = records.map(([type, record]) => `${JSON.stringify({ ...record, type })}\n`).join("");
      for (const format of ["claude", "codex", "runs", "steps"] as const) {
        const { counts } = await readText(text, format);
        assert.equal(counts.lines, records.length);
      }
    }),
    seeded({ numRuns: 100 }),
  );
});
