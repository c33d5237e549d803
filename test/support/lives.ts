// Lives of worker processes: started together, killed with SIGKILL after so many answers or left to end, one life of a
// process after the other. What they acknowledged is what a test may hold the log to.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Event } from "../../src/core/index.ts";
import type { Kernel } from "../../src/kernel/index.ts";

/** One answer, as a worker wrote it to its standard output after the commit. */
export type Answer = {
  readonly id: string | null;
  readonly verdict: string;
  readonly code: string;
  readonly commandId: string;
  readonly result: { readonly [name: string]: string | number } | null;
};

export type Life = { readonly answers: readonly Answer[]; readonly killed: boolean };

/** One life: the worker's arguments, and after how many answers it is killed (Infinity: never). */
export type Plan = { readonly args: readonly string[]; readonly answersMax: number };

function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && "code" in value && "commandId" in value && "verdict" in value;
}

/** Opens once so many have come to it. */
class Gate {
  readonly opened: Promise<void>;
  readonly #open: () => void;
  #missing: number;

  constructor(count: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.opened = promise;
    this.#open = resolve;
    this.#missing = count;
  }

  come(): void {
    this.#missing -= 1;
    if (this.#missing === 0) this.#open();
  }
}

/** Half a last line is no acknowledgement. */
function answersIn(text: string): readonly Answer[] {
  const lines = text.split("\n").slice(1, -1);
  const answers = lines.map((line): unknown => JSON.parse(line)).filter(isAnswer);
  assert.equal(answers.length, lines.length);
  return answers;
}

async function live(script: string, { args, answersMax }: Plan, gate: Gate): Promise<Life> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  // It may be gone before it is told to go.
  child.stdin.on("error", () => undefined);
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    if (text === "") gate.come();
    text += chunk;
    if (text.split("\n").length - 2 >= answersMax) child.kill("SIGKILL");
  });
  void gate.opened.then(() => child.stdin.end("go\n"));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on("close", (...ended) => resolve(ended)),
  );
  assert.ok(code === 0 || signal === "SIGKILL", `a worker ended with ${code ?? signal}`);
  return { answers: answersIn(text), killed: signal === "SIGKILL" };
}

/** Runs the lives of each process one after the other, all processes at once; their first lives begin together. */
export async function liveAll(worker: string, processes: readonly (readonly Plan[])[]): Promise<readonly Life[]> {
  const script = join(import.meta.dirname, worker);
  const first = new Gate(processes.length);
  const all = processes.map(async (plans) => {
    const lives: Life[] = [];
    for (const [index, plan] of plans.entries())
      lives.push(await live(script, plan, index === 0 ? first : new Gate(1)));
    return lives;
  });
  return (await Promise.all(all)).flat();
}

/** The whole log, in order. */
export async function logOf(kernel: Kernel): Promise<readonly Event[]> {
  const events: Event[] = [];
  for (;;) {
    const page = await kernel.events(events.length, 1_000);
    events.push(...page.map(({ event }) => event));
    if (page.length < 1_000) return events;
  }
}

/** Acknowledged answers that the log does not have as they were told. */
export function missingAnswers(events: readonly Event[], answers: readonly Answer[]): readonly string[] {
  return answers.flatMap(({ id, verdict, code, commandId }) => {
    // Past sixty refusals a minute an actor's refusals are only counted; a grant always has its event.
    if (id === null) return verdict === "granted" ? [`${commandId} was granted without an event`] : [];
    const event = events[Number(id.slice("d-".length)) - 1];
    return event?.commandId === commandId && event.decision?.code === code ? [] : [`${id} is missing or another's`];
  });
}
