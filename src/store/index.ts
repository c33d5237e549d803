// Stores: where the log, its rows and the counters of every workspace are kept.

export type {
  Checkpoints,
  Page,
  RowChange,
  Session,
  Store,
  StoredCheckpoint,
  StoredEvent,
  StoredHead,
  StoredRow,
  StoreFacts,
  TransactOptions,
  View,
} from "./store.ts";
export { StoreDefect, StoreFault, type StoreFaultCode } from "./fault.ts";
export { isSearchable, SEARCHABLE_PREFIXES } from "./searchable.ts";
export { compareKeys, prefixEnd } from "./key-order.ts";
export { openMemoryStore } from "./memory/index.ts";
export { copySqliteStore, type CopyProgress, openSqliteStore, type SqliteOptions } from "./sqlite/index.ts";
export { isPostgresUrl, openPostgresStore, parsePostgresUrl, type PostgresOptions } from "./postgres/index.ts";
