// The demo's result as one JSON object, for scripts.

import { allHolds, problemOf, rowsHolding } from "./result.ts";
import { DEMO_POLICY } from "./setting.ts";
import type { DemoResult, Durations } from "./result.ts";

function rounded({ count, p50Ms, p99Ms }: Durations): Durations {
  const micros = (valueMs: number): number => Math.round(valueMs * 1_000) / 1_000;
  return { count, p50Ms: micros(p50Ms), p99Ms: micros(p99Ms) };
}

export function jsonReport(result: DemoResult): string {
  const { seed, processes, sqliteVersion, synchronous, verify, decision, durationMs, storePath, refusal } = result;
  const rows = result.rows.map((row) => {
    const { number, name, without, with: guarded } = row;
    const problem = problemOf(row);
    return {
      number,
      name,
      without: { shown: without.shown, count: without.count },
      with: { shown: guarded.shown, count: guarded.count },
      note: guarded.note.replace(/ +/g, " "),
      holds: problem === null,
      problem,
    };
  });
  const { ok, events, rows: compared, found, headHash } = verify;
  const report = {
    ok: allHolds(result),
    seed,
    processes,
    sqliteVersion,
    synchronous,
    policy: { lineageCostMicros: DEMO_POLICY.budget.lineage.lifetime["costMicros"], modes: DEMO_POLICY.modes },
    rows,
    holding: rowsHolding(result.rows),
    verify: { ok, events, rows: compared, found, headHash },
    decision: { alone: rounded(decision.alone), atOnce: rounded(decision.atOnce) },
    durationMs: Math.round(durationMs),
    store: storePath,
    refusal,
  };
  return `${JSON.stringify(report)}\n`;
}
