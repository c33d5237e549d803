// The store in a PostgreSQL schema keeps every promise of the suite, on a real server.

import { storeConformance } from "./conformance.ts";
import { dropSchema, freshUrl, openTestStore } from "../support/postgres.ts";

storeConformance("postgres", async () => {
  const url = await freshUrl();
  const store = await openTestStore(url);
  const reopen = async () => {
    await store.close();
    return await openTestStore(url, { create: false });
  };
  return { store, reopen, cleanup: () => dropSchema(url) };
});
