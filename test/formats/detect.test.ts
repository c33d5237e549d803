// Finding inputs: what is named, what is below it, and what is said of the rest.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { findInputs, SEARCH_LIMITS, type SearchLimits } from "../../src/formats/detect.ts";

const ISSUE = '{"id":"b-1","title":"a","status":"open"}\n';
const CHANGE = '{"id":"b-1","from":null,"to":"open","at":"2025-01-01T00:00:00Z"}\n';

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), "formats-detect-"));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

async function found(
  root: string,
  paths: readonly string[],
  limits: SearchLimits = SEARCH_LIMITS,
): Promise<{ inputs: string[]; skipped: string[] }> {
  const { inputs, skipped } = await findInputs(
    paths.map((path) => join(root, path)),
    limits,
  );
  return {
    inputs: inputs.map(({ path, format }) => `${relative(root, path)} ${format}`),
    skipped: skipped.map(({ path, why }) => `${relative(root, path)} ${why}`),
  };
}

test("a named file is read whatever it is called, in the format that its records show", async () => {
  const root = tree({ "notes.txt": CHANGE, "b.dat": gzipSync(`\n\n{"bad"\n${ISSUE}`) });
  assert.deepEqual(await found(root, ["b.dat", "notes.txt"]), {
    inputs: ["b.dat beads", "notes.txt history"],
    skipped: [],
  });
  assert.equal((await findInputs([join(root, "notes.txt")])).inputs[0]?.sizeBytes, CHANGE.length);
});

test("a repository with beads is its snapshot and nothing else", async () => {
  const root = tree({
    "repo/.beads/issues.jsonl": ISSUE,
    "repo/.beads/interactions.jsonl": CHANGE,
    "repo/test/other.jsonl": ISSUE,
  });
  const snapshot = ["repo/.beads/issues.jsonl beads"];
  for (const path of ["repo", "repo/.beads", "."])
    assert.deepEqual(await found(root, [path]), { inputs: snapshot, skipped: [] }, path);
});

test("a packed or older snapshot of a repository is found too", async () => {
  const root = tree({ "a/.beads/issues.jsonl.gz": gzipSync(ISSUE), "b/.beads/beads.jsonl": ISSUE });
  assert.deepEqual(await found(root, ["."]), {
    inputs: ["a/.beads/issues.jsonl.gz beads", "b/.beads/beads.jsonl beads"],
    skipped: [],
  });
});

test("a folder gives its line files sorted by name and passes over the rest", async () => {
  const root = tree({
    "z.jsonl": CHANGE,
    "a/deep/h.jsonl.gz": gzipSync(CHANGE),
    "B.ndjson": ISSUE,
    "readme.md": CHANGE,
    "c.json": CHANGE,
    "node_modules/x/y.jsonl": CHANGE,
    ".git/y.jsonl": CHANGE,
  });
  assert.deepEqual(await found(root, ["."]), {
    inputs: ["B.ndjson beads", "a/deep/h.jsonl.gz history", "z.jsonl history"],
    skipped: [],
  });
});

test("what cannot be read is named with the reason", async () => {
  const root = tree({
    "empty.jsonl": "",
    "blank.jsonl": "\n \n",
    "text.jsonl": "hello\n",
    "other.jsonl": '{"type":"user"}\n',
    "bin.jsonl": new Uint8Array(99),
  });
  execFileSync("mkfifo", [join(root, "pipe.jsonl")]);
  symlinkSync("nowhere", join(root, "dangling.jsonl"));
  assert.deepEqual((await found(root, ["."])).skipped, [
    "bin.jsonl holds no JSON lines (first: NUL at column 1; this is not text)",
    "blank.jsonl is empty",
    "dangling.jsonl no such file or folder (ENOENT)",
    "empty.jsonl is empty",
    "other.jsonl none of the first records is a status change (id, to, at), a beads issue (id, status, title), a record of Claude Code or Codex, a run (task, steps) or a step (history, tool)",
    "pipe.jsonl is not a regular file; write its content to a file first",
    "text.jsonl holds no JSON lines (first: not JSON at column 1: a value was expected)",
  ]);
  assert.deepEqual((await found(root, ["none", "a\0b"])).skipped, [
    "none no such file or folder (ENOENT)",
    "a\0b the path holds a NUL (ERR_INVALID_ARG_VALUE)",
  ]);
});

