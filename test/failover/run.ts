// npm run failover: a primary is killed under load, again and again, and no acknowledged decision is lost or doubled. Real
// programs from Debian's packages: PostgreSQL of three servers under Patroni, one synchronous standby, etcd. Exits with 1
// where something is lost, doubled or broken, with 2 where the programs cannot be had.

import { parseArgs } from "node:util";
import Table from "cli-table3";
import { initWorkspace } from "../../src/kernel/index.ts";
import { random, runSeed } from "../support/random.ts";
import { Clients } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { failOver } from "./failover.ts";
import type { FailOver } from "./failover.ts";
import { POLICY } from "./jobs.ts";
import { makeStore } from "./make-store.ts";
import { openKernels } from "./open-kernels.ts";
import { outcome } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { findPrograms } from "./programs.ts";
import type { Programs } from "./programs.ts";
import { secondsOf } from "./silence.ts";

const PROCESSES = 3;
const AGENTS = 4;
const SHOWN_MAX = 10;

async function makeWorkspaces(url: string): Promise<void> {
  const { kernels, close } = await openKernels(url);
  for (const kernel of kernels) await initWorkspace(kernel, POLICY, "# the fail-over proof");
  await close();
}

function table(rounds: readonly FailOver[]): string {
  const head = ["", "killed", "when", "next", "s without service", "s of one process", "s until back"];
  const out = new Table({ head, style: { head: [], border: [] } });
  for (const [index, { killed, moment, next, silence, longest, backMs }] of rounds.entries())
    out.push([index + 1, killed, moment, next, secondsOf(silence), secondsOf(longest), (backMs / 1_000).toFixed(1)]);
  return out.toString();
}

type Asked = { readonly rounds: number; readonly synchronous: boolean };

async function prove(cluster: Cluster, seed: number, { rounds }: Asked): Promise<Outcome> {
  const primary = await cluster.start();
  await cluster.makeDatabase(primary);
  await cluster.caughtUp(primary);
  const { access, synchronous } = cluster;
  makeStore(access, synchronous, cluster.folderOf("home"));
  process.env["PGPASSWORD"] = access.password;
  const { url } = access;
  await makeWorkspaces(url);
  await cluster.setUpDatabase(primary);
  const clients = new Clients({ processes: PROCESSES, agents: AGENTS, seed, url, folder: cluster.folderOf("clients") });
  const done: FailOver[] = [];
  try {
    for (let n = 0; n < rounds; n += 1) done.push(await failOver(cluster, clients, random(seed + n), n));
    await clients.stop();
    const result = await outcome(clients.answers, url);
    console.log(`${table(done)}\n${result.summary.join("\n")}`);
    return result;
  } catch (error) {
    console.log(`${table(done)}\n${clients.lastWords()}`);
    throw error;
  }
}

function tell(name: string, lines: readonly string[]): void {
  for (const line of lines.slice(0, SHOWN_MAX)) console.log(`${name}: ${line}`);
  if (lines.length > SHOWN_MAX) console.log(`${name}: and ${lines.length - SHOWN_MAX} more`);
}

/** True where the proof holds. */
function holds({ findings, broken }: Outcome): boolean {
  const { lost, doubled, misbooked } = findings;
  tell("lost", lost);
  tell("doubled", doubled);
  tell("misbooked", misbooked);
  tell("verify", broken);
  console.log(`verify ${broken.length === 0 ? "ok" : "found faults"}, ${misbooked.length} meters misbooked`);
  console.log(`${lost.length} lost, ${doubled.length} doubled`);
  return [lost, doubled, misbooked, broken].every((list) => list.length === 0);
}

/** Rejects when the proof is told to stop, so that what it started is ended as after any error. */
function interrupted(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => reject(new Error(`stopped by ${name}`)));
  return promise;
}

async function proveOn(programs: Programs, asked: Asked): Promise<boolean> {
  const seed = runSeed();
  const cluster = new Cluster(programs, asked.synchronous);
  try {
    return holds(await Promise.race([prove(cluster, seed, asked), interrupted()]));
  } catch (error) {
    console.log(cluster.lastWords());
    console.error(`failover: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await cluster.remove();
  }
}

/** What is asked, or one line that says what is wrong with it. */
function readFlags(args: readonly string[]): Asked | string {
  try {
    const options = {
      rounds: { type: "string", default: "3" },
      asynchronous: { type: "boolean", default: false },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const rounds = Number(values.rounds);
    if (!Number.isInteger(rounds) || rounds < 1) return `--rounds is ${values.rounds}, not a whole number from 1`;
    return { rounds, synchronous: !values.asynchronous };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The exit code. */
async function main(args: readonly string[]): Promise<number> {
  const asked = readFlags(args);
  const programs = typeof asked === "string" ? asked : findPrograms();
  if (typeof asked !== "string" && typeof programs !== "string") return (await proveOn(programs, asked)) ? 0 : 1;
  console.error(`failover: ${[asked, programs].find((one) => typeof one === "string")}`);
  return process.env["CI"] === "true" ? 1 : 2;
}

process.exit(await main(process.argv.slice(2)));
