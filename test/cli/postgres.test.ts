// The whole command line over a store on a PostgreSQL server: named by --store or the environment, made by `init`, with
// the password told nowhere.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertOneLine, sandbox } from "../support/cli.ts";
import { PASSWORD, startServer } from "../support/postgres.ts";

const [home, server] = await Promise.all([sandbox({ init: false }), startServer([])]);
after(() => server.close());

const store = ["--store", server.url];
const shown = server.url.replace(`:${PASSWORD}`, "");
const byEnv = { env: { EXEC_KERNEL_STORE: shown, PGPASSWORD: PASSWORD } };

test("a store that nobody made is absent, exit 2, and one without a standby is refused, exit 3", async () => {
  const absent = await home.run(["task", "list", ...store]);
  assert.equal(absent.status, 2);
  assertOneLine(absent);
  assert.match(absent.stderr, /has no store in schema exec_kernel: run `exec-kernel init` with the same --store/);
  const risky = await home.run(["init", "--quiet", ...store]);
  assert.equal(risky.status, 3);
  assertOneLine(risky);
  assert.match(
    risky.stderr,
    /fault store\.not_durable: .*set synchronous_standby_names .* or accept it with --single-node$/m,
  );
  for (const { stderr } of [absent, risky]) assert.ok(stderr.includes(shown) && !stderr.includes(PASSWORD), stderr);
});

test("init makes the schema once, and the commands work on it", async () => {
  assert.match(await home.ok(["init", "--dry-run", "--single-node", ...store]), /dry run, nothing written$/);
  const risky = await home.run(["init", "--dry-run", "--quiet", ...store]);
  assert.deepEqual(
    [risky.status, /store\.not_durable: .* accept it with --single-node$/m.test(risky.stderr)],
    [3, true],
  );
  const made = await home.ok(["init", "--single-node", ...store]);
  assert.ok(made.includes(`store      ${shown}\n`), made);
  assert.ok(!made.includes(PASSWORD));
  const again = await home.run(["init", ...store]);
  assert.equal(again.status, 1);
  assertOneLine(again);
  assert.match(again.stderr, /exists in postgres:\/\/kernel@/);
  const task = await home.ok(["task", "create", "write the report", "--quiet", ...store]);
  assert.equal(task, "T-1");
  await home.ok(["task", "claim", "T-1"], { env: { ...byEnv.env, EXEC_KERNEL_AGENT: "a-1" } });
  assert.match(await home.ok(["task", "show", "T-1"], byEnv), /write the report/);
  assert.match(await home.ok(["verify"], byEnv), /\S/);
  const elsewhere = await home.run(["task", "list", "-w", "other"], byEnv);
  assert.equal(elsewhere.status, 2);
  assert.ok(elsewhere.stderr.includes(`workspace other is not in ${shown}: run`), elsewhere.stderr);
});

test("doctor shows the server and what it keeps", async () => {
  const text = await home.ok(["doctor", ...store]);
  for (const line of [
    /^ok +store +postgres:\/\/kernel@127\.0\.0\.1:\d+\/postgres$/m,
    /^ok +postgresql +\d+[^\n]* at 127\.0\.0\.1:\d+, schema 2$/m,
    /^ok +durability +fsync on, full_page_writes on, synchronous_commit on$/m,
    /^note +standby +none confirms a commit, accepted with --single-node$/m,
    /server clock +-?\d+ ms (ahead of|behind) this machine's clock/m,
    /^ok +size +\d/m,
  ])
    assert.match(text, line);
  assert.ok(!text.includes(PASSWORD));
});

test("what is wrong with the name of a store is told before anything is connected to, exit 2", async () => {
  for (const [name, says] of [
    ["mysql://u:secret1@h/d", /--store mysql:\/\/\.\.\.: a store is a file or postgres:\/\//],
    ["postgres://u:secret1@h:x/d", /the store's url has a host that is no name with a port behind it: write postgres:/],
    ["postgres://u:secret1@h/d?nonsense=secret1", /an unknown option nonsense, known are schema/],
    ["jdbc:postgresql://u:secret1@h/d", /the store's url .*: write postgres:/],
    ["postgres:/u:secret1@h/d", /the store's url .*: write postgres:/],
    [" Postgres:u:secret1@h/d", /the store's url .*: write postgres:/],
  ] as const) {
    for (const command of [["task", "list"], ["init"], ["doctor"]]) {
      const ended = await home.run([...command, "--store", name]);
      assert.equal(ended.status, 2, ended.stderr);
      assertOneLine(ended);
      assert.match(ended.stderr, says);
      assert.doesNotMatch(ended.stderr, /secret1/);
    }
  }
  const alone = await home.run(["init", "--single-node"]);
  assert.equal(alone.status, 2);
  assert.match(alone.stderr, /--single-node is of a PostgreSQL store/);
});