const PROMPT = '{"type":"user","sessionId":"s","uuid":"u","message":{"role":"user","content":"hi"}}\n';
const META = '{"timestamp":"2026-10-02T09:00:00Z","type":"session_meta","payload":{"id":"x"}}\n';

test("transcripts of agents are found where the agents keep them", async () => {
  const root = tree({
    "projects/-home-me/1234.jsonl": PROMPT,
    "projects/-home-me/agent-a1.jsonl": PROMPT,
    "projects/-home-me/1234/subagents/agent-a2.jsonl": PROMPT,
    "projects/-home-me/1234/tool-results/x.txt": "x",
    "projects/-home-me/memory/notes.md": "x",
    "sessions/2026/10/02/rollout-2026-10-02-x.jsonl.gz": gzipSync(META),
  });
  mkdirSync(join(root, "empty"));
  assert.deepEqual(await found(root, ["projects", "sessions", "empty"]), {
    inputs: [
      "projects/-home-me/1234/subagents/agent-a2.jsonl claude",
      "projects/-home-me/1234.jsonl claude",
      "projects/-home-me/agent-a1.jsonl claude",
      "sessions/2026/10/02/rollout-2026-10-02-x.jsonl.gz codex",
    ],
    skipped: ["empty holds no .beads/issues.jsonl and no *.jsonl or *.ndjson file (also as .gz)"],
  });
});

test("a folder with nothing to read says what would have been read", async () => {
  const root = tree({ "sub/readme.md": "x", "repo/.beads/beads.db": "x" });
  const nothing = "sub holds no .beads/issues.jsonl and no *.jsonl or *.ndjson file (also as .gz)";
  assert.deepEqual(await found(root, ["sub"]), { inputs: [], skipped: [nothing] });
  const hint = "repo/.beads has no issues.jsonl; write one with `bd export -o .beads/issues.jsonl`";
  assert.deepEqual(await found(root, ["repo"]), { inputs: [], skipped: [hint] });
});

test("links that form a loop end, and each file is read once", async () => {
  const root = tree({ "a/h.jsonl": CHANGE });
  symlinkSync("..", join(root, "a", "up"));
  symlinkSync("a", join(root, "again"));
  symlinkSync("self", join(root, "self"));
  symlinkSync(join(root, "a", "h.jsonl"), join(root, "zz.jsonl"));
  assert.deepEqual((await found(root, [".", "a", "a/h.jsonl"])).inputs, ["a/h.jsonl history"]);
  assert.match((await found(root, ["self"])).skipped[0] ?? "", /^self symbolic links form a loop/);
});

test("a search is bounded in depth and files, and says so", async () => {
  const root = tree({ "1/2/3/deep.jsonl": CHANGE, "a.jsonl": CHANGE, "b.jsonl": CHANGE, "c.jsonl": CHANGE });
  const deep = await found(root, ["."], { depthMax: 2, filesMax: 9 });
  assert.deepEqual(deep, {
    inputs: ["a.jsonl history", "b.jsonl history", "c.jsonl history"],
    skipped: ["1/2/3 is deeper than 2 folders"],
  });
  const few = await found(root, ["."], { depthMax: 9, filesMax: 2 });
  assert.deepEqual(few, {
    inputs: ["1/2/3/deep.jsonl history", "a.jsonl history"],
    skipped: ["a.jsonl is file 2, the limit; later ones are not looked at"],
  });
});
