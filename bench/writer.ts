// A process of its own that records steps on a shared SQLite file for some time. Says `ready`, starts on the first input,
// ends with the milliseconds of each decision as one JSON line. Arguments: path, name, duration in milliseconds.

import { once } from "node:events";
import { openSqliteStore } from "../src/store/index.ts";
import { atWork, granted, kernelOver } from "./workspace.ts";

const [path = "", name = "", durationMs = "0"] = process.argv.slice(2);
const store = await openSqliteStore({ path });
const { agent, step } = await atWork(kernelOver(store, name), name);
const waits: number[] = [];
process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdin.pause();
const endMs = performance.now() + Number(durationMs);
for (let startedMs = performance.now(); startedMs < endMs; startedMs = performance.now()) {
  await granted(agent, step());
  waits.push(performance.now() - startedMs);
}
await store.close();
process.stdout.write(JSON.stringify(waits) + "\n");
