// A worker process from inside: it opens the shared store, waits to be told to go, and writes each answer to stdout, as one
// line in one write, after its commit. Command ids say who asked, so that answers can be found in the log.

import { writeSync } from "node:fs";
import { once } from "node:events";
import type { Policy } from "../../src/core/index.ts";
import type { Reply, Request } from "../../src/kernel/index.ts";
import { isPostgresUrl, openPostgresStore, openSqliteStore } from "../../src/store/index.ts";
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
};

function tell({ id, decision }: Reply): void {
  const { verdict, code, commandId, result = null } = decision;
  writeSync(1, `${JSON.stringify({ id, verdict, code, commandId, result })}\n`);
}

export async function openWorker({ path, policy, offsetMs = 0 }: WorkerOptions): Promise<Worker> {
  const store = await (isPostgresUrl(path)
    ? openPostgresStore({ url: path, unsafe: true })
    : openSqliteStore({ path }));
  const { human, clock } = await bench({ store, init: false, ...(policy === undefined ? {} : { policy }) });
  writeSync(1, "ready\n");
  await once(process.stdin, "data");
  const as = (agent: string, life: string): Ask => {
    const kernel = human.as(agentActor(agent));
    let asked = 0;
    return async (request) => {
      clock.now = Date.now() + offsetMs;
      asked += 1;
      const reply = await kernel.submit({ ...request, commandId: `${agent}-${life}-${asked}` });
      tell(reply);
      return reply.decision;
    };
  };
  return { as, close: () => store.close() };
}
