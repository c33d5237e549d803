// A test that gets a fresh store and leaves nothing behind.

import { test } from "node:test";
import type { Opened, Open } from "./opened.ts";

export function storeTest(open: Open, title: string, body: (opened: Opened) => Promise<void>): void {
  test(title, async () => {
    const opened = await open();
    try {
      await body(opened);
    } finally {
      await opened.store.close();
      await opened.cleanup();
    }
  });
}
