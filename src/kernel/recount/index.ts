// Counting anew: every number and every list that one row keeps about others must be what those others say. The fold
// keeps them in step event by event; this looks at the rows alone, and so finds what a wrong fold would do twice alike.

import type { Row } from "../../core/index.ts";
import { kindsOf } from "./kinds.ts";
import type { Miscount } from "./kinds.ts";
import { leaseMiscounts } from "./leases.ts";
import { lineageMiscounts } from "./lineage.ts";
import { meterMiscounts } from "./meters.ts";
import { taskMiscounts } from "./tasks.ts";

export type { Miscount } from "./kinds.ts";

/** Every miscount among these rows; `told`: lines of parents may be as a harness told them, and are not counted. */
export function* recount(rows: ReadonlyMap<string, Row>, told: boolean): Generator<Miscount> {
  const kinds = kindsOf(rows);
  yield* taskMiscounts(kinds);
  if (!told) yield* lineageMiscounts(kinds);
  yield* leaseMiscounts(kinds);
  yield* meterMiscounts(kinds);
}
