// npm run failover: a primary is killed under load, again and again, and no acknowledged decision is lost or doubled. Real
// programs from Debian's packages: PostgreSQL of three servers under Patroni, one synchronous standby, etcd. Exits with 1
// where something is lost, doubled or broken, with 2 where the programs cannot be had.

import { parseArgs } from "node:util";
import Table from "cli-table3";
import { initWorkspace } from "../../src/kernel/index.ts";
import { logOf } from "../support/lives.ts";
import { random, runSeed } from "../support/random.ts";
import { check } from "./check.ts";
import type { Findings } from "./check.ts";
import { Clients } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { failOver } from "./failover.ts";
import type { FailOver } from "./failover.ts";
import { POLICY } from "./jobs.ts";
import { openKernel } from "./open-kernel.ts";
import { findPrograms } from "./programs.ts";
import type { Programs } from "./programs.ts";
import { secondsOf } from "./silence.ts";
import { usedIn } from "./used.ts";

const PROCESSES = 3;
const AGENTS = 4;
const SHOWN_MAX = 10;

type Outcome = { readonly findings: Findings; readonly broken: readonly string[]; readonly summary: string };

async function makeWorkspace(url: string): Promise<void> {
  const { kernel, close } = await openKernel(url, POLICY, true);
  await initWorkspace(kernel, POLICY, "# the fail-over proof");
  await close();
}

/** The whole log and the meters against every answer, read through the store as anybody would. */
async function outcome(clients: Clients, url: string): Promise<Outcome> {
  const { kernel, close } = await openKernel(url, POLICY);
  const { answers } = clients;
  const events = await logOf(kernel);
  const findings = check(answers, events, await usedIn(kernel));
  const report = await kernel.verify();
  await close();
  const again = answers.filter(({ tries }) => tries > 1).length;
  return {
    findings,
    broken: report.ok ? [] : report.findings.map((finding) => JSON.stringify(finding)),
    summary: `${answers.length} answers of ${PROCESSES} processes with ${AGENTS} agents each, ${again} of them asked for again after a fault, ${events.length} events`,
  };
}

function table(rounds: readonly FailOver[]): string {
  const head = ["", "killed", "next primary", "s without service", "s of any process", "s until it is a standby again"];
  const out = new Table({ head, style: { head: [], border: [] } });
  for (const [index, { killed, next, silence, longest, backMs }] of rounds.entries())
    out.push([index + 1, killed, next, secondsOf(silence), secondsOf(longest), (backMs / 1_000).toFixed(1)]);
  return out.toString();
}

type Asked = { readonly rounds: number; readonly synchronous: boolean };

async function prove(cluster: Cluster, seed: number, { rounds }: Asked): Promise<Outcome> {
  const primary = await cluster.start();
  await cluster.makeDatabase(primary);
  const { url } = cluster;
  await makeWorkspace(url);
  await cluster.setUpDatabase(primary);
  const clients = new Clients({ processes: PROCESSES, agents: AGENTS, seed, url, folder: cluster.folderOf("clients") });
  const done: FailOver[] = [];
  try {
    // The last one is the hardest: the standbys are cut off for a moment before.
    for (let n = 1; n <= rounds; n += 1) done.push(await failOver(cluster, clients, random(seed + n), n === rounds));
    await clients.stop();
    const result = await outcome(clients, url);
    console.log(`${table(done)}\n${result.summary}`);
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

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "3" }, asynchronous: { type: "boolean", default: false } },
});
const programs = findPrograms();
if (typeof programs === "string") {
  console.error(`failover: ${programs}`);
  process.exit(process.env["CI"] === "true" ? 1 : 2);
}
const held = await proveOn(programs, { rounds: Number(values.rounds), synchronous: !values.asynchronous });
process.exit(held ? 0 : 1);
