// why --rows, what-if, replay and the history's file, as real processes; one of them over a log that somebody changed.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { before, test } from "node:test";
import { sandbox } from "../support/cli.ts";

const home = await sandbox();
const store = join(home.home, "w.db");
const own = ["--store", store, "-w", "w"];

before(async () => {
  await home.ok(["init", ...own]);
  await home.ok(["task", "create", "write the parser", ...own]);
  await home.run(["task", "create", "write the parser", ...own]);
});

test("why names the rule with its mode, and where the policy was adopted", async () => {
  const told = await home.ok(["why", "d-3", ...own]);
  assert.match(told, /^rule +duplicate \(enforce\)$/m);
  assert.match(told, /^policy +d-1, adopted by human:\S+ at \S+Z, hash [0-9a-f]{64}$/m);
});

test("why --rows --json has the whole rows", async () => {
  const value: unknown = JSON.parse(await home.ok(["why", "d-3", "--rows", "--json", ...own]));
  assert.ok(typeof value === "object" && value !== null && "rows" in value && "agreement" in value && "rule" in value);
  assert.deepEqual([value.agreement, value.rule], ["same", "duplicate"]);
  const keys = Array.isArray(value.rows) ? value.rows.map((row: unknown) => JSON.stringify(row).slice(0, 18)) : [];
  assert.ok(keys.includes(`{"key":"task/T-1",`), keys.join(" "));
});

test("replay says that all is decided as it was", async () => {
  assert.match(await home.ok(["replay", ...own]), /^replay {2}3 events, 3 commands decided again: .*, 0 differ, head /);
  assert.equal(await home.ok(["replay", "-q", ...own]), "0");
});

test("a decision that these rules do not give ends why --rows and replay with 1, in words", async () => {
  const database = new DatabaseSync(store);
  database.exec(`UPDATE event SET bytes = replace(bytes, '"state":"todo"},"next"', '"state":"done"},"next"')`);
  database.close();
  const why = await home.run(["why", "d-3", "--rows", ...own]);
  assert.equal(why.status, 1);
  assert.match(
    why.stdout,
    /^decided again: otherwise: it was refused lineage\.duplicate_open .*state=done; these rules say .*state=todo$/m,
  );
  const replay = await home.run(["replay", ...own]);
  assert.equal(replay.status, 1);
  assert.match(replay.stdout, /, 1 differ, .*\n {2}d-3: it was refused .*state=done/);
  assert.match(replay.stderr, /^the log does not say which version decided/);
  assert.equal((await home.run(["why", "d-3", ...own])).status, 0);
});

test("EXEC_KERNEL_HISTORY gets two lines a command and only its owner reads it; where it cannot be written nothing is decided", async () => {
  const history = join(home.home, "history.jsonl");
  const env = { EXEC_KERNEL_HISTORY: history };
  await home.ok(["task", "create", "another", ...own], { env });
  await home.ok(["task", "list", ...own], { env });
  assert.equal(readFileSync(history, "utf8").split("\n").length, 3);
  assert.equal(statSync(history).mode & 0o777, 0o600);
  const nowhere = { env: { EXEC_KERNEL_HISTORY: join(home.home, "none", "h.jsonl") } };
  const failed = await home.run(["task", "create", "a third", ...own], nowhere);
  assert.equal(failed.status, 3);
  assert.match(
    failed.stderr,
    /^exec-kernel: fault history\.not_written: \S+h\.jsonl, named by EXEC_KERNEL_HISTORY, cannot be written \(ENOENT\): .*\n$/,
  );
  assert.equal((await home.ok(["task", "list", "-q", ...own])).split("\n").length, 2);
});
