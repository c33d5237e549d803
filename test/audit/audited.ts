// Runs an audit over lines that a test makes up, in a folder of the test file's own.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { auditPaths } from "../../src/audit/index.ts";
import type { Audit, AuditOptions, Report } from "../../src/audit/index.ts";
import { DAY_ONE_POLICY } from "../../src/core/index.ts";

export const folder: string = mkdtempSync(join(tmpdir(), "exec-kernel-audit-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The clock ticks two seconds a look, so that a page is the same each time. */
function ticking(): () => number {
  let ms = 0;
  return () => (ms += 2_000);
}

/** Audits paths under the day-one policy unless told: of both kinds of histories. */
export function auditAll(paths: readonly string[], options: Partial<AuditOptions> = {}): Promise<Audit> {
  const base = { policy: DAY_ONE_POLICY, policyName: "the day-one policy", worstMax: 10, now: ticking() };
  return auditPaths(paths, { ...base, ...options });
}

/** The same where there are task graphs. */
export async function auditOf(paths: readonly string[], options: Partial<AuditOptions> = {}): Promise<Report> {
  const { tasks } = await auditAll(paths, options);
  assert.ok(tasks !== null, "no task graph was found");
  return tasks;
}

let files = 0;

/** Writes lines (objects as JSON, text as it is) and gives the path. */
export function file(lines: readonly (object | string)[]): string {
  files += 1;
  const path = join(folder, `lines-${files}.jsonl`);
  writeFileSync(path, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)) + "\n").join(""));
  return path;
}

/** Audits lines in a file of their own. */
export function audited(lines: readonly (object | string)[], options: Partial<AuditOptions> = {}): Promise<Report> {
  return auditOf([file(lines)], options);
}

/** Findings by code; a code that is absent was not found. */
export function found({ rules }: Report): { readonly [code: string]: number } {
  return Object.fromEntries(rules.map(({ code, findings }) => [code, findings]));
}

/** How often each thing was not judged, by the words that name it. */
export function unjudged({ notJudged }: Report, words: RegExp): number {
  return notJudged.filter(({ what }) => words.test(what)).reduce((sum, { count }) => sum + count, 0);
}

/** A title of its own for each id, with nothing in it that a template masks. */
function titleOf(id: string): string {
  return `the work of ${id.replace(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)))}`;
}

/** A change of a history; minutes count from the first of January 2026, UTC. */
export function change(id: string, from: string | null, to: string, minute: number, more: object = {}): object {
  return { id, from, to, at: time(minute), title: titleOf(id), ...more };
}

/** An issue of a snapshot. */
export function issue(id: string, status: string, madeMinute: number, more: object = {}): object {
  return { id, status, title: titleOf(id), issue_type: "task", created_at: time(madeMinute), ...more };
}

export function time(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
}
