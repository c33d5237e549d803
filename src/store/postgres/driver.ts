// Loads pg on first use: no command over SQLite pays for it.

import type { Client } from "pg";

/** What is used of pg. */
export type Driver = { readonly Client: typeof Client };

export async function loadDriver(): Promise<Driver> {
  return await import("pg");
}
