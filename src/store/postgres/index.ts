// The store in a PostgreSQL schema.

export { openPostgresStore, type PostgresOptions } from "./open.ts";
export { isPostgresUrl, parsePostgresUrl } from "./url.ts";
