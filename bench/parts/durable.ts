// A durable decision, one at a time: from the request to the answer, in SQLite, synced. Beside it what the disk asks of
// anyone for one durable write: 4 KB written into a file that has its size already, then fdatasync.

import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openMemoryStore, openSqliteStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { median, quantile } from "../measure/statistics.ts";
import { alone, nanoseconds } from "../report/row.ts";
import type { Figure, Row } from "../report/row.ts";
import { adopt, atWork, granted, kernelOver } from "../workspace.ts";
import type { Part, Setting } from "./setting.ts";

const PAGE_BYTES = 4_096;
const PAGES = 1_024;
/** Rounds before it counts: code is compiled, and the write-ahead log has its size. */
const WARM_SHARE = 0.4;

type PlainWriter = { readonly write: () => void; readonly close: () => void };

function plainWriter(path: string): PlainWriter {
  const file = openSync(path, "w");
  const page = Buffer.alloc(PAGE_BYTES, 7);
  for (let at = 0; at < PAGES; at += 1) writeSync(file, page, 0, PAGE_BYTES, at * PAGE_BYTES);
  fsyncSync(file);
  let written = 0;
  const write = (): void => {
    writeSync(file, page, 0, PAGE_BYTES, (written++ % PAGES) * PAGE_BYTES);
    fdatasyncSync(file);
  };
  return { write, close: () => closeSync(file) };
}

/** Nanoseconds of each of `count` rounds, action by action, after the warm ones. */
async function timed(count: number, actions: readonly (() => unknown)[]): Promise<readonly (readonly number[])[]> {
  const ns = actions.map((): number[] => []);
  const warm = Math.ceil(count * WARM_SHARE);
  for (let round = 0; round < warm + count; round += 1) {
    for (const [index, action] of actions.entries()) {
      const startedMs = performance.now();
      await action();
      if (round >= warm) ns[index]?.push((performance.now() - startedMs) * 1e6);
    }
  }
  return ns;
}

/** A step and a new task in turns on this store, and what `beside` does between them. */
async function decisions(store: Store, count: number, beside: () => void): Promise<readonly (readonly number[])[]> {
  const human = kernelOver(store, "01980000-0000");
  await adopt(human);
  const { agent, step } = await atWork(human, "agent-1");
  let made = 0;
  const create = () =>
    granted(human, {
      type: "create_task",
      body: { title: `write part ${(made += 1)}`, text: "as the plan says", kind: "feature" },
    });
  return await timed(count, [() => granted(agent, step), beside, create]);
}

function figure(ns: readonly number[]): Figure {
  return nanoseconds(median(ns), quantile(ns, 0.99));
}

function besideWrite(what: string, ours: readonly number[], write: readonly number[]): Row {
  const shares = median(ours) / median(write);
  const peer = { name: "4 KB write + fdatasync", figure: figure(write), share: shares };
  return { what, ours: figure(ours), peer, absent: null, target: { kind: "share", value: 2 } };
}

export const durable: Part = {
  name: "durable",
  run: async ({ effort, folder }: Setting) => {
    const plain = plainWriter(join(folder, "plain"));
    const store = await openSqliteStore({ path: join(folder, "single.db"), create: true });
    const [steps = [], writes = [], creates = []] = await decisions(store, effort.durable, plain.write);
    await store.close();
    plain.close();
    const [stepsHere = [], , createsHere = []] = await decisions(openMemoryStore(), effort.durable, () => undefined);
    return [
      besideWrite("durable decision, SQLite: a step", steps, writes),
      besideWrite("durable decision, SQLite: a new task", creates, writes),
      alone("the same without a disk, in memory: a step", figure(stepsHere), null),
      alone("the same without a disk, in memory: a new task", figure(createsHere), null),
    ];
  },
};
