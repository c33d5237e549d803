// The one suite that every store passes. Each file of conformance/ holds one promise of the interface.

import { describe } from "node:test";
import { atomicity } from "./conformance/atomicity.ts";
import { bytesAndOrder } from "./conformance/bytes-and-order.ts";
import { checkpoints } from "./conformance/checkpoints.ts";
import { compareAndSet } from "./conformance/compare-and-set.ts";
import { counting } from "./conformance/counting.ts";
import { lifetime } from "./conformance/lifetime.ts";
import { misuse } from "./conformance/misuse.ts";
import { modelled } from "./conformance/modelled.ts";
import type { Open } from "./conformance/opened.ts";
import { paging } from "./conformance/paging.ts";
import { queryWords } from "./conformance/query-words.ts";
import { queueing } from "./conformance/queueing.ts";
import { searching } from "./conformance/searching.ts";
import { shared } from "./conformance/shared.ts";
import { snapshots } from "./conformance/snapshots.ts";
import { turns } from "./conformance/turns.ts";
import { workspaces } from "./conformance/workspaces.ts";

const SUITES: readonly ((open: Open) => void)[] = [
  ...[bytesAndOrder, paging, queueing, searching, queryWords, snapshots, atomicity, compareAndSet, misuse],
  ...[turns, shared, counting, checkpoints, workspaces, lifetime, modelled],
];

/** Registers the whole suite for one kind of store. */
export function storeConformance(name: string, open: Open): void {
  describe(`${name} store`, () => {
    for (const suite of SUITES) suite(open);
  });
}
