// The report for machines: one object on one line, times in ISO 8601, and no character in it that a terminal would obey.

import type { Skipped } from "../../formats/index.ts";
import { findingsOf } from "../report.ts";
import type { Range, Report } from "../report.ts";
import { nameOf } from "../steps/history.ts";
import type { RefusedHistory, StepsReport } from "../steps/report.ts";
import type { Trace, TraceRow } from "../steps/trace.ts";
import { refusalLines, verdictOf } from "./step-words.ts";
import { verdictAt } from "./trace-page.ts";

/** JSON leaves these as they are; a terminal may take them for controls, turn the line around, or show nothing of them. */
const DANGEROUS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

type Times = { readonly first: string; readonly last: string } | null;

function iso(atMs: number): string {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}

function isoOrNull(atMs: number | null): string | null {
  return atMs === null ? null : iso(atMs);
}

function timesOf(range: Range): Times {
  return range === null ? null : { first: iso(range.firstMs), last: iso(range.lastMs) };
}

function dated<T extends { readonly range: Range }>({
  range,
  ...rest
}: T): Omit<T, "range"> & { readonly times: Times } {
  return { ...rest, times: timesOf(range) };
}

function tasksMembers(report: Report): object {
  const { files, rules, elapsedMs, ...rest } = dated(report);
  return {
    ...rest,
    findings: findingsOf(report),
    elapsedMs: Math.round(elapsedMs),
    files: files.map(dated),
    rules: rules.map((rule) => ({ ...dated(rule), worst: rule.worst.map(dated) })),
  };
}

function refusedMembers({ atMs, range, code, numbers, ...rest }: RefusedHistory): object {
  return { ...rest, code, numbers, says: verdictOf(code, numbers), at: isoOrNull(atMs), times: timesOf(range) };
}

function stepsMembers(report: StepsReport): object {
  const { worst: _, rules, elapsedMs, sinceMs, ...rest } = dated(report);
  return {
    ...rest,
    since: isoOrNull(sinceMs),
    elapsedMs: Math.round(elapsedMs),
    rules: rules.map((rule) => ({ ...rule, worst: rule.worst.map(refusedMembers) })),
  };
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** The value as JSON that stands on one line and that no terminal obeys. */
export function lineOf(value: object | string): string {
  return JSON.stringify(value).replace(DANGEROUS, escaped);
}

/**
 * Everything that was found, as one line of JSON: of task graphs its members, of transcripts all under `transcripts`;
 * of both the paths that were not read.
 */
export function jsonLine(
  tasks: Report | null,
  steps: StepsReport | null = null,
  skipped: readonly Skipped[] = tasks?.skipped ?? [],
): string {
  const transcripts = steps === null ? {} : { transcripts: stepsMembers(steps) };
  return lineOf({ ...transcripts, ...(tasks === null ? {} : tasksMembers(tasks)), skipped });
}

function rowMembers({ atMs, refused, ...rest }: TraceRow): object {
  const verdict = refused === null ? null : { ...refused, says: verdictOf(refused.code, refused.numbers) };
  return { ...rest, at: isoOrNull(atMs), refused: verdict };
}

/** A few steps of one history, as one line of JSON. */
export function traceJsonLine({ history, target, counted, rows }: Trace): string {
  const { session, agent, files, places, own, firstMs, lastMs } = history;
  const verdict = verdictAt(rows, target);
  const range = firstMs > lastMs ? null : { firstMs, lastMs };
  return lineOf({
    id: nameOf(history),
    session,
    agent,
    files,
    places,
    own,
    times: timesOf(range),
    step: target,
    verdict: verdict === null ? null : { ...verdict, says: verdictOf(verdict.code, verdict.numbers) },
    counted,
    asRead: verdict === null || verdict.mode === "observe" ? null : refusalLines(verdict.code, verdict.numbers),
    ifEnforced: verdict === null ? null : refusalLines(verdict.code, verdict.numbers),
    steps: rows.map(rowMembers),
  });
}
