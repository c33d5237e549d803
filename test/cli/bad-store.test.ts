// What can be wrong with the store or the disk, as real processes: one line that names the file, exit 3 (or 2 where the
// set-up is wrong), and the file left as it was.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { before, test } from "node:test";
import { assertOneLine, BIN, sandbox } from "../support/cli.ts";

const home = await sandbox();
const good = join(home.home, "good.db");
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

before(async () => {
  await home.ok(["init", "--store", good, "-w", "w"]);
  for (let number = 1; number <= 20; number += 1)
    await home.ok(["task", "create", `task ${number}`, "--store", good, "-w", "w"]);
});

function path(name: string): string {
  return join(home.home, name);
}

/** Commands that read and that write all tell the same fault. */
async function tellsFault(store: string, says: RegExp, exit: number): Promise<void> {
  const before = existsSync(store) && !/folder/.test(store) ? readFileSync(store) : null;
  for (const args of [["task", "list"], ["task", "create", "x"], ["verify"]]) {
    const ended = await home.run([...args, "--store", store, "-w", "w"]);
    assertOneLine(ended);
    assert.match(ended.stderr, says);
    assert.ok(ended.stderr.includes(store), `${ended.stderr} does not name ${store}`);
    assert.equal(ended.status, exit, ended.stderr);
  }
  if (before !== null) assert.deepEqual(readFileSync(store), before, "the file was changed");
}

test("a file that is no database is left as it is", async () => {
  const store = path("notes.txt");
  writeFileSync(store, "my notes\n".repeat(1_000));
  await tellsFault(store, /fault store\.foreign: .* is not an SQLite file/, 3);
  assert.equal((await home.run(["init", "--store", store, "-w", "w"])).status, 3);
  assert.equal(readFileSync(store, "utf8"), "my notes\n".repeat(1_000));
});

test("another program's database is left as it is", async () => {
  const store = path("other.db");
  const database = new DatabaseSync(store);
  database.exec("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)");
  database.close();
  await tellsFault(store, /fault store\.foreign: /, 3);
});

test("a truncated store is told as damaged", async () => {
  const store = path("cut.db");
  copyFileSync(good, store);
  truncateSync(store, 5_000);
  await tellsFault(store, /fault store\.corrupt: .* damaged or cut short/, 3);
});

test("a store of a newer exec-kernel is left to that one", async () => {
  const store = path("newer.db");
  copyFileSync(good, store);
  const database = new DatabaseSync(store);
  database.exec("PRAGMA user_version = 99");
  database.close();
  await tellsFault(
    store,
    /fault store\.newer: .* has schema 99, this exec-kernel knows up to \d+: update exec-kernel/,
    3,
  );
});

test("a policy whose bytes were changed judges nothing, and verify finds it", async () => {
  const store = path("policy.db");
  copyFileSync(good, store);
  const database = new DatabaseSync(store);
  database.exec("UPDATE event SET bytes = replace(bytes, '\"handBackSteps\":3', '\"handBackSteps\":7')");
  database.close();
  const asked = await home.run(["task", "create", "x", "--store", store, "-w", "w"]);
  assertOneLine(asked);
  assert.match(
    asked.stderr,
    /fault log\.corrupt: event 1 holds another policy than was adopted: run `exec-kernel verify`/,
  );
  assert.equal(asked.status, 3);
  const verified = await home.run(["verify", "--store", store, "-w", "w"]);
  assert.match(verified.stdout, /^ +event 1: its hash does not cover its bytes/m);
  assert.equal(verified.status, 1);
});

test("a folder in place of the store is told as such", async () => {
  const store = path("folder.db");
  mkdirSync(store);
  await tellsFault(store, /fault store\.foreign: .* is a folder/, 3);
});

test("a store that is not there is a matter of set-up", async () => {
  await tellsFault(path("absent.db"), /is not there: run `exec-kernel init`, or name the store with --store/, 2);
  assert.ok(!existsSync(path("absent.db")), "it was made");
});

test("a store of other workspaces is told with this one's name", async () => {
  const ended = await home.run(["task", "list", "--store", good, "-w", "other"]);
  assertOneLine(ended);
  assert.match(ended.stderr, /workspace other is not in .*good\.db: run `exec-kernel init`/);
  assert.equal(ended.status, 2);
});

test("a changed event is found by verify, which exits 1 and lists it", async () => {
  const store = path("changed.db");
  copyFileSync(good, store);
  const database = new DatabaseSync(store);
  database.exec("UPDATE event SET bytes = replace(bytes, 'task 7', 'task 8')");
  database.close();
  const { status, stdout, stderr } = await home.run(["verify", "--store", store, "-w", "w"]);
  assert.equal(status, 1);
  assert.match(stdout, /^verify +21 events, .* finding/);
  assert.match(stdout, /^ +event 8: its hash does not cover its bytes/m);
  assert.match(stderr, /restore a backup/);
  const json = await home.run(["verify", "--json", "--store", store, "-w", "w"]);
  assert.equal(json.status, 1);
  const report: unknown = JSON.parse(json.stdout);
  assert.ok(typeof report === "object" && report !== null && "ok" in report && report.ok === false);
});

