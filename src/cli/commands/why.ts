// why: everything a decision rests on, from the log alone. With --rows the log is folded up to it and the decision is made
// again, which tells what it read and whether these rules still say so.

import { reason, RULES, said } from "../../core/index.ts";
import type { Event, ReasonCode, RecordedDecision } from "../../core/index.ts";
import type { Explanation, Kernel, LoggedEvent, PolicyVersion } from "../../kernel/index.ts";
import { decisionSequence } from "../args/ids.ts";
import { firstArg } from "../args/spec.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { printable } from "../args/words.ts";
import { withWorkspace } from "../context.ts";
import { approvalLine } from "../output/approval.ts";
import { warnBroken } from "../output/broken-chain.ts";
import { whatHappened } from "../output/what-happened.ts";
import { withProgress } from "../output/progress.ts";
import { findingLine } from "../output/report.ts";
import { readable } from "../output/readable.ts";
import { rowLine } from "../output/row-line.ts";
import { terminalWidth } from "../output/table.ts";
import { isoTime } from "../output/text.ts";

const LABEL_WIDTH = 12;
const NEAR = 16;
const ROW_WIDTH = 160;

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

/** The rule behind a code; null for what the command itself could not mean. */
function ruleOf(code: ReasonCode): { readonly rule: string; readonly mode: string } | null {
  const found = RULES.find((rule) => rule.codes.includes(code));
  return found === undefined ? null : { rule: found.name, mode: found.fixed === true ? "enforce, always" : "enforce" };
}

function ruleLine({ verdict, code }: RecordedDecision): readonly Fact[] {
  if (verdict === "granted") return [];
  const found = ruleOf(code);
  return [["rule", found === null ? "none: the command itself could not be done" : `${found.rule} (${found.mode})`]];
}

function policyLine(policy: PolicyVersion | null): string {
  if (policy === null) return "none yet";
  const { sequence, author, at, hash } = policy;
  return `d-${sequence}, adopted by ${author} at ${isoTime(at)}, hash ${hash}`;
}

/** A decision with all that is told of it. */
type Told = LoggedEvent & {
  readonly event: Decided;
  readonly policy: PolicyVersion | null;
  readonly explanation: Explanation | null;
};

function facts({ event, hash, policy }: Told): readonly Fact[] {
  const { decision } = event;
  const numbers = Object.entries(decision.numbers)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
  return [
    ["means", reason(decision.code).means],
    ...ruleLine(decision),
    ...(numbers === "" ? [] : [["numbers", printable(numbers)] as const]),
    ...findings(decision),
    ...decision.next.map((step, index) => ["next", `(${index + 1}) ${step}`] as const),
    ["asked by", askedBy(event)],
    ["asked", whatHappened(event)],
    ["when", isoTime(event.at)],
    ["judged at", `sequence ${decision.judgedAt}`],
    ["policy", policyLine(policy)],
    ["command id", event.commandId],
    ["hash", hash],
  ];
}

const AGREES: { readonly [K in Explanation["agreement"]]: string } = {
  same: "decided again: the same, byte for byte",
  partly: "decided again: the same verdict, code and numbers; the log does not keep all that was asked",
  unknown: "not decided again: the log does not keep what was asked",
  differs: "decided again: otherwise",
};

function tellRows(call: Call, { agreement, problem, rows }: Explanation): void {
  const width = terminalWidth(call.io.out.terminal) ?? ROW_WIDTH;
  const verdict = AGREES[agreement] + (problem === "" ? "" : `: ${printable(problem)}`);
  const head = rows.length === 0 ? [] : [`rows it read, ${rows.length}:`];
  const lines = rows.map(({ key, row }) => `  ${rowLine(key, row, width - 2)}`);
  call.io.out.line([call.paint(agreement === "differs" ? "red" : "green", verdict), ...head, ...lines].join("\n"));
}

function tell(call: Call, told: Told): void {
  const { event, explanation } = told;
  const { decision } = event;
  const colour = decision.verdict === "granted" ? "green" : "red";
  const lines = [`d-${event.sequence}  ${call.paint(colour, decision.verdict)}  ${decision.code}: ${decision.message}`];
  for (const [label, value] of facts(told)) lines.push(`${call.paint("dim", label.padEnd(LABEL_WIDTH))}${value}`);
  if (decision.override === "human")
    lines.push(`only a human can change that: ${approvalLine(event.sequence, decision)}`);
  call.io.out.line(lines.join("\n"));
  if (explanation !== null) tellRows(call, explanation);
}

function json({ event, hash, policy, explanation }: Told): string {
  const { code, verdict } = event.decision;
  const { rule, mode } = (verdict === "refused" ? ruleOf(code) : null) ?? { rule: null, mode: null };
  const about = { means: reason(code).means, rule, mode, policy, hash };
  return JSON.stringify({ id: `d-${event.sequence}`, ...event, ...about, ...explanation });
}

async function explained(call: Call, kernel: Kernel, id: string): Promise<Explanation | null> {
  if (!call.flags.on("rows")) return null;
  return withProgress(call, "events", (onProgress) => kernel.explain(id, onProgress));
}

/** Warns of a broken chain too. */
function exitOf(call: Call, explanation: Explanation | null): number {
  if (explanation === null) return 0;
  const exit = warnBroken(call, explanation.brokenAt);
  return explanation.agreement === "differs" ? 1 : exit;
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
  flags: { rows: { about: "decide it again over the log up to it, and show the rows that it read" } },
  examples: ["exec-kernel why d-2", "exec-kernel why 2 --rows", "exec-kernel why 2 --json"],
  exits: [
    "0 the decision is shown, granted or refused",
    "1 there is no such decision, or with --rows these rules decide otherwise, or the chain is broken",
    "3 a fault: an event is missing or cannot be read",
  ],
  run: async (call) => {
    const sequence = decisionSequence(firstArg(call), call.command);
    return withWorkspace(call, {}, async ({ kernel }) => {
      const id = `d-${sequence}`;
      const found: LoggedEvent | null = await kernel.decision(id);
      if (found === null || !isDecided(found.event)) {
        const message = await noDecision(kernel, sequence);
        if (call.globals.json) call.io.out.line(JSON.stringify({ message, id: null }));
        else call.io.err.line(`exec-kernel why: ${message}`);
        return 1;
      }
      const { event, hash } = found;
      const explanation = await explained(call, kernel, id);
      const told = { event, hash, explanation, policy: await kernel.policyAt(event.sequence) };
      if (call.globals.json) call.io.out.line(json(told));
      else if (call.globals.quiet) call.io.out.line(id);
      else await readable(event.sequence, () => tell(call, told));
      return exitOf(call, explanation);
    });
  },
};
