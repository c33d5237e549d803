// export: the log as JSON lines, for whoever wants to check it, or keep it, without this program.

import { resolve } from "node:path";
import type { Exported } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { whole } from "../args/values.ts";
import { withWorkspace } from "../context.ts";
import { checkFree, intoNewFile } from "../new-file.ts";
import type { Write } from "../new-file.ts";
import { warnBroken } from "../output/broken-chain.ts";
import { withProgress } from "../output/progress.ts";
import { plural } from "../output/text.ts";

async function toStdout<T>({ io }: Call, work: (write: Write) => Promise<T>): Promise<T> {
  return work((text) => {
    io.out.line(text);
    return !io.out.closed();
  });
}

function tell({ globals, io }: Call, file: string | undefined, exported: Exported): void {
  const { events, sequence, headHash } = exported;
  if (globals.quiet) return file === undefined ? undefined : io.out.line(headHash);
  const said = globals.json && file !== undefined;
  if (said) return io.out.line(JSON.stringify({ file, ...exported }));
  const print = file === undefined ? io.err : io.out;
  print.line(
    events === 0
      ? "no event to export"
      : `${plural(events, "event")} exported, the last is ${sequence}, its hash ${headHash}`,
  );
}

export const exportCommand: CommandSpec = {
  name: "export",
  summary: "the log as JSON lines, with exact bytes and hashes",
  about: [
    "One event a line: its sequence, its hash, and the event with the very bytes that the hash covers. Keep the last hash apart from the file: it tells whether the end was cut off; -q prints it alone.",
    "Without FILE, or with -, the lines go to stdout.",
  ],
  args: [{ name: "FILE", optional: true }],
  flags: { since: { value: "N", about: "only events after this sequence" } },
  examples: ["exec-kernel export log.jsonl", "exec-kernel export --since 2000"],
  exits: [
    "0 written",
    "1 written, but the chain is broken or the end of the log is gone",
    "2 the file is there already",
    "3 a fault: no file was made",
  ],
  run: async (call) => {
    if (call.globals.dryRun) throw new UsageError("an export has no dry run: it reads, and makes one new file at most");
    const since = whole("--since", call.flags.text("since") ?? "0");
    const [name] = call.args;
    const file = name === undefined || name === "-" ? undefined : resolve(call.io.cwd, name);
    if (file !== undefined) checkFree(file);
    return withWorkspace(call, {}, async ({ store, place }) => {
      const { exportEvents } = await import("../../kernel/index.ts");
      const work = (write: Write): Promise<Exported> =>
        withProgress(call, "events", (update) =>
          exportEvents(store, place.workspace, since, (lines, done, total) => {
            update(done, total);
            return write(lines);
          }),
        );
      const exported = file === undefined ? await toStdout(call, work) : await intoNewFile(file, work);
      tell(call, file, exported);
      return warnBroken(call, exported.brokenAt);
    });
  },
};
