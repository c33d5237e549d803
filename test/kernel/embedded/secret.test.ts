// Secrets that several processes want at once. Threads stand for the processes: they share nothing but the file, and
// can be let go at the same moment.

import { deepEqual, equal, match, throws } from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { ensureSecret } from "../../../src/kernel/index.ts";

const MAKERS = 4;
const ROUNDS = 30;

function keyPath(): string {
  return join(mkdtempSync(join(tmpdir(), "exec-kernel-secret-")), "keys", "human.key");
}

test("of many that make a secret at once all get the same one, and nothing else is left", async () => {
  const paths = Array.from({ length: ROUNDS }, keyPath);
  const gate = new SharedArrayBuffer(4 * ROUNDS);
  const makers = Array.from({ length: MAKERS }, async () => {
    const worker = new Worker(new URL("secret-maker.ts", import.meta.url), {
      workerData: { paths, gate, makers: MAKERS },
    });
    const [got] = await once(worker, "message");
    return got;
  });
  const [first, ...others] = await Promise.all(makers);
  for (const other of others) deepEqual(other, first);
  deepEqual(
    first,
    paths.map((path) => readFileSync(path, "utf8").trim()),
  );
  for (const path of paths) deepEqual(readdirSync(dirname(path)), ["human.key"]);
});

test("an empty file is told, never taken for a secret and never replaced", () => {
  const path = join(mkdtempSync(join(tmpdir(), "exec-kernel-secret-")), "human.key");
  writeFileSync(path, "\n");
  throws(
    () => ensureSecret(path),
    (error: unknown) => {
      match(String(error), /human\.key is empty and is no key: remove it, then try again$/);
      return true;
    },
  );
  equal(readFileSync(path, "utf8"), "\n");
  deepEqual(readdirSync(dirname(path)), ["human.key"]);
});
