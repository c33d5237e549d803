// pending: refused decisions that wait for a human, oldest first, each with the line that approves it. An unanswered one
// costs nothing and stays refused.

import { said } from "../../core/index.ts";
import type { Event, RecordedDecision } from "../../core/index.ts";
import type { CommandSpec } from "../args/spec.ts";
import { wholeOr } from "../args/values.ts";
import { withWorkspace } from "../context.ts";
import { approvalLine } from "../output/approval.ts";
import { whatHappened } from "../output/what-happened.ts";
import type { Paint } from "../output/paint.ts";
import { printBlocks } from "../output/print-list.ts";
import { findingLine } from "../output/report.ts";
import { ago } from "../output/text.ts";

const SHOWN = 20;
const LABEL_WIDTH = 9;

/** A refusal with what answers it; the form of --json. */
type Waiting = {
  readonly id: string;
  readonly event: Event;
  readonly decision: RecordedDecision;
  readonly approve: string;
};

function blockOf({ id, event, decision, approve }: Waiting, now: number, paint: Paint): readonly string[] {
  const line = (label: string, text: string): string => `  ${paint("dim", label.padEnd(LABEL_WIDTH))}${text}`;
  return [
    `${paint("bold", id)}  ${ago(event.at, now)}  ${said(`${event.kind}:${event.actor}`)}  ${findingLine(decision)}`,
    line("asked", whatHappened(event)),
    line("approve", approve),
  ];
}

function toJson({ id, event, approve }: Waiting): object {
  return { id, ...event, approve };
}

export const pending: CommandSpec = {
  name: "pending",
  summary: "refused decisions that wait for a human, oldest first",
  about: ["exec-kernel approve lets one through, exec-kernel deny ends the waiting."],
  args: [],
  flags: { limit: { value: "N", about: `at most this many (else ${SHOWN})` } },
  examples: ["exec-kernel pending", "exec-kernel pending --json", "exec-kernel -q pending --limit 1"],
  run: async (call) => {
    const limit = wholeOr("--limit", call.flags.text("limit"), 1) ?? SHOWN;
    return withWorkspace(call, {}, async ({ kernel }) => {
      const now = Date.now();
      const items = (await kernel.pending(limit)).flatMap(({ event }): readonly Waiting[] => {
        const { sequence, decision } = event;
        if (decision === null) return [];
        return [{ id: `d-${sequence}`, event, decision, approve: approvalLine(sequence, decision) }];
      });
      return printBlocks(call, {
        items,
        id: ({ id }) => id,
        block: (item) => blockOf(item, now, call.paint),
        json: toJson,
        empty: "nothing waits for a human",
      });
    });
  },
};
