// A process that appends: `writer.ts PATH NAME COUNT`. Each append reads the head and a row, writes one event and two
// rows, and is told of on standard output once it is acknowledged. With COUNT 0 it goes on until it is killed.

import { writeSync } from "node:fs";
import { openSqliteStore } from "../../../src/store/index.ts";
import { follow } from "../growth.ts";

const [path = "", name = "", count = "0"] = process.argv.slice(2);
const store = await openSqliteStore({ path, create: true });

for (let done = 1; done <= Number(count) || count === "0"; done += 1) {
  const sequence = await store.transact("w", async (session) => {
    const head = await session.head();
    const [total] = await session.load(["total"]);
    const { next, events } = follow(head, `${name} ${done}`);
    const rows = [
      { key: "total", bytes: String(Number(total ?? 0) + 1) },
      { key: `by/${name}`, bytes: String(done) },
    ];
    await session.append(head, next, events, rows);
    return next.sequence;
  });
  writeSync(1, `${sequence} ${name} ${done}\n`);
}
await store.close();
