import { equal, rejects } from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { firstMessage } from "../../src/system/index.ts";

function thread(code: string): Worker {
  return new Worker(`const { parentPort } = require("node:worker_threads"); ${code}`, { eval: true });
}

test("a thread's first message is its answer", async () => {
  equal(await firstMessage(thread("parentPort.postMessage(1); parentPort.postMessage(2);")), 1);
});

test("a thread that fails, or ends without a word, leaves nobody waiting", async () => {
  await rejects(firstMessage(thread("throw new Error('no such disk')")), /no such disk/);
  await rejects(firstMessage(thread("process.exit(3)")), /the thread ended with 3 and said nothing/);
});
