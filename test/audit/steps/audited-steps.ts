// Runs an audit of steps over sessions that a test makes up, in folders of the test file's own.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditOptions, StepsReport } from "../../../src/audit/index.ts";
import { writeSession } from "../../support/looping-transcripts.ts";
import type { Session } from "../../support/looping-transcripts.ts";
import { auditAll, folder } from "../audited.ts";

let folders = 0;

/** A folder with a file for each session, in the order of their numbers. */
export function nightOf(sessions: readonly Session[]): string {
  folders += 1;
  const night = join(folder, `night-${folders}`);
  for (const [place, session] of sessions.entries())
    writeSession(join(night, `${String(place).padStart(3, "0")}-${session.id}.jsonl`), session);
  return night;
}

/** Audits paths that hold transcripts. */
export async function stepsIn(paths: readonly string[], options: Partial<AuditOptions> = {}): Promise<StepsReport> {
  const { steps } = await auditAll(paths, options);
  assert.ok(steps !== null, "no transcript was found");
  return steps;
}

/** Audits sessions, each in a file of its own. */
export function stepsOf(sessions: readonly Session[], options: Partial<AuditOptions> = {}): Promise<StepsReport> {
  return stepsIn([nightOf(sessions)], options);
}

/** Writes plain rows to a file of their own and gives its path. */
export function rowsFile(name: string, rows: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}
