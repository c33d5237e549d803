// Stores: where the log, its rows and the counters of every workspace are kept.

export type { Page, RowChange, Session, Store, StoredEvent, StoredHead, StoredRow, StoreFacts, View } from "./store.ts";
export { StoreDefect, StoreFault, type StoreFaultCode } from "./fault.ts";
export { isSearchable, SEARCHABLE_PREFIXES } from "./searchable.ts";
export { compareKeys, prefixEnd } from "./key-order.ts";
export { openMemoryStore } from "./memory/index.ts";
export { openSqliteStore, type SqliteOptions } from "./sqlite/index.ts";
export { isPostgresUrl, openPostgresStore, parsePostgresUrl, type PostgresOptions } from "./postgres/index.ts";
