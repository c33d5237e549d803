// The kernel processes of the proof, from outside: what they acknowledged so far, what went wrong, and their end.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { until } from "../paperclip-server/ports.ts";
import { readAnswer } from "./answers.ts";
import type { Answer } from "./answers.ts";

const WRITER = join(import.meta.dirname, "writer.ts");
const ANSWERS_MS = 90_000;
const END_MS = 60_000;

export type ClientsPlan = {
  readonly processes: number;
  /** In each process, at work at once. */
  readonly agents: number;
  readonly seed: number;
  readonly url: string;
  /** Where the processes stand; whoever clears it ends them. */
  readonly folder: string;
};

class Client {
  readonly name: string;
  readonly answers: Answer[] = [];
  lastFault = "";
  faults = 0;
  /** Null while it runs. */
  ended: string | null = null;
  readonly #stop: () => void;

  constructor(name: string, seed: number, { agents, url, folder }: ClientsPlan) {
    this.name = name;
    const env = { ...process.env, FAILOVER_URL: url };
    const args = [WRITER, name, String(seed), String(agents)];
    const child = spawn(process.execPath, args, { env, cwd: folder, stdio: "pipe" });
    child.stdin.on("error", () => undefined);
    this.#stop = () => child.stdin.end();
    createInterface({ input: child.stdout }).on("line", (line) => this.#heard(line));
    createInterface({ input: child.stderr }).on("line", (line) => {
      this.lastFault = line;
      this.faults += 1;
    });
    child.on("close", (code, signal) => (this.ended = code === 0 ? "well" : `with ${code ?? signal}`));
  }

  /** It ended by itself, which only a defect makes it do. */
  get fault(): string | null {
    return this.ended === null || this.ended === "well"
      ? null
      : `process ${this.name} ended ${this.ended}: ${this.lastFault}`;
  }

  #heard(line: string): void {
    try {
      this.answers.push(readAnswer(line));
    } catch (error) {
      this.ended = String(error);
    }
  }

  stop(): void {
    this.#stop();
  }
}

export class Clients {
  readonly #all: readonly Client[];

  constructor(plan: ClientsPlan) {
    this.#all = Array.from({ length: plan.processes }, (_, n) => new Client(`k${n + 1}`, plan.seed + 1_000 * n, plan));
  }

  get answers(): readonly Answer[] {
    return this.#all.flatMap(({ answers }) => answers);
  }

  /** When answers came, for each process by itself, in milliseconds since 1970. */
  get times(): readonly (readonly number[])[] {
    return this.#all.map(({ answers }) => answers.map(({ atMs }) => atMs));
  }

  /** Waits until every process has so many answers more. */
  async more(count: number): Promise<void> {
    const goals = this.#all.map((client) => ({ client, goal: client.answers.length + count }));
    await this.#until(`${count} more answers of every kernel process`, ANSWERS_MS, () =>
      goals.every(({ client, goal }) => client.answers.length >= goal),
    );
  }

  /** Lets every command that was begun come to its answer, and the processes end. */
  async stop(): Promise<void> {
    for (const client of this.#all) client.stop();
    await this.#until("the end of every kernel process", END_MS, () => this.#all.every(({ ended }) => ended !== null));
  }

  /** What each process met last, for a report of what went wrong. */
  lastWords(): string {
    return this.#all
      .map(
        ({ name, answers, faults, lastFault }) =>
          `-- ${name}: ${answers.length} answers, ${faults} faults, the last: ${lastFault}`,
      )
      .join("\n");
  }

  async #until(what: string, withinMs: number, isSo: () => boolean): Promise<void> {
    await until(what, withinMs, () => {
      const fault = this.#all.map((client) => client.fault).find((one) => one !== null);
      if (fault !== undefined) throw new Error(fault);
      return Promise.resolve(isSo() ? true : null);
    });
  }
}
