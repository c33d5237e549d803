// A process that is caught in the middle of a transaction: `stuck-writer.ts PATH`. It appends, says so, and never ends.

import { writeSync } from "node:fs";
import { openSqliteStore } from "../../../src/store/index.ts";
import { follow } from "../growth.ts";

const [path = ""] = process.argv.slice(2);
const store = await openSqliteStore({ path });
await store.transact("w", async (session) => {
  const head = await session.head();
  const { next, events } = follow(head, "never acknowledged");
  await session.append(head, next, events, [{ key: "half", bytes: "written" }]);
  await session.count("half", 1);
  writeSync(1, "inside\n");
  // Standard input is never closed by the test: the process hangs here with the write lock held.
  for await (const _ of process.stdin) void _;
});
