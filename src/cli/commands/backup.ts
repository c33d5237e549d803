// backup: a copy of the store's file, of one moment, while others go on writing; checked before it gets its name.

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { placeFor, withWorkspace } from "../context.ts";
import { checkAll, NotWhole, refuseServer, withCopy } from "../copies.ts";
import type { CopiedWorkspace } from "../copies.ts";
import { withProgress } from "../output/progress.ts";
import { plural, sizeText } from "../output/text.ts";
import { verifyLines, wayOut } from "../output/verify-lines.ts";

function tell({ globals, io }: Call, file: string, copied: readonly CopiedWorkspace[]): void {
  const bytes = statSync(file).size;
  if (globals.json) return io.out.line(JSON.stringify({ file, bytes, workspaces: copied }));
  if (globals.quiet) return;
  io.out.line(`backup  ${file}, ${sizeText(bytes)}, checked`);
  for (const { workspace, events, headHash } of copied)
    io.out.line(`  ${workspace}: ${plural(events, "event")}, head ${headHash}`);
  io.err.line(`to restore it: exec-kernel restore ${file} --store NEW-FILE`);
}

function tellBroken({ io, paint }: Call, { workspace, report }: NotWhole): number {
  io.err.line(`workspace ${workspace} is not whole: no backup was made of it`);
  for (const line of verifyLines(report, 0, paint).slice(1)) io.err.line(line);
  io.err.line(wayOut(report));
  return 1;
}

export const backup: CommandSpec = {
  name: "backup",
  summary: "copy the store to a file while others write; checked",
  about: [
    "The copy is of one moment and holds every workspace of the store. SQLite's own structure, the chain and the rows since the last checkpoint are checked before the file gets its name; a file that is there is never overwritten.",
  ],
  args: [{ name: "FILE" }],
  flags: {},
  examples: ["exec-kernel backup /backups/night.db"],
  exits: [
    "0 made and checked",
    "1 the store is not whole: nothing was made",
    "2 the file is there already",
    "3 a fault: its folder is not there, its disk is full",
  ],
  run: async (call) => {
    if (call.globals.dryRun)
      throw new UsageError("a backup has no dry run: it makes one new file and touches no other");
    refuseServer(
      await placeFor(call),
      "backup",
      "use pg_basebackup, or your provider's backups, then exec-kernel verify",
    );
    const file = resolve(call.io.cwd, firstArg(call));
    const { copySqliteStore } = await import("../../store/index.ts");
    return withWorkspace(call, {}, async ({ place }) => {
      try {
        const check = (path: string): Promise<readonly CopiedWorkspace[]> => withCopy(path, checkAll);
        const copied = await withProgress(call, "pages", (update) =>
          copySqliteStore(place.storePath, file, check, update),
        );
        tell(call, file, copied);
        return 0;
      } catch (error) {
        if (error instanceof NotWhole) return tellBroken(call, error);
        throw error;
      }
    });
  },
};
