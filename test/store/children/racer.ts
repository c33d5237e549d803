// A process that races others for the write lock: `racer.ts PATH COUNT`. It waits for a line on standard input, so that
// all start together, then commits COUNT times and prints its latencies in milliseconds, as JSON.

import { writeSync } from "node:fs";
import { openSqliteStore } from "../../../src/store/index.ts";
import { put } from "../growth.ts";

const [path = "", count = "0"] = process.argv.slice(2);
const store = await openSqliteStore({ path, create: true });
writeSync(1, "ready\n");
for await (const _ of process.stdin) break;

const latenciesMs: number[] = [];
for (let done = 0; done < Number(count); done += 1) {
  const startedMs = performance.now();
  await put(
    store,
    "w",
    "x".repeat(600),
    ["a", "b", "c", "d"].map((name) => ({ key: `${name}/${process.pid}/${done % 20}`, bytes: `${done}`.padEnd(300) })),
  );
  latenciesMs.push(performance.now() - startedMs);
}
await store.close();
writeSync(1, `${JSON.stringify(latenciesMs)}\n`);
