// All rows of a workspace, decoded: what tests compare with recounts and folds.

import type { Row } from "../../src/core/index.ts";
import { decodeRow } from "../../src/kernel/index.ts";
import type { Store } from "../../src/store/index.ts";

const PAGE = 1_000;

export async function rowsOf(store: Store, workspace = "w"): Promise<ReadonlyMap<string, Row>> {
  return store.read(workspace, async (view) => {
    const found = new Map<string, Row>();
    for (let after: string | undefined; ;) {
      const page = await view.rows({ prefix: "", limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { key, bytes } of page) found.set(key, decodeRow(bytes, key));
      after = page.at(-1)?.key;
      if (page.length < PAGE) return found;
    }
  });
}
