import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { ensureSecret, identify, isOpenToOthers, keyDigest, placeOf, workspaceOf } from "../../src/kernel/index.ts";

const folder = mkdtempSync(join(tmpdir(), "embedded-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function made(...parts: string[]): string {
  const path = join(folder, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

describe("the place of a workspace", () => {
  test("a repository's folders share one workspace, named after the repository", () => {
    made("repo", ".git");
    const inside = made("repo", "packages", "a");
    assert.match(workspaceOf(inside), /^repo-[0-9a-f]{8}$/);
    assert.equal(workspaceOf(inside), workspaceOf(join(folder, "repo")));
  });

  test("a worktree shares the workspace of its repository", () => {
    const worktrees = made("main", ".git", "worktrees", "side");
    writeFileSync(join(worktrees, "commondir"), "../..\n");
    const side = made("side");
    writeFileSync(join(side, ".git"), `gitdir: ${worktrees}\n`);
    assert.equal(workspaceOf(side), workspaceOf(join(folder, "main")));
  });

  test("folders of one name in two places are two workspaces", () => {
    assert.notEqual(workspaceOf(made("one", "same")), workspaceOf(made("two", "same")));
  });

  test("-w goes before EXEC_KERNEL_WORKSPACE, --store before EXEC_KERNEL_STORE, and neither touches the disk", () => {
    const env = { HOME: folder, EXEC_KERNEL_WORKSPACE: "env", EXEC_KERNEL_STORE: "env.db" };
    assert.deepEqual(placeOf({ cwd: folder, env, workspace: "flag", store: "flag.db" }).workspace, "flag");
    assert.equal(placeOf({ cwd: folder, env, store: "flag.db" }).storePath, join(folder, "flag.db"));
    assert.equal(placeOf({ cwd: folder, env }).workspace, "env");
    assert.equal(placeOf({ cwd: folder, env }).storePath, join(folder, "env.db"));
  });

  test("a workspace's name cannot lead its store out of the state folder", () => {
    for (const workspace of ["../../etc/passwd", "a/b", "..", ".", "a b*"]) {
      const { storePath } = placeOf({ cwd: folder, env: { HOME: folder }, workspace });
      assert.equal(join(storePath, ".."), join(folder, ".local/state/exec-kernel"), workspace);
    }
  });

  test("the keys lie apart from the state", () => {
    const place = placeOf({ cwd: folder, env: { HOME: folder } });
    assert.equal(place.keyPath, join(folder, ".config/exec-kernel/human.key"));
  });
});

describe("identity", () => {
  const keyPath = join(folder, "keys", "human.key");
  const secret = ensureSecret(keyPath);
  const humanKey = keyDigest(secret);

  test("a secret is made once, for its owner alone", () => {
    assert.equal(ensureSecret(keyPath), secret);
    assert.match(secret, /^[0-9a-f]{64}$/);
    assert.equal(statSync(keyPath).mode & 0o777, 0o600);
    assert.equal(isOpenToOthers(keyPath), false);
    chmodSync(keyPath, 0o644);
    assert.equal(isOpenToOthers(keyPath), true);
    chmodSync(keyPath, 0o600);
  });

  test("the key that the log names means the human", () => {
    assert.deepEqual(identify({ env: {}, keyPath, humanKey }).actor?.kind, "human");
  });

  test("another key means nobody", () => {
    const { actor, problem } = identify({ env: {}, keyPath, humanKey: "0".repeat(64) });
    assert.equal(actor, null);
    assert.match(problem ?? "", /is not the one this workspace was made with/);
  });

  test("EXEC_KERNEL_AGENT means that agent, unproven, even where the key is readable", () => {
    assert.deepEqual(identify({ env: { EXEC_KERNEL_AGENT: "a-1" }, keyPath, humanKey }).actor, {
      kind: "agent",
      id: "a-1",
      proven: false,
    });
  });

  test("a human acts as an agent; an agent acts only as itself", () => {
    assert.deepEqual(identify({ env: {}, keyPath, humanKey, as: "agent:a-1" }).actor, {
      kind: "agent",
      id: "a-1",
      proven: true,
    });
    assert.equal(identify({ env: { EXEC_KERNEL_AGENT: "a-1" }, keyPath, humanKey, as: "agent:a-2" }).actor, null);
    assert.equal(identify({ env: { EXEC_KERNEL_AGENT: "a-1" }, keyPath, humanKey, as: "human:ada" }).actor, null);
    assert.equal(identify({ env: {}, keyPath, humanKey, as: "human:bob" }).actor, null);
  });

  test("a human acts as a harness, an agent never does, and nobody as the system", () => {
    const harness = { kind: "harness", id: "ci", proven: true };
    assert.deepEqual(identify({ env: {}, keyPath, humanKey, as: "harness:ci" }).actor, harness);
    assert.equal(identify({ env: { EXEC_KERNEL_AGENT: "a-1" }, keyPath, humanKey, as: "harness:ci" }).actor, null);
    for (const as of ["harness:", "harness: ", "harness:a\nb", "harness", "system:kernel", "", "agent"])
      assert.notEqual(identify({ env: {}, keyPath, humanKey, as }).problem, null, as);
  });

  test("neither agent nor key means nobody, without a complaint", () => {
    assert.deepEqual(identify({ env: {}, keyPath: join(folder, "none"), humanKey: null }), {
      actor: null,
      problem: null,
    });
  });

  test("a name that could forge a line is no agent", () => {
    assert.match(
      identify({ env: { EXEC_KERNEL_AGENT: "a\nb" }, keyPath, humanKey }).problem ?? "",
      /control character/,
    );
  });
});
