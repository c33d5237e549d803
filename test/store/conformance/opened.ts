// How the suite gets a store: each kind of store says how it is opened.

import type { Store } from "../../../src/store/index.ts";

/** A fresh, empty store; `reopen` closes it and opens the same one again, where that means anything. */
export type Opened = {
  readonly store: Store;
  readonly reopen?: () => Promise<Store>;
  readonly cleanup: () => Promise<void>;
};

export type Open = () => Promise<Opened>;
