// `audit --json` as a whole process, with its time and the memory that it took at most.

import assert from "node:assert/strict";
import { sandbox } from "./cli.ts";
import type { Sandbox } from "./cli.ts";

export const auditHome: Sandbox = await sandbox({ init: false });

// Loaded before the bin: what only the process itself knows, said as it ends.
const TELL = `process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write("used " + maxRSS + " KB " + (userCPUTime + systemCPUTime) + " us\\n");
})`;
const TELL_USE = `--import=data:text/javascript,${encodeURIComponent(TELL)}`;

/** `durationMs` is the least of wall time and time on a processor. */
export type MeasuredAudit = {
  readonly report: ReadonlyMap<string, unknown>;
  readonly durationMs: number;
  readonly peakMb: number;
};

export async function measuredAudit(path: string): Promise<MeasuredAudit> {
  const startedMs = performance.now();
  const { status, stdout, stderr } = await auditHome.run(["audit", path, "--json"], {
    env: { NODE_OPTIONS: TELL_USE },
  });
  const wallMs = performance.now() - startedMs;
  assert.equal(status, 0, stderr);
  const value: unknown = JSON.parse(stdout);
  assert.ok(typeof value === "object" && value !== null);
  const [, peakKb, workedUs] = /^used (\d+) KB (\d+) us$/m.exec(stderr) ?? [];
  const durationMs = Math.min(wallMs, Number(workedUs) / 1_000);
  return { report: new Map(Object.entries(value)), durationMs, peakMb: Number(peakKb) / 1_024 };
}
