// The store in an SQLite file keeps every promise of the suite, on a real file.

import { join } from "node:path";
import { openSqliteStore } from "../../src/store/index.ts";
import { storeConformance } from "./conformance.ts";
import { temporaryFolder } from "./support.ts";

storeConformance("sqlite", async () => {
  const { folder, remove } = await temporaryFolder();
  const path = join(folder, "store.db");
  const store = await openSqliteStore({ path, create: true });
  const reopen = async () => {
    await store.close();
    return await openSqliteStore({ path });
  };
  return { store, reopen, cleanup: remove };
});
