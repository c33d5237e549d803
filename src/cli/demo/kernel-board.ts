// The board with the kernel behind it: each request is one command, each answer a recorded decision.

import type { TaskRow } from "../../core/index.ts";
import type { Kernel, Reply, Request } from "../../kernel/index.ts";
import type { Acknowledged, Answer, Board, Entry, Heard, NewWork, Step } from "./board.ts";

function answerOf({ decision, id }: Reply): Answer {
  const { task, fence } = decision.result ?? {};
  return {
    granted: decision.verdict === "granted",
    code: decision.code,
    task: typeof task === "string" ? task : "",
    fence: typeof fence === "number" ? fence : null,
    commandId: decision.commandId,
    decision: id,
    wouldHave: decision.wouldHave?.length ?? 0,
  };
}

export class KernelBoard implements Board {
  readonly #kernel: Kernel;
  readonly #heard: Heard;

  constructor(kernel: Kernel, heard: Heard) {
    this.#kernel = kernel;
    this.#heard = heard;
  }

  create(work: NewWork): Promise<Answer> {
    return this.#ask({ type: "create_task", body: work });
  }

  claim(task: string): Promise<Answer> {
    return this.#ask({ type: "claim_task", body: { task } });
  }

  move(task: string, to: string): Promise<Answer> {
    return this.#ask({ type: "move_task", body: { task, to } });
  }

  step(task: string, { tool, call, result, fence }: Step): Promise<Answer> {
    return this.#ask({ type: "record_step", body: { task, tool, call, result }, ...(fence === null ? {} : { fence }) });
  }

  sleep(durationMs: number): Promise<Answer> {
    return this.#ask({ type: "sleep_agent", body: { timeoutMs: durationMs } });
  }

  async entry(task: string): Promise<Entry | null> {
    const view = await this.#kernel.task(task);
    return view === null ? null : await this.#entryOf(view.task);
  }

  async entries(): Promise<readonly Entry[]> {
    return await Promise.all((await this.#kernel.tasks({})).map((row) => this.#entryOf(row)));
  }

  async remembers({ decision, commandId }: Acknowledged): Promise<boolean> {
    const logged = decision === null ? null : await this.#kernel.decision(decision);
    return logged?.event.commandId === commandId;
  }

  async #entryOf({ id, state, author }: TaskRow): Promise<Entry> {
    const budget = await this.#kernel.budget(`task/${id}`);
    const steps = budget?.lines.find(({ dimension }) => dimension === "steps")?.used ?? 0;
    return { task: id, state, author, steps };
  }

  async #ask(request: Request): Promise<Answer> {
    const startedMs = performance.now();
    const answer = answerOf(await this.#kernel.submit(request));
    await this.#heard(answer, performance.now() - startedMs);
    return answer;
  }
}
