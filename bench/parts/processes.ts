// Several processes on one SQLite file, each as fast as it can: how many decisions a second, and how long one waits.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openSqliteStore } from "../../src/store/index.ts";
import { quantile } from "../measure/statistics.ts";
import { alone, nanoseconds } from "../report/row.ts";
import type { Row } from "../report/row.ts";
import { adopt, kernelOver } from "../workspace.ts";
import type { Part, Setting } from "./setting.ts";

const TOGETHER = 8;

type Writer = { readonly next: () => Promise<string>; readonly go: () => void };

function startWriter(path: string, name: string, durationMs: number): Writer {
  const args = [join(import.meta.dirname, "../writer.ts"), path, name, String(durationMs)];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${name} ended early`);
    return line.value;
  };
  return { next, go: () => child.stdin.end("go\n") };
}

function numbersIn(line: string): readonly number[] {
  const value: unknown = JSON.parse(line);
  return Array.isArray(value) ? value.map(Number) : [];
}

/** Milliseconds of every decision that so many processes made in the time. */
async function waitsOf(processes: number, { effort, folder }: Setting): Promise<readonly number[]> {
  const path = join(folder, `shared-${processes}.db`);
  const store = await openSqliteStore({ path, create: true });
  await adopt(kernelOver(store, "01980000-0000"));
  await store.close();
  const names = Array.from({ length: processes }, (_, index) => `agent-${index}`);
  const writers = names.map((name) => startWriter(path, name, effort.togetherMs));
  for (const { next } of writers) await next();
  for (const { go } of writers) go();
  const waits = await Promise.all(writers.map(async ({ next }) => numbersIn(await next())));
  return waits.flat();
}

export const processes: Part = {
  name: "processes",
  run: async (setting): Promise<readonly Row[]> => {
    const perSecond = (waits: readonly number[]): number => (waits.length * 1_000) / setting.effort.togetherMs;
    const one = await waitsOf(1, setting);
    const many = await waitsOf(TOGETHER, setting);
    const ours = { value: perSecond(many), unit: "per second" } as const;
    const figure = { value: perSecond(one), unit: "per second" } as const;
    const peer = { name: "one process", figure, share: ours.value / figure.value };
    const ns = many.map((ms) => ms * 1e6);
    const [p50, p99, worst] = [0.5, 0.99, 1].map((share) => quantile(ns, share));
    return [
      { what: `${TOGETHER} processes on one file, steps`, ours, peer, absent: null, target: null },
      alone("one step's wait among them", nanoseconds(p50 ?? 0, p99), null),
      alone("the longest wait among them", nanoseconds(worst ?? 0), null),
    ];
  },
};
