// Tells a decision. Granted: one short line on stdout; warnings and what observed rules would have refused on stderr.
// Refused: stderr only, so that stdout never holds anything but results. --json: the decision on stdout whichever it is.

import { canBeWaived, reason } from "../../core/index.ts";
import type { Decision, Finding } from "../../core/index.ts";
import type { Reply } from "../../kernel/index.ts";
import { nextApproval } from "./approval.ts";
import type { Call } from "../args/spec.ts";

/** What a finding says, in the words of the reason table. */
export function findingLine({ code, numbers }: Finding): string {
  return `${code}: ${reason(code).says(numbers)}`;
}

/** The legal next steps as one line, or null where there are none. */
export function nextLine(next: readonly string[]): string | null {
  if (next.length === 0) return null;
  return `legal now: ${next.map((step, index) => `(${index + 1}) ${step}`).join("; ")}`;
}

function tellExtras(call: Call, decision: Decision): void {
  if (call.globals.quiet) return;
  for (const one of decision.warnings ?? [])
    call.io.err.line(`${call.paintErr("yellow", "warning")} ${findingLine(one)}`);
  for (const one of decision.wouldHave ?? [])
    call.io.err.line(`${call.paintErr("cyan", "observed")} ${findingLine(one)} (not enforced)`);
  for (const one of decision.waived ?? [])
    call.io.err.line(`${call.paintErr("cyan", "waived")} ${findingLine(one)} (a human let this request through)`);
}

/** A settlement stands; the step that was to come after it was refused. */
function tellThen(call: Call, { nextRefused: then }: Decision): void {
  if (then === undefined) return;
  call.io.err.line(`${call.paintErr("red", "refused")} the next step, ${then.code}: ${then.message}`);
  const next = nextLine(then.next);
  if (next !== null) call.io.err.line(next);
}

/** What the approval did not lift: another limit may be as full. */
function tellStill(call: Call, { stillRefused = [] }: Reply): void {
  if (call.globals.quiet) return;
  for (const one of stillRefused) {
    call.io.err.line(`${call.paintErr("yellow", "still refused")} ${one.code}: ${one.message}`);
    const next = one.override === "human" ? nextApproval(one) : nextLine(one.next);
    if (next !== null) call.io.err.line(next);
  }
}

function tellRefused(call: Call, { decision, id }: Reply): void {
  const { err } = call.io;
  err.line(`${call.paintErr("red", "refused")} ${decision.code}: ${decision.message}`);
  const next = nextLine(decision.next);
  if (next !== null) err.line(next);
  if (canBeWaived(decision.code) && id !== null) err.line(`only a human can change that: ${id}`);
}

const IDS = ["next", "reservation", "run", "task", "agent"] as const;

/** The id that `-q` prints: what was made or changed, else the decision's. */
function idOf({ decision, id }: Reply): string {
  const { result = {} } = decision;
  const name = IDS.find((one) => result[one] !== undefined);
  return String(name === undefined ? (id ?? "") : result[name]);
}

function tellGranted(call: Call, reply: Reply): void {
  const { decision, replayed } = reply;
  if (call.globals.quiet) {
    // A sweep that found nothing has no id: cron would mail an empty line.
    const id = idOf(reply);
    return id === "" ? undefined : call.io.out.line(id);
  }
  const dry = call.globals.dryRun ? "dry run, nothing written: " : "";
  const next = decision.result?.["next"];
  const also = next === undefined ? "" : `; ${next} reserved`;
  call.io.out.line(
    `${dry}${decision.message}${also}${replayed ? " (replayed: this command id was granted before)" : ""}`,
  );
}

/** What a command tells beside its answer: lines for people, fields for machines, notes on stderr for both. */
export type Beside = {
  readonly lines: readonly string[];
  readonly fields: { readonly [name: string]: unknown };
  readonly notes?: readonly string[];
};

const NOTHING_BESIDE: Beside = { lines: [], fields: {} };

function fieldsOf({ globals }: Call, { decision, ...reply }: Reply): object {
  return { ...decision, ...reply, ...(globals.dryRun ? { dryRun: true } : {}) };
}

/** Prints the answer to a command and gives its exit code: that of what was asked last, where a part was refused. */
export function report(call: Call, reply: Reply, beside: Beside = NOTHING_BESIDE): number {
  const { decision } = reply;
  const { exit } = reason(decision.nextRefused?.code ?? decision.code);
  if (!call.globals.quiet) for (const note of beside.notes ?? []) call.io.err.line(`note: ${note}`);
  if (call.globals.json) {
    call.io.out.line(JSON.stringify({ ...fieldsOf(call, reply), ...beside.fields }));
    return exit;
  }
  if (decision.verdict === "refused") tellRefused(call, reply);
  else tellGranted(call, reply);
  tellThen(call, decision);
  tellStill(call, reply);
  if (!call.globals.quiet) for (const line of beside.lines) call.io.out.line(line);
  tellExtras(call, decision);
  return exit;
}
