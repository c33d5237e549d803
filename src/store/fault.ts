// What can go wrong with a store: the world fails (StoreFault, for a human to put right) or the caller breaks the
// contract (StoreDefect, for a programmer). Neither is ever a refusal.

export type StoreFaultCode =
  | "store.absent"
  | "store.exists"
  | "store.foreign"
  | "store.corrupt"
  | "store.newer"
  | "store.read_only"
  | "store.full"
  | "store.io"
  | "store.busy"
  | "store.clock"
  | "store.not_durable"
  | "store.url"
  | "store.sqlite_unsafe";

/** The world failed and nothing was decided; the message is one line: the file or the server, the cause, the way out. */
export class StoreFault extends Error {
  override name = "StoreFault";
  readonly code: StoreFaultCode;
  readonly path: string;

  constructor(code: StoreFaultCode, path: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.path = path;
  }
}

/** The caller broke the contract of the store; nothing was written. */
export class StoreDefect extends Error {
  override name = "StoreDefect";
}
