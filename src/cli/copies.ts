// Copies of a store, backups and restored ones: what is looked at before a copy gets its name.

import type { Place, VerifyReport } from "../kernel/index.ts";
import type { Store } from "../store/index.ts";
import { UsageError } from "./args/usage.ts";

/** One workspace in a copy. */
export type CopiedWorkspace = { readonly workspace: string; readonly events: number; readonly headHash: string };

/** What was copied is not whole. */
export class NotWhole extends Error {
  override name = "NotWhole";
  readonly workspace: string;
  readonly report: VerifyReport;

  constructor(workspace: string, report: VerifyReport) {
    super(`workspace ${workspace} is not whole`);
    this.workspace = workspace;
    this.report = report;
  }
}

/** Opens the copy as a store, does the work and closes it. No room is kept back for a file that is about to be renamed. */
export async function withCopy<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  const { openSqliteStore } = await import("../store/index.ts");
  const store = await openSqliteStore({ path, ballastBytes: 0 });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Verifies every workspace of the store from its last checkpoint. @throws NotWhole for the first that is not. */
export async function checkAll(store: Store): Promise<readonly CopiedWorkspace[]> {
  const { verifyStore } = await import("../kernel/index.ts");
  const found: CopiedWorkspace[] = [];
  for (const workspace of await store.workspaces()) {
    const report = await verifyStore(store, workspace, { fromCheckpoint: true });
    if (!report.ok) throw new NotWhole(workspace, report);
    found.push({ workspace, events: report.events, headHash: report.headHash });
  }
  return found;
}

/** Throws UsageError for a store that is no file: its server has better means. */
export function refuseServer({ storeUrl }: Place, command: string, instead: string): void {
  if (storeUrl !== null) throw new UsageError(`${command} is for a store in a file. for PostgreSQL ${instead}`);
}

/** The same place for another workspace of its store. */
export function placeOfOther(place: Place, workspace: string): Place {
  return { ...place, workspace };
}
