// The board without the kernel, as most people first write it: tasks and counters in one JSON file that every process
// reads, changes and writes. It replaces the file whole and never waits between reading and writing, and still loses
// what two processes write at once.

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Acknowledged, Answer, Board, Call, Entry, Heard, Money, NewWork } from "./board.ts";

/** `done` holds the ids of all requests that were granted. */
type Content = { readonly tasks: Record<string, Entry>; readonly done: string[]; spentMicros: number };

/** The file is this class's own: only that it is whole is checked. */
function isContent(value: unknown): value is Content {
  return typeof value === "object" && value !== null && "tasks" in value && "done" in value;
}

export type BareOptions = {
  readonly path: string;
  readonly actor: string;
  /** Tells apart the processes that write; part of the ids. */
  readonly process: string;
  /** The one limit that it knows: looked at before a call, added to after it. */
  readonly moneyMaxMicros: number;
  readonly heard: Heard;
};

/** Makes the file, with nothing on it. */
export function newBareBoard(path: string): void {
  writeFileSync(path, JSON.stringify({ tasks: {}, done: [], spentMicros: 0 } satisfies Content));
}

export class BareBoard implements Board {
  readonly #options: BareOptions;
  #asked = 0;
  // As in the Python classes: known to this process alone.
  #asleepUntil = 0;

  constructor(options: BareOptions) {
    this.#options = options;
  }

  create(work: NewWork): Promise<Answer> {
    const { actor, process } = this.#options;
    const task = `${process}-${this.#asked + 1}`;
    if (Date.now() < this.#asleepUntil) return this.#answer(task, "agent.asleep");
    return this.#change(task, ({ tasks }) => {
      tasks[task] = { task, state: "todo", author: actor, assignee: work.assignee ?? null };
      return work.parent !== undefined && tasks[work.parent] === undefined ? "task.unknown" : null;
    });
  }

  claim(task: string): Promise<Answer> {
    return this.move(task, "in_progress");
  }

  move(task: string, to: string): Promise<Answer> {
    return this.#onTask(task, (entry) => ({ ...entry, state: to }));
  }

  assign(task: string, agent: string): Promise<Answer> {
    return this.#onTask(task, (entry) => ({ ...entry, assignee: agent }));
  }

  release(task: string): Promise<Answer> {
    return this.move(task, "todo");
  }

  step(task: string): Promise<Answer> {
    return this.#onTask(task, (entry) => entry);
  }

  reserve({ task, costMicros }: Call): Promise<Answer> {
    const leftMicros = this.#options.moneyMaxMicros - this.#read().spentMicros;
    return this.#answer(task, costMicros > leftMicros ? "budget.hard_limit" : null, { leftMicros });
  }

  settle(_: string, costMicros: number): Promise<Answer> {
    return this.#change("", (content) => {
      content.spentMicros += costMicros;
      return null;
    });
  }

  sleep(durationMs: number): Promise<Answer> {
    this.#asleepUntil = Date.now() + durationMs;
    return this.#answer("", null);
  }

  async entry(task: string): Promise<Entry | null> {
    return this.#read().tasks[task] ?? null;
  }

  async entries(): Promise<readonly Entry[]> {
    return Object.values(this.#read().tasks);
  }

  async money(): Promise<Money> {
    return { usedMicros: this.#read().spentMicros, heldMicros: 0 };
  }

  async remembers({ commandId }: Acknowledged): Promise<boolean> {
    return this.#read().done.includes(commandId);
  }

  #onTask(task: string, change: (entry: Entry) => Entry | string): Promise<Answer> {
    return this.#change(task, ({ tasks }) => {
      const entry = tasks[task];
      if (entry === undefined) return "task.unknown";
      const changed = change(entry);
      if (typeof changed === "string") return changed;
      tasks[task] = changed;
      return null;
    });
  }

  #read(): Content {
    const content: unknown = JSON.parse(readFileSync(this.#options.path, "utf8"));
    if (!isContent(content)) throw new Error(`${this.#options.path} is no board`);
    return content;
  }

  /** Read, change, write: between the first and the last another process may do the same. */
  async #change(task: string, change: (content: Content) => string | null): Promise<Answer> {
    const startedMs = performance.now();
    const content = this.#read();
    const refusal = change(content);
    if (refusal === null) {
      content.done.push(this.#commandId(1));
      const half = `${this.#options.path}.${this.#options.process}`;
      writeFileSync(half, JSON.stringify(content));
      renameSync(half, this.#options.path);
    }
    return await this.#answer(task, refusal, { startedMs });
  }

  #commandId(ahead: number): string {
    return `${this.#options.process}-${this.#asked + ahead}`;
  }

  async #answer(
    task: string,
    refusal: string | null,
    {
      leftMicros = 0,
      startedMs = performance.now(),
    }: { readonly leftMicros?: number; readonly startedMs?: number } = {},
  ): Promise<Answer> {
    this.#asked += 1;
    const code = refusal ?? "bare";
    const answer: Answer = {
      granted: refusal === null,
      code,
      task,
      fence: null,
      reservation: "",
      leftMicros,
      commandId: this.#commandId(0),
      decision: null,
      wouldHave: 0,
    };
    await this.#options.heard(answer, performance.now() - startedMs);
    return answer;
  }
}
