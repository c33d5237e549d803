// A real thread over a real file: answers come back after the commit, faults keep their class and words, and nobody waits
// for a thread that is gone.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { createKernel, KernelFault } from "../../src/kernel/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { openSqliteStore, StoreFault } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { openCommitThread } from "../../src/thread/index.ts";
import type { CommitThread } from "../../src/thread/index.ts";
import { bench } from "../support/kernels.ts";
import { temporaryFolder } from "../store/support.ts";

type Open = { readonly store: Store; readonly commits: CommitThread; readonly kernel: (workspace: string) => Kernel };

async function withThread(body: (open: Open) => Promise<void>): Promise<void> {
  const { folder, remove } = await temporaryFolder();
  const path = join(folder, "store.db");
  const store = await openSqliteStore({ path, create: true });
  for (const workspace of ["w", "v"]) await bench({ store, workspace });
  const commits = await openCommitThread({ path });
  const kernel = (workspace: string): Kernel =>
    createKernel({
      store,
      workspace,
      actor: { kind: "human", id: "ada", proven: true },
      digestKey: "test key",
      readPolicy: () => "is none",
      commits,
    });
  try {
    await body({ store, commits, kernel });
  } finally {
    await commits.close();
    await store.close();
    await remove();
  }
}

const create = (kernel: Kernel, title: string): ReturnType<Kernel["submit"]> =>
  kernel.submit({ type: "create_task", body: { title } });

describe("a thread that commits", () => {
  test("answers in the order asked, of several workspaces, and what it answered can be read at once", async () => {
    await withThread(async ({ kernel }) => {
      const [w, v] = [kernel("w"), kernel("v")];
      const replies = await Promise.all(
        Array.from({ length: 100 }, (_, index) => create(index % 2 === 0 ? w : v, `part ${index}`)),
      );
      assert.ok(replies.every(({ decision }) => decision.verdict === "granted"));
      assert.deepEqual(
        replies.map(({ decision }) => decision.result?.["task"]),
        Array.from({ length: 100 }, (_, index) => `T-${Math.floor(index / 2) + 1}`),
      );
      for (const one of [w, v]) {
        assert.equal((await one.tasks({})).length, 50);
        assert.equal((await one.verify()).ok, true);
      }
    });
  });

  test("a refusal is an answer, a fault keeps its class, code and words", async () => {
    await withThread(async ({ kernel }) => {
      const refused = await kernel("w").submit({ type: "claim_task", body: { task: "T-9" } });
      assert.equal(refused.decision.code, "task.unknown");
      await assert.rejects(create(kernel("nowhere"), "too early"), (error: unknown) => {
        assert.ok(error instanceof KernelFault);
        assert.equal(error.code, "workspace.not_initialised");
        assert.match(error.message, /run `exec-kernel init` as the human/);
        return true;
      });
    });
  });

  test("a store that cannot be opened is told at once", async () => {
    const { folder, remove } = await temporaryFolder();
    await assert.rejects(openCommitThread({ path: join(folder, "none.db") }), (error: unknown) => {
      assert.ok(error instanceof StoreFault);
      assert.equal(error.code, "store.absent");
      return true;
    });
    await remove();
  });

  test("closing waits for what is under way; what comes later is told to ask again with its id", async () => {
    await withThread(async ({ commits, kernel }) => {
      const asked = Array.from({ length: 20 }, (_, index) => create(kernel("w"), `part ${index}`));
      // Commands are taken in before they are handed to the thread.
      await new Promise((resolve) => setImmediate(resolve));
      await commits.close();
      assert.equal((await Promise.all(asked)).length, 20);
      await assert.rejects(create(kernel("w"), "late"), /ask it again with the same command id/);
      await commits.close();
    });
  });

  test("a command that is no plain data fails alone", async () => {
    await withThread(async ({ commits, kernel }) => {
      const wrong = { workspace: "w", type: "claim_task", body: () => undefined };
      const bad = assert.rejects(Reflect.apply(commits.submit, commits, [wrong]), /could not be cloned/);
      const good = create(kernel("w"), "plain");
      await bad;
      assert.equal((await good).decision.verdict, "granted");
    });
  });
});