test("a read-only folder is told, and nothing is lost", { skip: process.platform === "win32" }, async () => {
  const folder = path("read-only");
  mkdirSync(folder);
  const store = join(folder, "store.db");
  copyFileSync(good, store);
  const keys = join(folder, "keys");
  cpSync(join(home.home, ".config/exec-kernel"), keys, { recursive: true });
  for (const [name, mode] of [
    [keys, 0o700],
    [store, 0o600],
    [folder, 0o500],
  ] as const) {
    if (isRoot) chownSync(name, NOBODY, NOBODY);
    chmodSync(name, mode);
  }
  if (isRoot) chownSync(join(keys, "human.key"), NOBODY, NOBODY);
  chmodSync(home.home, 0o755);
  const user = isRoot ? { uid: NOBODY } : {};
  try {
    const asked = await home.run(["task", "create", "x", "--store", store, "-w", "w"], {
      ...user,
      env: { EXEC_KERNEL_HOME: folder },
    });
    assertOneLine(asked);
    assert.match(asked.stderr, /fault store\.read_only: .*read-only\/store\.db cannot be written \(EACCES\)/);
    assert.equal(asked.status, 3);
    const made = await home.run(["init", "--store", join(folder, "new.db"), "-w", "w"], {
      ...user,
      env: { EXEC_KERNEL_HOME: folder },
    });
    assert.match(
      made.stderr,
      /^exec-kernel: fault store\.read_only: [^\n]*new\.db cannot be written \(EACCES\)[^\n]*\n$/,
    );
    assert.equal(made.status, 3);
  } finally {
    chmodSync(folder, 0o700);
  }
  assert.deepEqual(readFileSync(store), readFileSync(good));
});

test("a key folder that cannot be made is told with its path", { skip: process.platform === "win32" }, async () => {
  const file = path("a-file");
  writeFileSync(file, "");
  const ended = await home.run(["init", "-w", "w", "--store", path("fresh.db")], {
    env: { EXEC_KERNEL_HOME: join(file, "below") },
  });
  assert.match(ended.stderr, /^exec-kernel: .*a-file\/below\/keys cannot be used \(ENOTDIR, mkdir\): /m);
  assert.equal(ended.status, 3);
});

/** Whether this machine lets a test mount a small disk of its own. */
const canMount = spawnSync("sh", ["-c", 'unshare -rm mount -t tmpfs none "$0"', home.project]).status === 0;

test(
  "a full disk is told, nothing granted before is lost, and with room again it goes on",
  { skip: canMount ? false : "no small disk can be mounted here" },
  async () => {
    const disk = path("disk");
    mkdirSync(disk);
    const ek = `"${process.execPath}" "${BIN}" --store disk/store.db -w w`;
    const script = `
    mount -t tmpfs -o size=400k none disk && cp "${good}" disk/store.db || exit 99
    n=0; status=0
    while [ $n -lt 60 ]; do ${ek} task create "filler $n" --body-file body > said 2> fault || { status=$?; break; }; n=$((n + 1)); done
    echo "$n $status"; cat fault
    mount -o remount,size=4m none disk
    ${ek} verify && ${ek} -q task list | wc -l && ${ek} task create "room again"
  `;
    writeFileSync(path("body"), "long text ".repeat(1_000));
    const { stdout, stderr, status } = spawnSync("sh", ["-c", 'unshare -rm sh -c "$0"', script], {
      cwd: home.home,
      env: home.env(),
      encoding: "utf8",
    });
    const [counts = "", fault = "", verified = "", tasks = "", more = ""] = stdout.split("\n");
    assert.equal(status, 0, stdout + stderr);
    const [granted, exit] = counts.split(" ").map(Number);
    assert.ok(granted !== undefined && granted > 0, "nothing fitted");
    assert.equal(exit, 3, fault);
    assert.match(fault, /^exec-kernel: fault store\.(full|io): .*disk\/store\.db /);
    assert.match(verified, /chain intact, 0 rows differ/);
    assert.equal(Number(tasks), 20 + granted);
    assert.match(more, /^T-\d+ created/);
  },
);

test(
  "output that cannot be written is a fault in one line",
  { skip: existsSync("/dev/full") ? false : "no /dev/full here" },
  async () => {
    const full = openSync("/dev/full", "w");
    const ended = spawnSync(process.execPath, [BIN, "task", "list", "--store", good, "-w", "w"], {
      cwd: home.project,
      env: home.env(),
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    assert.match(ended.stderr, /^exec-kernel: stdout cannot be written \(ENOSPC\)[^\n]*\n$/);
    assert.equal(ended.status, 3);
  },
);

test("a reader that went away ends a list quietly", { skip: process.platform === "win32" }, () => {
  const script = `"${process.execPath}" "${BIN}" events --json --since 0 --store "${good}" -w w | head -n 1 | wc -l; "${process.execPath}" "${BIN}" task list --store "${good}" -w w >&-; echo $?`;
  const { stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: home.project, env: home.env(), encoding: "utf8" });
  assert.equal(stderr, "");
  assert.deepEqual(stdout.trim().split(/\s+/), ["1", "0"]);
});
