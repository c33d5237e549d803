// policy what-if: judges the past under another policy. Reads only: it tells what a file would have changed before it is
// adopted.

import type { WhatIfReport } from "../../kernel/index.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";
import { tableLines, terminalWidth } from "../output/table.ts";
import { grouped, plural } from "../output/text.ts";
import { proposedPolicy } from "../proposed-policy.ts";

const FIRST_SHOWN = 5;

function changedIn({ changed }: WhatIfReport): number {
  return changed.reduce((sum, { count }) => sum + count, 0);
}

function headLine(report: WhatIfReport): string {
  const parts = [
    `${plural(report.judged, "decision")} judged`,
    `${grouped(report.same)} the same`,
    `${grouped(changedIn(report))} would change`,
  ];
  if (report.notJudged > 0) parts.push(`${grouped(report.notJudged)} not judged`);
  return parts.join(", ");
}

async function tell(call: Call, report: WhatIfReport): Promise<void> {
  const { io, globals, paint } = call;
  if (globals.json) return io.out.line(JSON.stringify(report));
  if (globals.quiet) return io.out.line(String(changedIn(report)));
  io.out.line(headLine(report));
  if (report.changed.length === 0) return;
  const rows = report.changed.map(({ was, becomes, count, first }) => [
    was,
    becomes,
    grouped(count),
    first
      .slice(0, FIRST_SHOWN)
      .map(({ id }) => id)
      .join(" "),
  ]);
  const head = ["WAS", "BECOMES", "COUNT", "FIRST"];
  io.out.line(["", ...(await tableLines({ head, rows }, terminalWidth(io.out.terminal), paint))].join("\n"));
}

export const policyWhatIf: CommandSpec = {
  name: "policy what-if",
  summary: "what another policy would have decided; reads only",
  about: [
    "Each decision of the log is judged again as it was asked, on what had really happened up to then. -q prints how many would change; exec-kernel why shows one.",
  ],
  args: [{ name: "FILE" }],
  flags: {},
  examples: ["exec-kernel policy what-if .exec-kernel.yml", "exec-kernel policy what-if .exec-kernel.yml --json"],
  exits: ["0 judged, whatever would change", "2 the configuration is wrong"],
  run: async (call) => {
    const { policy, readPolicy } = await proposedPolicy(call, firstArg(call));
    return withWorkspace(call, { readPolicy }, async ({ kernel }) => {
      await tell(call, await kernel.whatIf(policy));
      return 0;
    });
  },
};
