// The page that people read: a golden of it stands in docs/audit.md, so that what the document shows is what is printed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { headLines, jsonLine, pageLines } from "../../../src/audit/index.ts";
import type { PageOptions } from "../../../src/audit/index.ts";
import { columnLines } from "../../../src/audit/show/columns.ts";
import { shortNames } from "../../../src/audit/show/file-names.ts";
import { widthOf } from "../../../src/audit/show/plain.ts";
import { writeHistory, writeSnapshots } from "../../support/history-generator.ts";
import { audited, auditOf, change, file, folder } from "../audited.ts";

const PLAIN: PageOptions = { width: 80, paint: (_, text) => text };
const DOCUMENT = readFileSync(join(import.meta.dirname, "../../../docs/audit.md"), "utf8");

test("the page in docs/audit.md is what the audit prints", async () => {
  process.chdir(folder);
  await writeHistory("history.jsonl", { seed: 7, changes: 2_000 });
  const report = await auditOf(["history.jsonl"], { worstMax: 3 });
  const page = pageLines(report, PLAIN).join("\n");
  assert.ok(DOCUMENT.includes(`\n${page}\n`), `docs/audit.md shows another page than this one:\n${page}`);
});

test("no line is wider than the terminal, also where files are named", async () => {
  const [one, two] = [join(folder, "a-history-of-many-agents.jsonl"), join(folder, "snapshot.jsonl.gz")];
  await writeHistory(one, { seed: 3, changes: 1_500 });
  await writeSnapshots(two, { seed: 4, changes: 1_500 });
  const report = await auditOf([one, two, join(folder, "absent")]);
  for (const width of [80, 120])
    for (const line of pageLines(report, { ...PLAIN, width }))
      assert.ok(widthOf(line) <= width || !line.includes(" "), line);
});

test("colour goes round words and takes no room", async () => {
  const report = await audited([change("x-1", null, "closed", 1)]);
  const painted = pageLines(report, { width: 80, paint: (colour, text) => `<${colour}>${text}</>` });
  assert.deepEqual(
    painted.map((line) => line.replaceAll(/<\w+>|<\/>/g, "")),
    pageLines(report, PLAIN),
  );
  assert.ok(painted.some((line) => line.includes("<bold>lifecycle.first_sight_ended</>")));
});

test("a title cannot command the terminal, on the page or in JSON", async () => {
  const title = "\u001b]0;owned\u0007\u009b2J\u202egnp.exe\n\nFINDINGS";
  const report = await audited([change("x\u001b[31m", null, "closed", 1, { title })], { policyName: "\u001b[1m" });
  for (const output of [...pageLines(report, PLAIN), jsonLine(report)])
    assert.doesNotMatch(output, /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
  const parsed: unknown = JSON.parse(jsonLine(report));
  assert.ok(JSON.stringify(parsed).includes("gnp.exe"));
});

describe("the head of the page", () => {
  test("says so where nothing was found", async () => {
    const report = await audited([change("x-1", null, "open", 1)]);
    assert.deepEqual(headLines(report, PLAIN), [
      "1 task, 1 change, 1 Jan 2026, 95 B in 2.0 s. nothing written, nothing sent.",
      "no task broke a rule of the day-one policy.",
    ]);
  });

  test("says so where no line could be read", async () => {
    const path = file([change("x-1", null, "open", 1)]);
    const report = await auditOf([path]);
    assert.match(
      headLines({ ...report, tasks: 0, changes: 0, range: null }, PLAIN).join("\n"),
      /^0 tasks, no dates.*\nno task could be read\.$/,
    );
  });
});

test("bad lines and left out paths are named, at most a few", async () => {
  const path = file([change("x-1", null, "open", 1), ...Array.from({ length: 9 }, () => "{")]);
  const report = await auditOf([path, join(folder, "absent.jsonl")]);
  const page = pageLines(report, PLAIN).join("\n");
  assert.match(page, /^9 bad lines, left out$/m);
  assert.match(page.replaceAll(/\n +/g, " "), /:2 not JSON at column 2: .*:6 .*and 4 more lines \(--json names all\)/);
  assert.match(page, /^1 path not read$/m);
});

test("--json has everything, with times a machine can read", async () => {
  const report = await audited([change("x-1", null, "open", 1), change("x-1", "open", "closed", 2), "["]);
  const line = jsonLine(report);
  assert.doesNotMatch(line, /\n/);
  const value: unknown = JSON.parse(line);
  assert.ok(typeof value === "object" && value !== null && "rules" in value && Array.isArray(value.rules));
  assert.ok("findings" in value && value.findings === 1);
  assert.ok("times" in value);
  assert.deepEqual(value.times, { first: "2026-01-01T00:01:00.000Z", last: "2026-01-01T00:02:00.000Z" });
  assert.match(line, /"badLines":\{"count":1,"first":\[\{"file":"[^"]+","line":3,"why":"not JSON/);
});

test("files are called by what tells them apart", () => {
  const names = (paths: readonly string[]): readonly string[] => [...shortNames(paths).values()];
  assert.deepEqual(names(["/w/one/.beads/issues.jsonl", "/w/two/.beads/issues.jsonl.gz"]), ["one", "two"]);
  assert.deepEqual(names(["data/a.jsonl", "data/more/b.jsonl"]), ["a.jsonl", "more/b.jsonl"]);
  assert.deepEqual(names([".beads/issues.jsonl", "old/.beads/issues.jsonl"]), [".beads/issues.jsonl", "old"]);
  assert.deepEqual(names(["a.jsonl"]), ["a.jsonl"]);
});

test("columns align, and the one that takes the rest gives way", () => {
  const columns = [
    { cells: ["1", "22"], align: "right" as const },
    { cells: ["", ""] },
    { cells: ["a long title indeed, longer than fits", "short"], takesRest: true as const },
    { cells: ["end", "e"] },
  ];
  assert.deepEqual(columnLines(columns, 30, "  "), ["   1  a long title indee…  end", "  22  short                e"]);
});
