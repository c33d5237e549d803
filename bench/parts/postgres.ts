// Many agents at once over PostgreSQL, every commit on its disk: ours, whose commands are gathered into transactions of one
// question each, and the same kernel over a store as one would first write it. The server is a real one, on this machine.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { commandKey } from "../../src/core/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";
import { openPostgresStore } from "../../src/store/index.ts";
import { openCommitThread } from "../../src/thread/index.ts";
import { crowdAt, perSecond } from "../crowd.ts";
import { makeNaiveTables, naiveStore } from "../peers/naive-postgres.ts";
import { alone, singles } from "../report/row.ts";
import type { Figure, Row } from "../report/row.ts";
import { adopt, kernelOver } from "../workspace.ts";
import type { Part, Setting } from "./setting.ts";

const AGENTS = 64;
const PER_SECOND_LEAST = 8_000;
const TIMES_LEAST = 10;
const PASSWORD = "measured";
const SERVER = join(import.meta.dirname, "../../test/support/children/postgres-server.ts");

type Server = { readonly url: string; readonly close: () => Promise<void> };

/** PostgreSQL as it comes, but for more connections; the data lie in the part's folder. */
async function startServer(folder: string): Promise<Server> {
  // Where this runs as root the server does not, and has to find its way in.
  chmodSync(folder, 0o755);
  const args = [SERVER, PASSWORD, "-c", "max_connections=200"];
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env });
  const { value: port } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const close = async (): Promise<void> => {
    child.stdin.end();
    await once(child, "close");
  };
  return { url: `postgres://kernel:${PASSWORD}@127.0.0.1:${String(port)}/postgres`, close };
}

async function ours(url: string, agents: number, { effort }: Setting): Promise<readonly number[]> {
  const place = `${url}?schema=ours_${agents}`;
  const store = await openPostgresStore({ url: place, create: true, singleNode: true });
  await adopt(kernelOver(store, "01980000-0000"));
  const commits = await openCommitThread({ url: place });
  const human = kernelOver(store, "01980000-0001", { commits });
  const waits = await crowdAt(() => human, agents, effort.crowdMs);
  await commits.close();
  await store.close();
  return waits;
}

/** A kernel on a connection of its own, as everybody has one there. */
async function naiveKernel(
  url: string,
  agent: number,
): Promise<{ readonly kernel: Kernel; readonly close: () => Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { store, expect } = naiveStore(client);
  const owner = `0198${String(agent).padStart(4, "0")}-0002`;
  let commands = 0;
  const newCommandId = (): string => {
    const id = `${owner}-7000-8000-${String((commands += 1)).padStart(12, "0")}`;
    expect(commandKey(`agent:agent-${agent}`, id));
    return id;
  };
  return { kernel: kernelOver(store, owner, { newCommandId }), close: () => store.close() };
}

async function theirs(url: string, agents: number, { effort }: Setting): Promise<readonly number[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await makeNaiveTables(client);
  await client.end();
  const all = await Promise.all(Array.from({ length: agents }, (_, index) => naiveKernel(url, index)));
  const [first] = all;
  if (first === undefined) return [];
  await adopt(first.kernel);
  const waits = await crowdAt((index) => all[index]?.kernel ?? first.kernel, agents, effort.crowdMs);
  await Promise.all(all.map(({ close }) => close()));
  return waits;
}

export const postgres: Part = {
  name: "postgres",
  run: async (setting): Promise<readonly Row[]> => {
    const server = await startServer(setting.folder);
    const rate = (waits: readonly number[]): Figure => perSecond(waits, setting.effort.crowdMs);
    const many = await ours(server.url, AGENTS, setting);
    const naive = await theirs(server.url, AGENTS, setting);
    const one = await ours(server.url, 1, setting);
    const naiveOne = await theirs(server.url, 1, setting);
    await server.close();
    const beside = (mine: readonly number[], peer: readonly number[]): Row["peer"] => {
      return { name: "five round trips each", figure: rate(peer), share: rate(mine).value / rate(peer).value };
    };
    const what = `${AGENTS} agents in flight, steps, PostgreSQL`;
    const [least, times] = [
      { kind: "least", value: PER_SECOND_LEAST } as const,
      { kind: "times", value: TIMES_LEAST } as const,
    ];
    return [
      { what, ours: rate(many), peer: null, absent: null, target: least },
      {
        what: `${what}, beside a plain store`,
        ours: rate(many),
        peer: beside(many, naive),
        absent: null,
        target: times,
      },
      alone("one step's wait among them", singles(many.map((ms) => ms * 1e6)), null),
      {
        what: "one agent, steps, PostgreSQL",
        ours: rate(one),
        peer: beside(one, naiveOne),
        absent: null,
        target: null,
      },
    ];
  },
};
