// policy what-if: judges the past under another policy. Reads only: it tells what a file would have changed before it is
// adopted.

import { said } from "../../core/index.ts";
import type { WhatIfCase, WhatIfReport } from "../../kernel/index.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";
import { warnBroken } from "../output/broken-chain.ts";
import { tableLines, terminalWidth } from "../output/table.ts";
import { withProgress } from "../output/progress.ts";
import { sumsLine } from "../output/sums.ts";
import { readable } from "../args/words.ts";
import { grouped, isoTime, plural } from "../output/text.ts";
import { proposedPolicy } from "../proposed-policy.ts";

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

/** What the changes come to, where anything was to be spent. */
function sumLines({ notSpent, asked }: WhatIfReport): readonly string[] {
  const [less, more] = [sumsLine(notSpent), sumsLine(asked)];
  return [
    ...(less === "" ? [] : [`not spent on what was granted and would be refused: ${less}`]),
    ...(more === "" ? [] : [`asked for by what was refused and would be granted: ${more}`]),
  ];
}

function caseLine({ id, at, actor, task, title }: WhatIfCase): string {
  const about = [task, title === null ? null : `"${title}"`].filter((word) => word !== null);
  return readable([`  ${id}`, isoTime(at), said(actor), ...about].join("  "));
}

function caseLines({ changed }: WhatIfReport): readonly string[] {
  return changed.flatMap(({ was, becomes, count, first }) => {
    const more = count > first.length ? [`  and ${grouped(count - first.length)} more`] : [];
    return ["", `${was} -> ${becomes}`, ...first.map(caseLine), ...more];
  });
}

async function tell(call: Call, report: WhatIfReport): Promise<void> {
  const { io, globals, paint } = call;
  if (globals.json) return io.out.line(JSON.stringify(report));
  if (globals.quiet) return io.out.line(String(changedIn(report)));
  io.out.line([headLine(report), ...sumLines(report)].join("\n"));
  if (report.changed.length === 0) return;
  const rows = report.changed.map(({ was, becomes, count, notSpent, asked }) => [
    was,
    becomes,
    grouped(count),
    sumsLine(notSpent) || "-",
    sumsLine(asked) || "-",
  ]);
  const head = ["WAS", "BECOMES", "COUNT", "NOT SPENT", "ASKED"];
  const table = await tableLines({ head, rows }, terminalWidth(io.out.terminal), paint);
  io.out.line(["", ...table, ...caseLines(report)].join("\n"));
}

export const policyWhatIf: CommandSpec = {
  name: "policy what-if",
  summary: "what another policy would have decided; reads only",
  about: [
    "Each decision of the log is judged again as it was asked, on what had really happened up to then; what was spent on the strength of a grant that would be refused is summed. -q prints how many would change; exec-kernel why shows one.",
  ],
  args: [{ name: "FILE" }],
  flags: {},
  examples: ["exec-kernel policy what-if .exec-kernel.yml", "exec-kernel policy what-if .exec-kernel.yml --json"],
  exits: [
    "0 judged, whatever would change",
    "1 judged, but the chain is broken",
    "2 the configuration is wrong",
    "3 a fault: an event is missing or cannot be read",
  ],
  run: async (call) => {
    const { policy, readPolicy } = await proposedPolicy(call, firstArg(call));
    return withWorkspace(call, { readPolicy }, async ({ kernel }) => {
      const report = await withProgress(call, "events", (onProgress) => kernel.whatIf(policy, onProgress));
      await tell(call, report);
      return warnBroken(call, report.brokenAt);
    });
  },
};
