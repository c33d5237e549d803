// replay: decides the whole stored past again and says where this version's rules decide otherwise. A command of its own
// beside `verify`: a finding there is a damaged store, a finding here is another rule.

import type { ReplayReport } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { printable } from "../args/words.ts";
import { withWorkspace } from "../context.ts";
import { warnBroken } from "../output/broken-chain.ts";
import { withProgress } from "../output/progress.ts";
import { grouped, plural } from "../output/text.ts";

function headLine(call: Call, report: ReplayReport, tookMs: number): string {
  const { events, commands, same, partly, unknown, differ, headHash } = report;
  const parts = [`${grouped(same)} the same byte for byte`];
  if (partly > 0) parts.push(`${grouped(partly)} as far as the log tells`);
  if (unknown > 0) parts.push(`${grouped(unknown)} not kept`);
  parts.push(differ === 0 ? call.paint("green", "0 differ") : call.paint("red", `${grouped(differ)} differ`));
  const what = `${plural(events, "event")}, ${plural(commands, "command")} decided again`;
  return `replay  ${what}: ${parts.join(", ")}, head ${headHash.slice(0, 12)}, ${(tookMs / 1_000).toFixed(1)} s`;
}

function tell(call: Call, report: ReplayReport, tookMs: number): void {
  const { io, globals } = call;
  if (globals.json) return io.out.line(JSON.stringify(report));
  if (globals.quiet) return io.out.line(String(report.differ));
  io.out.line(headLine(call, report, tookMs));
  for (const { sequence, problem } of report.first) io.out.line(`  d-${sequence}: ${printable(problem)}`);
  if (report.differ > report.first.length) io.out.line(`  and ${grouped(report.differ - report.first.length)} more`);
  if (report.differ > 0)
    io.err.line("the log does not say which version decided: an older one by other rules, or this one has a defect");
}

export const replay: CommandSpec = {
  name: "replay",
  summary: "decide the whole stored past again; reads only",
  about: [
    "Each command is decided on the rows and under the policy of its time, by the rules of this version, and its events are compared byte for byte.",
  ],
  args: [],
  flags: {},
  examples: ["exec-kernel replay", "exec-kernel replay --json"],
  exits: [
    "0 all is decided as it was",
    "1 something is decided otherwise, listed, or the chain is broken",
    "3 a fault: an event is missing or cannot be read",
  ],
  run: async (call) =>
    withWorkspace(call, {}, async ({ kernel }) => {
      const startedMs = performance.now();
      const report = await withProgress(call, "events", (onProgress) => kernel.replay(onProgress));
      tell(call, report, performance.now() - startedMs);
      const exit = warnBroken(call, report.brokenAt);
      return report.differ === 0 ? exit : 1;
    }),
};
