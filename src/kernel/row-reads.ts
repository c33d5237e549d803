// Rows read one by one or by prefix, for what is shown and for what is chosen from an index.

import type { Row } from "../core/index.ts";
import type { View } from "../store/index.ts";
import { decodeRow } from "./codec.ts";

const PAGE = 500;
const FIRST_PAGE = 32;

export async function readRow(view: View, key: string): Promise<Row | null> {
  const [bytes] = await view.load([key]);
  return bytes == null ? null : decodeRow(bytes, key);
}

/** Every row under the prefix in the order of the keys; short pages first, for most readers stop early. */
export async function* rowsUnder(view: View, prefix: string): AsyncGenerator<Row> {
  let after: string | undefined;
  for (let limit = FIRST_PAGE; ; limit = PAGE) {
    const page = await view.rows({ prefix, limit, ...(after === undefined ? {} : { after }) });
    for (const { key, bytes } of page) yield decodeRow(bytes, key);
    after = page.at(-1)?.key;
    if (page.length < limit) return;
  }
}
