// Where and when it was measured: figures of two machines, or of a busy one, do not compare.

import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

export type Machine = {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGiB: number;
  readonly os: string;
  readonly node: string;
  /** Processes that wanted to run when it began, over a minute. */
  readonly load: number;
  /** UTC day. */
  readonly date: string;
};

export function machine(): Machine {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()}`,
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    date: new Date().toISOString().slice(0, 10),
  };
}

export function describe({ cores, cpu, memoryGiB, os, node, load, date }: Machine): string {
  return `${date}, ${cores} cores (${cpu}), ${memoryGiB} GiB, ${os}, node ${node.slice(1)}, load ${load} at the start`;
}
