// why: everything a decision rests on, from the log alone.

import { reason, said } from "../../core/index.ts";
import type { Event, RecordedDecision } from "../../core/index.ts";
import type { Kernel, LoggedEvent } from "../../kernel/index.ts";
import { decisionSequence } from "../args/ids.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { printable } from "../args/words.ts";
import { withWorkspace } from "../context.ts";
import { approvalLine } from "../output/approval.ts";
import { whatHappened } from "../output/what-happened.ts";
import { findingLine } from "../output/report.ts";
import { isoTime } from "../output/text.ts";

const LABEL_WIDTH = 12;
const NEAR = 16;

type Decided = Event & { readonly decision: RecordedDecision };

function isDecided(event: Event): event is Decided {
  return event.decision !== null;
}

type Fact = readonly [label: string, value: string];

function askedBy({ kind, actor, proven, run, fence }: Event): string {
  const parts = [said(`${kind}:${actor}`), kind, proven ? "proven" : "not proven: only the environment said so"];
  if (run !== null) parts.push(`run ${run}`);
  if (fence !== null) parts.push(`fence ${fence}`);
  return parts.join(", ");
}

/** What was found beside the verdict, and what came of the step that a settlement asked for. */
function findings({ warnings, wouldHave, waived, nextRefused: then }: RecordedDecision): readonly Fact[] {
  return [
    ...(warnings ?? []).map((one) => ["warning", findingLine(one)] as const),
    ...(wouldHave ?? []).map((one) => ["observed", `${findingLine(one)} (not enforced)`] as const),
    ...(waived ?? []).map((one) => ["waived", `${findingLine(one)} (a human let this request through)`] as const),
    ...(then === undefined ? [] : [["then", `the next step was refused: ${then.code}: ${then.message}`] as const]),
  ];
}

function facts(event: Decided, hash: string): readonly Fact[] {
  const { decision } = event;
  const numbers = Object.entries(decision.numbers)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
  return [
    ["means", reason(decision.code).means],
    ...(numbers === "" ? [] : [["numbers", printable(numbers)] as const]),
    ...findings(decision),
    ...decision.next.map((step, index) => ["next", `(${index + 1}) ${step}`] as const),
    ["asked by", askedBy(event)],
    ["asked", whatHappened(event)],
    ["when", isoTime(event.at)],
    ["judged at", `sequence ${decision.judgedAt}`],
    ["policy", decision.policyHash === "" ? "none yet" : decision.policyHash],
    ["command id", event.commandId],
    ["hash", hash],
  ];
}

function tell(call: Call, event: Decided, hash: string): void {
  const { decision } = event;
  const colour = decision.verdict === "granted" ? "green" : "red";
  const lines = [`d-${event.sequence}  ${call.paint(colour, decision.verdict)}  ${decision.code}: ${decision.message}`];
  for (const [label, value] of facts(event, hash))
    lines.push(`${call.paint("dim", label.padEnd(LABEL_WIDTH))}${value}`);
  if (decision.override === "human")
    lines.push(`only a human can change that: ${approvalLine(event.sequence, decision)}`);
  call.io.out.line(lines.join("\n"));
}

/** The decision that had this event as its consequence: it stands near and has the same command id. */
async function causeOf(kernel: Kernel, sequence: number, { commandId }: Event): Promise<number | null> {
  const near = await kernel.events(Math.max(0, sequence - NEAR), 2 * NEAR);
  return near.find(({ event }) => event.commandId === commandId && isDecided(event))?.event.sequence ?? null;
}

async function noDecision(kernel: Kernel, sequence: number): Promise<string> {
  const { sequence: end } = await kernel.head();
  const [found] = sequence === 0 || sequence > end ? [] : await kernel.events(sequence - 1, 1);
  if (found === undefined) return `there is no decision d-${sequence}: the log ends at ${end}`;
  const cause = await causeOf(kernel, sequence, found.event);
  return `event ${sequence} (${whatHappened(found.event)}) is a consequence${cause === null ? "" : `: exec-kernel why d-${cause}`}`;
}

export const why: CommandSpec = {
  name: "why",
  summary: "what a decision rests on",
  args: [{ name: "DECISION" }],
  flags: {},
  examples: ["exec-kernel why d-2", "exec-kernel why 2 --json"],
  exits: ["0 the decision is shown, granted or refused", "1 there is no such decision"],
  run: async (call) => {
    const sequence = decisionSequence(firstArg(call), call.command);
    return withWorkspace(call, {}, async ({ kernel }) => {
      const found: LoggedEvent | null = await kernel.decision(`d-${sequence}`);
      if (found === null || !isDecided(found.event)) {
        const message = await noDecision(kernel, sequence);
        if (call.globals.json) call.io.out.line(JSON.stringify({ message, id: null }));
        else call.io.err.line(`exec-kernel why: ${message}`);
        return 1;
      }
      const { event, hash } = found;
      if (call.globals.json)
        call.io.out.line(
          JSON.stringify({ id: `d-${event.sequence}`, ...event, means: reason(event.decision.code).means, hash }),
        );
      else if (call.globals.quiet) call.io.out.line(`d-${event.sequence}`);
      else tell(call, event, hash);
      return 0;
    });
  },
};
