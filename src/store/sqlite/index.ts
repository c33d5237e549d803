// The store in an SQLite file.

export { copySqliteStore, type CopyProgress } from "./copy.ts";
export { openSqliteStore, type SqliteOptions } from "./open.ts";
