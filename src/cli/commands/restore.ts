// restore: a backup becomes a store. What happened after the backup is lost, and those it happened to may still be at
// work: a new incarnation begins in every workspace, so that nothing they hold is taken for what is held now.

import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Actor } from "../../core/index.ts";
import type { Place, Reply } from "../../kernel/index.ts";
import type { Store } from "../../store/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { placeFor, withStore, workspaceIn } from "../context.ts";
import { checkAll, NotWhole, placeOfOther, refuseServer, withCopy } from "../copies.ts";
import { isAgent, refusedToAgents } from "../humans-only.ts";
import { report } from "../output/report.ts";
import { withProgress } from "../output/progress.ts";
import { plural } from "../output/text.ts";
import { verifyLines } from "../output/verify-lines.ts";

/** Where no key says that a human is there: whoever may replace the store's file needs no other proof. */
const RESTORER: Actor = { kind: "system", id: "restore", proven: true };

type Begun = { readonly workspace: string; readonly events: number; readonly incarnation: number; readonly id: string };

function begun(workspace: string, { decision, id }: Reply): Begun {
  if (decision.verdict === "refused") throw new Error(`${workspace}: ${decision.code}: ${decision.message}`);
  const { incarnation = 0 } = decision.result ?? {};
  return { workspace, events: Number(id?.slice(2) ?? 0), incarnation: Number(incarnation), id: id ?? "" };
}

/** Checks every workspace of the store, then starts a new incarnation in each. */
async function startAll(call: Call, store: Store, place: Place): Promise<readonly Begun[]> {
  const { startIncarnation } = await import("../../kernel/index.ts");
  const out: Begun[] = [];
  for (const { workspace } of await checkAll(store)) {
    const { kernel } = await workspaceIn(store, placeOfOther(place, workspace), call, { otherwise: RESTORER });
    out.push(begun(workspace, await startIncarnation(kernel.actor === null ? kernel.as(RESTORER) : kernel)));
  }
  return out;
}

function tell({ globals, io }: Call, storePath: string, all: readonly Begun[]): void {
  if (globals.json) return io.out.line(JSON.stringify({ store: storePath, workspaces: all }));
  if (globals.quiet) return io.out.line(storePath);
  io.out.line(`restored  ${storePath}`);
  for (const { workspace, events, incarnation } of all)
    io.out.line(`  ${workspace}: ${plural(events, "event")}, incarnation ${incarnation}`);
  io.err.line("every claim of before is over: agents claim anew, and older fences are refused");
}

async function inPlace(call: Call): Promise<number> {
  return withStore(call, async (store, place) => {
    tell(call, place.storePath, await startAll(call, store, place));
    return 0;
  });
}

/** A store in a place that somebody chose, and not in the state folder, which is this program's to make. */
function isNamed({ globals, io }: Call): boolean {
  return globals.store !== undefined || (io.env["EXEC_KERNEL_STORE"] ?? "") !== "";
}

async function fromFile(call: Call, file: string, place: Place): Promise<number> {
  refuseServer(place, "restore FILE", "restore by its own means, then run exec-kernel restore --in-place");
  const { copySqliteStore } = await import("../../store/index.ts");
  if (!isNamed(call)) mkdirSync(dirname(place.storePath), { recursive: true, mode: 0o700 });
  // The new incarnation stands in the copy before the copy has its name: no crash leaves a store without it.
  const check = (path: string): Promise<readonly Begun[]> =>
    withCopy(path, (store) => startAll(call, store, { ...place, storePath: path }));
  const from = resolve(call.io.cwd, file);
  const all = await withProgress(call, "pages", (update) => copySqliteStore(from, place.storePath, check, update));
  tell(call, place.storePath, all);
  return 0;
}

function tellBroken({ io, paint }: Call, { workspace, report: found }: NotWhole): number {
  io.err.line(`workspace ${workspace} is not whole: nothing was restored, try an older backup`);
  for (const line of verifyLines(found, 0, paint).slice(1)) io.err.line(line);
  return 1;
}

/** The cause in a fault's line, without the way out behind it. */
function causeIn({ message }: Error): string {
  return message.slice(0, message.lastIndexOf(": "));
}

/** A fault's own way out is for whoever uses a store; here it is a backup, or the place of the store to be. */
async function tellFault({ io }: Call, error: unknown): Promise<number> {
  const { StoreFault } = await import("../../store/index.ts");
  if (!(error instanceof Error) || !("code" in error)) throw error;
  if (error.code === "store.corrupt" || error.code === "log.corrupt") {
    io.err.line(`${causeIn(error)}: nothing was restored, try an older backup`);
    return 1;
  }
  if (!(error instanceof StoreFault)) throw error;
  const ways = new Map([
    ["store.absent", "name a file that exec-kernel backup made"],
    ["store.foreign", "name a file that exec-kernel backup made"],
    ["store.exists", "name a new one with --store NEW-FILE, or move that one away first"],
  ]);
  const way = ways.get(error.code);
  throw way === undefined ? error : new StoreFault(error.code, error.path, `${causeIn(error)}: ${way}`, error);
}

async function run(call: Call): Promise<number> {
  const [file] = call.args;
  if ((file === undefined) !== call.flags.on("in-place"))
    throw new UsageError("name the backup's FILE, or --in-place where the store itself was put back already");
  const place = await placeFor(call);
  if (await isAgent(call, place)) return report(call, refusedToAgents("restore", place.workspace));
  if (call.globals.dryRun) throw new UsageError("a restore has no dry run: restore to another --store and look at it");
  try {
    return await (file === undefined ? inPlace(call) : fromFile(call, file, place));
  } catch (error) {
    if (error instanceof NotWhole) return tellBroken(call, error);
    if (file === undefined) throw error;
    return await tellFault(call, error);
  }
}

export const restore: CommandSpec = {
  name: "restore",
  summary: "make a store of a backup; a human's",
  about: [
    "Copies the backup to the file of --store, which must not exist (its folder must), checks it, and starts a new incarnation in every workspace: claims of before are over, and fences are higher than any that was given after the backup.",
    "--in-place does the second half alone, for a store that was put back by other means, as a PostgreSQL server is.",
  ],
  args: [{ name: "FILE", optional: true }],
  flags: { "in-place": { about: "the store is back already: check it and start the new incarnation" } },
  examples: ["exec-kernel restore /backups/night.db --store restored.db", "exec-kernel restore --in-place"],
  exits: [
    "0 restored",
    "1 the backup is not whole: nothing was restored",
    "2 the store is there already, or FILE is not",
    "3 a fault: FILE is no backup, or the store's folder is not there",
    "5 an agent asked",
  ],
  run,
};
