// Opens the store in an SQLite file: everything that can be wrong with the file is told apart here, once.

import { StoreFault } from "../fault.ts";
import type { Store } from "../store.ts";
import { Ballast, BALLAST_BYTES } from "./ballast.ts";
import { Connection } from "./connection.ts";
import { checkVersion, loadDriver, type Driver } from "./driver.ts";
import { checkHeader, prepareFile, realPath } from "./file.ts";
import { whenFree, type Patience } from "./patience.ts";
import { Readers } from "./readers.ts";
import { prepareSchema } from "./schema.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { WAL_BYTES_MAX, Watch } from "./watch.ts";
import { checkWhole, THREAD_BYTES } from "./whole-check.ts";
import { WriteLock } from "./write-lock.ts";

const BUSY_TIMEOUT_MS = 10_000;

export type SqliteOptions = {
  readonly path: string;
  /** Makes a missing file and its folders; without it a missing file is store.absent. */
  readonly create?: boolean;
  /** How long to wait for other processes before store.busy; 10,000 unless told. */
  readonly busyTimeoutMs?: number;
  /** Jitter of the waits, in [0, 1). */
  readonly random?: () => number;
  /** For tests of a full disk: the file may have no more pages than this. */
  readonly maxPages?: number;
  /** For tests: the write-ahead log is cut over this size; 64 MiB unless told. */
  readonly walBytesMax?: number;
  /** For tests: milliseconds that only go forward; node's monotonic clock unless told. */
  readonly clock?: () => number;
  /** What is kept back for when the disk is full; 1 MiB unless told, 0 for nothing. */
  readonly ballastBytes?: number;
  /** For tests: a file of so many bytes is checked in a thread of its own; 16 MiB unless told. */
  readonly threadBytes?: number;
  /** For tests of old versions: what SQLite says it is. */
  readonly sqliteVersion?: string;
};

/** Opens the store in the file at `path`; StoreFault tells what is wrong with the file, the disk or SQLite. */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const path = realPath(options.path);
  const clock = options.clock ?? (() => performance.now());
  const ballast = new Ballast(path, { bytes: options.ballastBytes ?? BALLAST_BYTES, clock });
  const driver = loadDriver(path);
  prepareFile(path, options.create ?? false);
  checkHeader(path);
  for (;;) {
    try {
      return await openWith({ ...options, path, clock }, driver, ballast);
    } catch (error) {
      // On a full disk there is no room for the write-ahead log's index: then not even the last could be written.
      if (!(error instanceof StoreFault) || !ballast.isWanted() || !ballast.give("all")) throw error;
    }
  }
}

type Opening = SqliteOptions & { readonly clock: () => number };

async function openWith(options: Opening, driver: Driver, ballast: Ballast): Promise<Store> {
  const { path, clock } = options;
  const patience: Patience = {
    busyTimeoutMs: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
    random: options.random ?? Math.random,
  };
  const writer = new Connection(driver, path);
  try {
    // Even this question reads the schema, and waits for a process that is just making it.
    const found = await whenFree(path, patience, () => writer.text(writer.first("SELECT sqlite_version()") ?? {}, 0));
    const sqliteVersion = options.sqliteVersion ?? found;
    checkVersion(path, sqliteVersion);
    await prepareSchema(writer, options.create ?? false, patience);
    await whenFree(path, patience, () => setUp(writer, options.maxPages));
    const watch = new Watch(writer, { walBytesMax: options.walBytesMax ?? WAL_BYTES_MAX, clock });
    watch.tendWal();
    ballast.prepare();
    const readers = new Readers(() => new Connection(driver, path), patience);
    const lock = new WriteLock(path, patience);
    const toCheck = { path, busyTimeoutMs: patience.busyTimeoutMs };
    const check = (): Promise<readonly string[]> => checkWhole(driver, toCheck, options.threadBytes ?? THREAD_BYTES);
    return new SqliteStore({ writer, readers, lock, watch, ballast, check, sqliteVersion });
  } catch (error) {
    writer.close();
    throw error;
  }
}

function setUp(writer: Connection, maxPages: number | undefined): void {
  // FULL: a commit is on the disk before it is acknowledged.
  // Checkpoints are the watch's: SQLite's own come with every commit while other processes keep the log from restarting.
  writer.script("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -16384");
  if (maxPages !== undefined) writer.script(`PRAGMA max_page_count = ${maxPages}`);
}
