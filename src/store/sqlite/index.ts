// The store in an SQLite file.

export { openSqliteStore, type SqliteOptions } from "./open.ts";
