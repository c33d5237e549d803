// rules: every rule with its mode and what it decided, and how often a human said it was wrong. A rule that is wrong too
// often is proposed for observe; nothing changes by itself.

import type { RuleView } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { withWorkspace } from "../context.ts";
import { printList } from "../output/print-list.ts";
import type { Columns } from "../output/table.ts";
import { grouped } from "../output/text.ts";

/** Marks in percent of all that the rule refused or would have refused; `-` where it decided nothing yet. */
function rateOf({ refused, observed, wrong }: RuleView): string {
  const decisions = refused + observed;
  return decisions === 0 ? "-" : `${((100 * wrong) / decisions).toFixed(1)}%`;
}

function columnsOf(rows: readonly RuleView[]): Columns {
  return {
    head: ["RULE", "MODE", "REFUSED", "OBSERVED", "WRONG", "RATE"],
    rows: rows.map((row) => [
      row.rule,
      row.fixed ? `${row.mode}, always` : row.mode,
      grouped(row.refused),
      grouped(row.observed),
      grouped(row.wrong),
      rateOf(row),
    ]),
  };
}

function tellProposals(call: Call, rows: readonly RuleView[]): void {
  if (call.globals.json || call.globals.quiet) return;
  for (const row of rows.filter(({ proposeObserve, mode }) => proposeObserve && mode === "enforce"))
    call.io.err.line(
      `${call.paintErr("yellow", "proposed")} ${row.rule} is wrong in ${rateOf(row)} of its decisions: put \`rules: {${row.rule}: observe}\` in a file and run exec-kernel policy adopt FILE`,
    );
}

export const rules: CommandSpec = {
  name: "rules",
  summary: "every rule: its mode, what it refused or would have, and how often it was wrong",
  about: [
    "A rule that humans marked wrong (exec-kernel wrong) in more than 0.5% of at least 200 decisions is proposed for observe.",
  ],
  args: [],
  flags: {},
  examples: ["exec-kernel rules", "exec-kernel rules --json"],
  run: async (call) =>
    withWorkspace(call, {}, async ({ kernel }) => {
      const items = await kernel.rules();
      const exit = await printList(call, {
        items,
        id: ({ rule }) => rule,
        columns: columnsOf,
        empty: "there are no rules",
      });
      tellProposals(call, items);
      return exit;
    }),
};
