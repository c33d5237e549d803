// verify: is the log whole, and are the rows its fold?

import type { VerifyReport } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";
import { progressOn } from "../output/progress.ts";
import { plural } from "../output/text.ts";

function tell(call: Call, report: VerifyReport, tookMs: number): void {
  const { io, paint, globals } = call;
  const { ok, events, rows, findings, found, headHash } = report;
  if (globals.json) return io.out.line(JSON.stringify(report));
  if (globals.quiet) return io.out.line(headHash);
  const seconds = (tookMs / 1_000).toFixed(1);
  const verdict = ok ? paint("green", "chain intact, 0 rows differ") : paint("red", plural(found, "finding"));
  io.out.line(
    `verify  ${plural(events, "event")}, ${plural(rows, "row")}, ${verdict}, head ${headHash.slice(0, 12)}, ${seconds} s`,
  );
  for (const { at, problem } of findings) io.out.line(`  ${at}: ${problem}`);
  if (found > findings.length) io.out.line(`  and ${found - findings.length} more`);
  if (!ok) io.err.line("do not write to this store: keep a copy of the file, then restore a backup");
}

export const verify: CommandSpec = {
  name: "verify",
  summary: "check the log's chain and its rows",
  about: ["Every event's hash and place is checked, every event is folded again, and the rows must be what comes out."],
  args: [],
  flags: {},
  examples: ["exec-kernel verify", "exec-kernel verify --json"],
  exits: ["0 nothing found", "1 something found, listed"],
  run: async (call) =>
    withWorkspace(call, {}, async ({ kernel }) => {
      const startedMs = performance.now();
      const progress = await progressOn(call.io.err.terminal, "events");
      let report: VerifyReport;
      try {
        report = await kernel.verify({ onProgress: progress.update });
      } finally {
        progress.stop();
      }
      tell(call, report, performance.now() - startedMs);
      return report.ok ? 0 : 1;
    }),
};
