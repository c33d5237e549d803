// Tells a decision. Granted: one short line on stdout; warnings and what observed rules would have refused on stderr.
// Refused: stderr only, so that stdout never holds anything but results. --json: the decision on stdout whichever it is.

import { reason } from "../../core/index.ts";
import type { Decision, Finding } from "../../core/index.ts";
import type { Reply } from "../../kernel/index.ts";
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
  if (call.globals.quiet || call.globals.json) return;
  for (const one of decision.warnings ?? [])
    call.io.err.line(`${call.paintErr("yellow", "warning")} ${findingLine(one)}`);
  for (const one of decision.wouldHave ?? [])
    call.io.err.line(`${call.paintErr("cyan", "observed")} ${findingLine(one)} (not enforced)`);
}

function tellRefused(call: Call, { decision, id }: Reply): void {
  const { err } = call.io;
  err.line(`${call.paintErr("red", "refused")} ${decision.code}: ${decision.message}`);
  const next = nextLine(decision.next);
  if (next !== null) err.line(next);
  if (decision.override === "human" && id !== null) err.line(`only a human can change that: ${id}`);
}

/** The id that `-q` prints: what was made or changed, else the decision's. */
function idOf({ decision, id }: Reply): string {
  const { result = {} } = decision;
  return String(result["task"] ?? result["agent"] ?? id ?? "");
}

function tellGranted(call: Call, reply: Reply): void {
  const { decision, replayed } = reply;
  if (call.globals.quiet) return call.io.out.line(idOf(reply));
  const dry = call.globals.dryRun ? "dry run, nothing written: " : "";
  call.io.out.line(`${dry}${decision.message}${replayed ? " (replayed: this command id was granted before)" : ""}`);
}

/** Prints the answer to a command and gives its exit code. */
export function report(call: Call, reply: Reply): number {
  const { decision, id, replayed } = reply;
  const exit = reason(decision.code).exit;
  if (call.globals.json) {
    const dryRun = call.globals.dryRun ? { dryRun: true } : {};
    call.io.out.line(JSON.stringify({ ...decision, id, replayed, ...dryRun }));
    return exit;
  }
  if (decision.verdict === "refused") tellRefused(call, reply);
  else tellGranted(call, reply);
  tellExtras(call, decision);
  return exit;
}
