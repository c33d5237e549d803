// doctor: what it looks at, and what it says of each thing that can be wrong.

import assert from "node:assert/strict";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { clockCheck } from "../../src/cli/doctor/store.ts";
import { sandbox } from "../support/cli.ts";

const home = await sandbox();
const key = join(home.home, ".config/exec-kernel/human.key");

test("a healthy workspace has no problem, and the truth about keys is told plainly", async () => {
  const text = await home.ok(["doctor"]);
  for (const line of [
    /^ok +versions +exec-kernel \d+\.\d+\.\d+, node \d+\.\d+\.\d+, \w+$/m,
    /^ok +workspace +project-[0-9a-f]{8}$/m,
    /^ok +sqlite +3\.\d+\.\d+, schema 3, /m,
    /^ok +durability +journal wal, synchronous full$/m,
    /^ok +log +1 event, policy of d-1$/m,
    /^ok +clock +\S+Z, not behind the log$/m,
    /^ok +checkpoint +none yet, 1 event since$/m,
    /^ok +throttled +no refusal went unrecorded$/m,
    /^ok +human key +.*human\.key, mode 0600$/m,
    /^note +keys +agents that run as \S+ can read the human key: the log is tamper-evident, not tamper-proof/m,
    /^ok +configuration +no file: the defaults hold$/m,
  ]) {
    assert.match(text, line);
  }
});

test("as an agent that can read the human key it says so", async () => {
  assert.match(
    await home.ok(["doctor"], home.agent("a-1")),
    /^note +keys +this process is agent a-1 and can read the human key \(same user, \S+\): .*not tamper-proof$/m,
  );
});

test(
  "a key that others can read is a problem with its remedy, exit 1",
  { skip: process.platform === "win32" },
  async () => {
    chmodSync(key, 0o644);
    const { stdout, status } = await home.run(["doctor", "--json"]);
    chmodSync(key, 0o600);
    assert.equal(status, 1);
    const checks: unknown[] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.ok(
      checks.some((check) =>
        JSON.stringify(check).includes(`"level":"problem","found":"${key} is open to other users: chmod 600 it"`),
      ),
      stdout,
    );
  },
);

test("a configuration that is wrong, and a variable that nothing reads, are told", async () => {
  const file = join(home.project, ".exec-kernel.yml");
  writeFileSync(file, "lineage:\n  depth: deep\n");
  const { stdout, status } = await home.run(["doctor"], { env: { EXEC_KERNEL_WORKSPCE: "x" } });
  rmSync(file);
  assert.equal(status, 1);
  assert.match(stdout, /^problem +configuration +.*\.exec-kernel\.yml:2:10: /m);
  assert.match(stdout, /^note +configuration +EXEC_KERNEL_WORKSPCE: .*did you mean EXEC_KERNEL_WORKSPACE\?/m);
});

test("a configuration file that was edited and not adopted is told, with the way to see what differs", async () => {
  const edited = await sandbox();
  const file = join(edited.project, ".exec-kernel.yml");
  writeFileSync(file, "lineage:\n  depth: 3\nrules:\n  flapping: enforce\n");
  assert.match(
    await edited.ok(["doctor"]),
    /^note +policy +\S+\.exec-kernel\.yml is not what is in force: 2 keys differ\. see them with exec-kernel policy adopt \S+ --dry-run$/m,
  );
  await edited.ok(["policy", "adopt", file]);
  assert.match(await edited.ok(["doctor"]), /^ok +policy +in force is what the configuration file says$/m);
});

test("a folder without a workspace is told what to do", async () => {
  const { stdout, status, stderr } = await home.run(["doctor", "-w", "nowhere"]);
  assert.equal(status, 1);
  assert.equal(stderr, "");
  assert.match(stdout, /^problem +store +.*nowhere\.db is not there: run `exec-kernel init`/m);
});

test("a missing human key is told, but not to an agent", async () => {
  rmSync(key);
  const human = await home.run(["doctor"]);
  assert.equal(human.status, 1);
  assert.match(human.stdout, /^problem +human key +.*human\.key is not there: nobody is the human here/m);
  assert.match(await home.ok(["doctor"], home.agent("a-1")), /^ok +keys +agent a-1 cannot read the human key$/m);
});

test("refusals that were only counted are told", async () => {
  const busy = await sandbox();
  const { openSqliteStore } = await import("../../src/store/index.ts");
  const { placeOf, createKernel } = await import("../../src/kernel/index.ts");
  const { workspace, storePath } = placeOf({ cwd: busy.project, env: busy.env() });
  const store = await openSqliteStore({ path: storePath });
  let ids = 0;
  const actor = { kind: "agent", id: "a-1", proven: false } as const;
  const now = Date.now();
  const kernel = createKernel({
    store,
    workspace,
    actor,
    clock: () => now,
    newCommandId: () => `c-${(ids += 1)}`,
    digestKey: "",
    readPolicy: () => "none",
  });
  for (let number = 0; number < 63; number += 1) await kernel.submit({ type: "claim_task", body: { task: "T-404" } });
  await store.close();
  assert.match(
    await busy.ok(["doctor"]),
    /^note +throttled +3 refusals past 60 a minute of one actor: counted, not recorded/m,
  );
});

test("a log ahead of the wall clock means that time stands still, whichever of the two is wrong", () => {
  const now = 1_700_000_000_000;
  assert.equal(clockCheck({ at: now + 900 }, now, 7).level, "fine");
  const { level, found } = clockCheck({ at: now + 90_000 }, now, 7);
  assert.equal(level, "problem");
  assert.match(found, /^the log's last event .* is 1 min 30 s ahead of the wall clock .*time stands still/);
  assert.match(found, /if this clock is behind, set it; if it is right, the clock that wrote event 7 was ahead: /);
});

test("after a clock that was far ahead, what is shown agrees with what is decided, and doctor names the event", async () => {
  const odd = await sandbox();
  await odd.ok(["task", "create", "work"]);
  await odd.ok(["task", "claim", "T-1"], odd.agent("a-1"));
  const { openSqliteStore } = await import("../../src/store/index.ts");
  const { placeOf, createKernel } = await import("../../src/kernel/index.ts");
  const { workspace, storePath } = placeOf({ cwd: odd.project, env: odd.env() });
  const store = await openSqliteStore({ path: storePath });
  const ahead = createKernel({
    ...{ store, workspace, digestKey: "", readPolicy: () => "none" },
    actor: { kind: "agent", id: "a-2", proven: false },
    clock: () => Date.now() + 730 * 86_400_000,
  });
  const { decision } = await ahead.submit({ type: "register_agent", body: {} });
  assert.equal(decision.verdict, "granted");
  const { sequence } = await ahead.head();
  await store.close();
  assert.match(await odd.ok(["task", "show", "T-1"]), /its time is over/);
  const { stdout, status } = await odd.run(["doctor"]);
  assert.equal(status, 1);
  assert.match(stdout, new RegExp(`^problem +clock .* 729 days ahead .* wrote event ${sequence} was ahead`, "m"));
});
