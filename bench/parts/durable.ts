// A durable decision, one at a time: from the request to the answer, in SQLite, synced. Beside it what the disk asks of
// anyone for one durable write: 4 KB written into a file that has its size already, then fdatasync.

import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Reply } from "../../src/kernel/index.ts";
import { openMemoryStore, openSqliteStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { median } from "../measure/statistics.ts";
import { timed } from "../measure/turns.ts";
import type { Action } from "../measure/turns.ts";
import { alone, singles } from "../report/row.ts";
import type { Row } from "../report/row.ts";
import { adopt, atWork, granted, kernelOver } from "../workspace.ts";
import type { Part, Setting } from "./setting.ts";

const PAGE_BYTES = 4_096;
const PAGES = 1_024;
/** Rounds in memory before any that count: the code is compiled then, as in a kernel that has run for a while. */
const WARM_ROUNDS = 3;
/** On disk the write-ahead log has to reach its size. */
const WARM_DURABLE = 0.2;

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

/** A step and a new task of a workspace in this store. */
async function decisionsIn(store: Store): Promise<{ readonly step: Action; readonly create: Action }> {
  const human = kernelOver(store, "01980000-0000");
  await adopt(human);
  const { agent, step } = await atWork(human, "agent-1");
  let made = 0;
  const create = (): Promise<Reply> => {
    const title = `write part ${(made += 1)}`;
    return granted(human, { type: "create_task", body: { title, text: "as the plan says", kind: "feature" } });
  };
  return { step: () => granted(agent, step()), create };
}

function beside(what: string, ours: readonly number[], write: readonly number[]): Row {
  const peer = { name: "4 KB write + fdatasync", figure: singles(write), share: median(ours) / median(write) };
  return { what, ours: singles(ours), peer, absent: null, target: { kind: "share", value: 1.5 } };
}

async function inMemory({ effort }: Setting): Promise<readonly Row[]> {
  const { step, create } = await decisionsIn(openMemoryStore());
  const warm = effort.durable * WARM_ROUNDS;
  const [steps = [], creates = []] = await timed(effort.durable, warm, [step, create]);
  return [
    alone("a step in memory, from request to answer", singles(steps), null),
    alone("a new task in memory, from request to answer", singles(creates), null),
  ];
}

async function onDisk({ effort, folder }: Setting): Promise<readonly Row[]> {
  const plain = plainWriter(join(folder, "plain"));
  const store = await openSqliteStore({ path: join(folder, "single.db"), create: true });
  const { step, create } = await decisionsIn(store);
  const warm = Math.ceil(effort.durable * WARM_DURABLE);
  const [steps = [], writes = [], creates = []] = await timed(effort.durable, warm, [step, plain.write, create]);
  await store.close();
  plain.close();
  return [beside("a durable step, SQLite", steps, writes), beside("a durable new task, SQLite", creates, writes)];
}

export const durable: Part = {
  name: "durable",
  run: async (setting) => {
    // First: it also compiles the code that both share.
    const here = await inMemory(setting);
    return [...(await onDisk(setting)), ...here];
  },
};
