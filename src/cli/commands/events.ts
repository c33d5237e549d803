// events: the log, one line an event; -f goes on as it grows.

import { setTimeout } from "node:timers/promises";
import { isReasonCode, REASONS } from "../../core/index.ts";
import type { Event } from "../../core/index.ts";
import type { Kernel, LoggedEvent } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { timeOf, whole, wholeOr } from "../args/values.ts";
import { quoted, suggestion } from "../args/words.ts";
import { withWorkspace } from "../context.ts";
import { untilInterrupted } from "../interrupt.ts";
import { eventLine } from "../output/describe-event.ts";
import { eventsAfter, lastEvents, sequenceBefore } from "../read-events.ts";
import type { Keep } from "../read-events.ts";

const LAST = 50;
const POLL_MS = 250;

/** A code, or the area before its dot; observed and warned codes count too. */
function keepOf(code: string | undefined): Keep {
  if (code === undefined) return () => true;
  const codes = Object.keys(REASONS);
  const isArea = codes.some((known) => known.startsWith(`${code}.`));
  if (!isArea && !isReasonCode(code))
    throw new UsageError(`there is no code ${quoted(code)}${suggestion(code, codes, "docs/reasons.md")}`, "events");
  const fits = (one: string): boolean => one === code || one.startsWith(`${code}.`);
  return ({ decision }: Event) =>
    decision !== null &&
    [decision, ...(decision.wouldHave ?? []), ...(decision.warnings ?? [])].some((one) => fits(one.code));
}

async function startOf(kernel: Kernel, since: string, end: number): Promise<number> {
  const at = timeOf("--since", since);
  if (at !== null) return sequenceBefore(kernel, at, end);
  if (!/^\d+$/.test(since))
    throw new UsageError(
      `--since ${quoted(since)} is neither a sequence such as 17 nor a time such as 2026-01-31T10:00Z`,
      "events",
    );
  return whole("--since", since);
}

function print(call: Call, events: readonly LoggedEvent[]): void {
  if (events.length === 0) return;
  const { json, quiet } = call.globals;
  const lines = events.map(({ event, hash }) => {
    if (json) return JSON.stringify({ ...event, hash });
    return quiet ? String(event.sequence) : eventLine(event, call.paint);
  });
  call.io.out.line(lines.join("\n"));
}

/** Prints what there is and gives the sequence up to which it was looked through, and how many were printed. */
async function printSoFar(
  call: Call,
  kernel: Kernel,
  keep: Keep,
  limit: number | undefined,
): Promise<{ readonly end: number; readonly shown: number }> {
  const { sequence: end } = await kernel.head();
  const since = call.flags.text("since");
  if (since === undefined) {
    const last = await lastEvents(kernel, end, limit ?? LAST, keep);
    print(call, last);
    return { end, shown: last.length };
  }
  const start = await startOf(kernel, since, end);
  let shown = 0;
  for await (const page of eventsAfter(kernel, start, keep)) {
    const part = limit === undefined ? page : page.slice(0, limit - shown);
    print(call, part);
    shown += part.length;
    if (shown === limit || call.io.out.closed()) break;
  }
  return { end: Math.max(end, start), shown };
}

async function follow(call: Call, kernel: Kernel, keep: Keep, from: number, signal: AbortSignal): Promise<void> {
  for (let seen = from; !signal.aborted && !call.io.out.closed();) {
    const found = await kernel.events(seen, LAST);
    print(
      call,
      found.filter(({ event }) => keep(event)),
    );
    seen = found.at(-1)?.event.sequence ?? seen;
    if (found.length === 0) await setTimeout(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

export const events: CommandSpec = {
  name: "events",
  summary: "the log, one line an event; -f follows it",
  about: [
    "Without --since the last 50 are shown, or the last --limit; with it all that follow, or the first --limit of them.",
  ],
  args: [],
  flags: {
    follow: { short: "f", about: "go on as the log grows, until Ctrl-C" },
    since: { value: "SEQ|TIME", about: "only after this sequence, or from this time on (ISO, UTC)" },
    code: { value: "CODE", about: "only decisions with this reason code, or of an area such as lineage" },
    limit: { value: "N", about: "at most this many" },
  },
  examples: [
    "exec-kernel events",
    "exec-kernel events --since 0 --json",
    "exec-kernel events --code lineage --limit 5",
    "exec-kernel events --since 2026-01-31T10:00Z",
  ],
  run: async (call) => {
    const keep = keepOf(call.flags.text("code"));
    const limit = wholeOr("--limit", call.flags.text("limit"), 1);
    return withWorkspace(call, {}, ({ kernel }) =>
      untilInterrupted(async (signal) => {
        const { end, shown } = await printSoFar(call, kernel, keep, limit);
        if (call.flags.on("follow")) await follow(call, kernel, keep, end, signal);
        else if (shown === 0 && !call.globals.json && !call.globals.quiet)
          call.io.err.line("no event fits. all of them: exec-kernel events --since 0");
        return 0;
      }),
    );
  },
};
