// One life of a writer process, from its start to its death: what it asked, what it was answered, how long the first
// answer took.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { linesOf } from "./orders.ts";
import type { Answered, Asked, Orders, Point } from "./orders.ts";

export type Life = {
  readonly asked: readonly Asked[];
  readonly answered: readonly Answered[];
  /** Where in a transaction it ended itself; null where it was killed from outside. */
  readonly point: Point | null;
  /** Milliseconds from the process's start to its first answer; null where it died before. */
  readonly recoveryMs: number | null;
  /** What it said of itself; empty but for a defect. */
  readonly errors: string;
};

/** So long after its first answer a writer is killed anyway: its point was too far away. */
const LIFE_MAX_MS = 3_000;
/** Starting takes long on a busy machine, and dying at the start proves little. */
const START_MAX_MS = 60_000;

/** Starts a writer and lets it live until its death comes. */
export async function live(orders: Orders): Promise<Life> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, "writer.ts")], { stdio: ["pipe", "pipe", "pipe"] });
  // It may be gone before it is told anything.
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  const { death } = orders;
  let [output, errors] = ["", ""];
  let recoveryMs: number | null = null;
  let lines = 0;
  let timer = setTimeout(() => child.kill("SIGKILL"), START_MAX_MS);
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
    const before = lines;
    lines += chunk.split("\n").length - 1;
    if (recoveryMs === null && output.includes('\n{"answered"')) {
      recoveryMs = performance.now() - startedMs;
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), LIFE_MAX_MS);
    }
    if (death.by === "parent" && before < death.lines && lines >= death.lines)
      setTimeout(() => child.kill("SIGKILL"), death.delayMs);
  });
  const signal = await new Promise<string | null>((resolve) => child.on("close", (_, ended) => resolve(ended)));
  clearTimeout(timer);
  if (signal !== "SIGKILL") errors += `\nit ended by itself (${String(signal)})`;
  const told = linesOf(output);
  const asked = told.flatMap((line) => ("asked" in line ? [line.asked] : []));
  const answered = told.flatMap((line) => ("answered" in line ? [line.answered] : []));
  const point = told.flatMap((line) => ("dying" in line ? [line.dying] : []))[0] ?? null;
  return { asked, answered, point, recoveryMs, errors: signal === "SIGKILL" ? "" : errors.trim() };
}

/** What was asked and never answered: whoever asked has to ask again. */
export function unanswered({ asked, answered }: Life): readonly Asked[] {
  const known = new Set(answered.map(({ commandId }) => commandId));
  return asked.filter(({ request }) => !known.has(request.commandId));
}
