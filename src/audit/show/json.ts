// The report for machines: one object on one line, times in ISO 8601, and no character in it that a terminal would obey.

import { findingsOf } from "../report.ts";
import type { Range, Report } from "../report.ts";

/** JSON leaves these as they are; a terminal may take them for controls or turn the line around. */
const DANGEROUS = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

type Times = { readonly first: string; readonly last: string } | null;

function iso(atMs: number): string {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
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

/** Everything that was found, as one line of JSON. */
export function jsonLine(report: Report): string {
  const { files, rules, elapsedMs, ...rest } = dated(report);
  const shown = {
    ...rest,
    findings: findingsOf(report),
    elapsedMs: Math.round(elapsedMs),
    files: files.map(dated),
    rules: rules.map((rule) => ({ ...dated(rule), worst: rule.worst.map(dated) })),
  };
  return JSON.stringify(shown).replace(
    DANGEROUS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
