// The audit of transcripts as a whole process: every call counted, bounded memory, and a speed far below what is measured
// on a quiet machine (docs/benchmarks.md), so that only a real slowdown fails.

import assert from "node:assert/strict";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { measuredAudit, auditHome } from "../support/measured-audit.ts";
import { claudeLines } from "../support/transcripts/claude.ts";

const FILES = 40;
const CALLS = 1_500;
const PEAK_MB = 150;
const LEAST_MB_A_SECOND = 20;

type Made = { readonly folder: string; readonly sizeBytes: number; readonly calls: number };

async function write(folder: string): Promise<Made> {
  mkdirSync(folder);
  let [sizeBytes, calls] = [0, 0];
  for (let seed = 1; seed <= FILES; seed += 1) {
    const lines = claudeLines({ seed, calls: CALLS, resultChars: 4_000, session: `session-${seed}` });
    const counted = function* (): Generator<string> {
      for (let next = lines.next(); ; next = lines.next()) {
        if (next.done === true) {
          calls += next.value.calls;
          return;
        }
        sizeBytes += Buffer.byteLength(next.value);
        yield next.value;
      }
    };
    await pipeline(Readable.from(counted()), createWriteStream(join(folder, `session-${seed}.jsonl`)));
  }
  return { folder, sizeBytes, calls };
}

test(`transcripts are judged in less than ${PEAK_MB} MB, every call of them`, async () => {
  const { folder, sizeBytes, calls } = await write(join(auditHome.project, "nights"));
  const { report, durationMs, peakMb } = await measuredAudit(folder);
  const megabytes = sizeBytes / 1_000_000;
  const pace = megabytes / (durationMs / 1_000);
  console.log(`${megabytes.toFixed(0)} MB, ${calls} calls: ${pace.toFixed(0)} MB/s, ${Math.round(peakMb)} MB`);
  const transcripts = report.get("transcripts");
  assert.ok(typeof transcripts === "object" && transcripts !== null && "total" in transcripts);
  const { total } = transcripts;
  assert.ok(typeof total === "object" && total !== null && "steps" in total && typeof total.steps === "number");
  assert.ok(total.steps >= calls, `${total.steps} steps of ${calls} calls`);
  assert.ok(peakMb < PEAK_MB, `took ${Math.round(peakMb)} MB`);
  assert.ok(pace > LEAST_MB_A_SECOND, `${pace.toFixed(0)} MB/s`);
});
