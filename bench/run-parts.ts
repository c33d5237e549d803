// Runs parts of the benchmark one after the other, each in a process and a folder of its own, and gathers their rows.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Effort } from "./measure/effort.ts";
import type { Setting } from "./parts/index.ts";
import type { Row } from "./report/row.ts";
import type { Seed } from "./seed/seed.ts";

// The folder for temporary files may lie in memory; the project lies on a disk.
const CACHE = join(import.meta.dirname, "../node_modules/.cache");
const EXPOSE_GC = "--expose-gc";

/** A part ended early; it has said why. */
export class PartFailed extends Error {
  override name = "PartFailed";
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && "what" in value && "ours" in value && "target" in value;
}

function rowsIn(line: string): readonly Row[] {
  const value: unknown = JSON.parse(line);
  if (Array.isArray(value) && value.every(isRow)) return value;
  throw new Error("a part answered no rows");
}

/** Extra certificates and options of node slow or change every start. */
function plainEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(NODE_|EXEC_KERNEL_)/.test(name));
  return Object.fromEntries(kept);
}

async function runPart(name: string, setting: Setting): Promise<readonly Row[]> {
  const args = [EXPOSE_GC, join(import.meta.dirname, "part.ts"), name, JSON.stringify(setting)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], env: plainEnv() });
  const [said, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (status !== 0) throw new PartFailed(`part ${name} failed, status ${String(status)}`);
  return rowsIn(said);
}

/** The rows of these parts, in order; `onDone` hears of each part that is through. */
export async function runParts(
  names: readonly string[],
  effort: Effort,
  seed: Seed | null,
  onDone: (name: string, seconds: number) => void,
): Promise<readonly Row[]> {
  mkdirSync(CACHE, { recursive: true });
  const rows: Row[] = [];
  for (const name of names) {
    const folder = mkdtempSync(join(CACHE, "bench-"));
    const startedMs = performance.now();
    try {
      rows.push(...(await runPart(name, { effort, seed, folder })));
    } finally {
      rmSync(folder, { recursive: true });
    }
    onDone(name, (performance.now() - startedMs) / 1_000);
  }
  return rows;
}
