import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { REPORT_MARK } from "../../../src/audit/html/report-page.ts";
import { reportPathProblem, writeReport } from "../../../src/audit/html/write-report.ts";

const folder = mkdtempSync(join(tmpdir(), "exec-kernel-html-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const PAGE = `<!doctype html><head>${REPORT_MARK}</head>`;

test("a report is written over by the next one, and nothing is left beside it", async () => {
  const path = join(folder, "report.html");
  assert.equal(await reportPathProblem(path), null);
  await writeReport(path, PAGE);
  assert.equal(await reportPathProblem(path), null);
  await writeReport(path, `${PAGE}2`);
  assert.equal(readFileSync(path, "utf8"), `${PAGE}2`);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), ["report.html"]);
});

test("a file that is something else, a folder, a link and a folder that is not there are left alone", async () => {
  writeFileSync(join(folder, "notes.html"), "<!doctype html>my notes");
  writeFileSync(join(folder, "empty.html"), "");
  mkdirSync(join(folder, "folder.html"));
  symlinkSync(join(folder, "report.html"), join(folder, "link.html"));
  for (const [name, says] of [
    ["notes.html", /no report of this command/],
    ["empty.html", /no report of this command/],
    ["folder.html", /no regular file/],
    ["link.html", /no regular file/],
    ["absent/report.html", /folder is not there/],
    ["notes.html/report.html", /folder is no folder/],
  ] as const)
    assert.match((await reportPathProblem(join(folder, name))) ?? "", says, name);
});

test("a page that cannot be put in its place leaves nothing behind", async () => {
  await assert.rejects(writeReport(join(folder, "folder.html"), PAGE));
  assert.ok(readdirSync(folder).every((name) => !name.startsWith(".")));
});

test("a foreign file that came in the meantime is left as it is, and the page is refused", async () => {
  const path = join(folder, "late.html");
  assert.equal(await reportPathProblem(path), null);
  writeFileSync(path, "foreign");
  await assert.rejects(writeReport(path, PAGE), { code: "EEXIST", path });
  assert.equal(readFileSync(path, "utf8"), "foreign");
  assert.ok(readdirSync(folder).every((name) => !name.startsWith(".")));
});

test("a file that has the name of the temporary one is not this command's, and stays", async () => {
  const beside = join(folder, `.exec-kernel-${process.pid}.tmp`);
  writeFileSync(beside, "foreign");
  await assert.rejects(writeReport(join(folder, "other.html"), PAGE), { code: "EEXIST" });
  assert.equal(readFileSync(beside, "utf8"), "foreign");
  rmSync(beside);
});

test("a name as long as a name can be is written; a longer one and a folder's are refused before", async () => {
  const path = join(folder, "x".repeat(255));
  assert.equal(await reportPathProblem(path), null);
  await writeReport(path, PAGE);
  await writeReport(path, `${PAGE}2`);
  assert.equal(readFileSync(path, "utf8"), `${PAGE}2`);
  assert.match((await reportPathProblem(`${path}x`)) ?? "", /name is too long/);
  assert.match((await reportPathProblem(`${join(folder, "x")}/`)) ?? "", /names a folder/);
});
