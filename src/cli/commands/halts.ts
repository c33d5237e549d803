// halts: what is halted, by whom, since when and why.

import { said } from "../../core/index.ts";
import type { HaltRow } from "../../core/index.ts";
import type { CommandSpec } from "../args/spec.ts";
import { readable } from "../args/words.ts";
import { withWorkspace } from "../context.ts";
import { kernelTime } from "../kernel-time.ts";
import { printList } from "../output/print-list.ts";
import type { Columns } from "../output/table.ts";
import { ago } from "../output/text.ts";

function columnsOf(halts: readonly HaltRow[], now: number): Columns {
  const rows = halts.map(({ scope, by, at, reason }) => [scope, ago(at, now), said(by), readable(reason)]);
  return { head: ["SCOPE", "HALTED", "BY", "REASON"], rows };
}

export const halts: CommandSpec = {
  name: "halts",
  summary: "what is halted, since when and why",
  args: [],
  flags: {},
  examples: ["exec-kernel halts", "exec-kernel halts --json"],
  run: async (call) =>
    withWorkspace(call, {}, async ({ kernel }) => {
      const now = await kernelTime(kernel);
      return printList(call, {
        items: (await kernel.halts()).filter(({ halted }) => halted),
        id: ({ scope }) => scope,
        columns: (items) => columnsOf(items, now),
        empty: 'nothing is halted. to stop a tree of work: exec-kernel halt lineage/T-1 --reason "..."',
      });
    }),
};
