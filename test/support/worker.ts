// A worker process from inside: it opens the shared store, waits to be told to go, and writes each answer to stdout, as one
// line in one write, after its commit. Command ids say who asked, so that answers can be found in the log.

import { openSync, writeSync } from "node:fs";
import { once } from "node:events";
import type { Policy } from "../../src/core/index.ts";
import { recordHistory } from "../../src/kernel/index.ts";
import type { Kernel, Reply, Request } from "../../src/kernel/index.ts";
import { isPostgresUrl, openPostgresStore, openSqliteStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { agentActor, bench } from "./kernels.ts";

/** Asks as one agent and tells the answer. */
export type Ask = (request: Request) => Promise<Reply["decision"]>;

export type Worker = {
  /** This agent's hand; `life` tells its command ids from those of other lives. */
  readonly as: (agent: string, life: string) => Ask;
  readonly close: () => Promise<void>;
};

export type WorkerOptions = {
  /** A file, or a URL. */
  readonly path: string;
  readonly policy?: Policy;
  /** The worker's clock runs so far ahead of the machine's. */
  readonly offsetMs?: number;
  /** Where its calls and answers are written down, and as whose. */
  readonly history?: { readonly path: string; readonly process: string };
};

/** Every line is one write to the end of the file, which all processes share. */
function recorded(kernel: Kernel, { path, process }: NonNullable<WorkerOptions["history"]>): Kernel {
  const file = openSync(path, "a");
  return recordHistory(kernel, (line) => void writeSync(file, `${line}\n`), { process });
}

function tell({ id, decision }: Reply): void {
  const { verdict, code, commandId, result = null } = decision;
  writeSync(1, `${JSON.stringify({ id, verdict, code, commandId, result })}\n`);
}

/** As tests open it: on a server that may be forgetful. */
function openStore(path: string): Promise<Store> {
  return isPostgresUrl(path) ? openPostgresStore({ url: path, unsafe: true }) : openSqliteStore({ path });
}

export async function openWorker({ path, policy, offsetMs = 0, history }: WorkerOptions): Promise<Worker> {
  const store = await openStore(path);
  const { human, clock } = await bench({ store, init: false, ...(policy === undefined ? {} : { policy }) });
  writeSync(1, "ready\n");
  await once(process.stdin, "data");
  const all = history === undefined ? human : recorded(human, history);
  const as = (agent: string, life: string): Ask => {
    const kernel = all.as(agentActor(agent));
    let asked = 0;
    return async (request) => {
      clock.now = Date.now() + offsetMs;
      asked += 1;
      const commandId = request.commandId ?? `${agent}-${life}-${asked}`;
      const reply = await kernel.submit({ ...request, commandId });
      tell(reply);
      return reply.decision;
    };
  };
  return { as, close: () => store.close() };
}
