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
import { warnBroken } from "../output/broken-chain.ts";
import { eventLine } from "../output/describe-event.ts";
import { readable } from "../output/readable.ts";
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

async function print(call: Call, events: readonly LoggedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { json, quiet } = call.globals;
  const lines: string[] = [];
  for (const { event, hash } of events) {
    if (json) lines.push(JSON.stringify({ ...event, hash }));
    else if (quiet) lines.push(String(event.sequence));
    else lines.push(await readable(event.sequence, () => eventLine(event, call.paint)));
  }
  call.io.out.line(lines.join("\n"));
}

/** Up to where it was looked through, how many were printed, and the first event that is gone from the log's end. */
type SoFar = { readonly end: number; readonly shown: number; readonly goneFrom: number | null };

/** Prints the last events. */
async function printLast(call: Call, kernel: Kernel, keep: Keep, limit: number): Promise<SoFar> {
  const { sequence: end } = await kernel.head();
  let seen = 0;
  const last = await lastEvents(kernel, end, limit, (event) => {
    seen = Math.max(seen, event.sequence);
    return keep(event);
  });
  await print(call, last);
  return { end, shown: last.length, goneFrom: seen < end ? seen + 1 : null };
}

/** Prints what there is from a place on. */
async function printSince(
  call: Call,
  kernel: Kernel,
  keep: Keep,
  { since, limit }: { readonly since: string; readonly limit: number | undefined },
): Promise<SoFar> {
  const { sequence: end } = await kernel.head();
  const start = await startOf(kernel, since, end);
  let [shown, seen] = [0, start];
  const noting: Keep = (event) => {
    seen = event.sequence;
    return keep(event);
  };
  for await (const page of eventsAfter(kernel, start, noting)) {
    const part = limit === undefined ? page : page.slice(0, limit - shown);
    await print(call, part);
    shown += part.length;
    if (shown === limit || call.io.out.closed()) return { end: Math.max(end, start), shown, goneFrom: null };
  }
  return { end: Math.max(end, start), shown, goneFrom: seen < end ? seen + 1 : null };
}

async function follow(call: Call, kernel: Kernel, keep: Keep, from: number, signal: AbortSignal): Promise<void> {
  for (let seen = from; !signal.aborted && !call.io.out.closed();) {
    const found = await kernel.events(seen, LAST);
    await print(
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
  exits: ["0 shown", "1 shown, but the end of the log is gone", "3 a fault: an event is missing or cannot be read"],
  run: async (call) => {
    const keep = keepOf(call.flags.text("code"));
    const limit = wholeOr("--limit", call.flags.text("limit"), 1);
    return withWorkspace(call, {}, ({ kernel }) =>
      untilInterrupted(async (signal) => {
        const since = call.flags.text("since");
        const { end, shown, goneFrom } = await (since === undefined
          ? printLast(call, kernel, keep, limit ?? LAST)
          : printSince(call, kernel, keep, { since, limit }));
        const exit = warnBroken(call, goneFrom);
        if (call.flags.on("follow")) await follow(call, kernel, keep, end, signal);
        else if (shown === 0 && !call.globals.json && !call.globals.quiet)
          call.io.err.line("no event fits. all of them: exec-kernel events --since 0");
        return exit;
      }),
    );
  },
};
