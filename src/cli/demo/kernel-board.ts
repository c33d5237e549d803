// The board with the kernel behind it: each request is one command, each answer a recorded decision.

import type { Decision, TaskRow } from "../../core/index.ts";
import type { Kernel, Reply, Request } from "../../kernel/index.ts";
import type { Acknowledged, Answer, Board, Call, Entry, Heard, Money, NewWork, Step } from "./board.ts";

function leftMicros({ code, numbers }: Decision): number {
  if (code !== "budget.hard_limit" || numbers["dimension"] !== "costMicros") return 0;
  return Number(numbers["limit"]) - Number(numbers["used"]) - Number(numbers["held"]);
}

function answerOf({ decision, id }: Reply): Answer {
  const { task, fence, reservation } = decision.result ?? {};
  return {
    granted: decision.verdict === "granted",
    code: decision.code,
    task: typeof task === "string" ? task : "",
    fence: typeof fence === "number" ? fence : null,
    reservation: typeof reservation === "string" ? reservation : "",
    leftMicros: leftMicros(decision),
    commandId: decision.commandId,
    decision: id,
    wouldHave: decision.wouldHave?.length ?? 0,
  };
}

function entryOf({ id, state, author, assignee }: TaskRow): Entry {
  return { task: id, state, author, assignee };
}

function under(fence: number | null): { readonly fence?: number } {
  return fence === null ? {} : { fence };
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

  assign(task: string, agent: string): Promise<Answer> {
    return this.#ask({ type: "assign_task", body: { task, assignee: agent } });
  }

  release(task: string): Promise<Answer> {
    return this.#ask({ type: "release_task", body: { task } });
  }

  step(task: string, { tool, call, result, failed = false, fence }: Step): Promise<Answer> {
    return this.#ask({ type: "record_step", body: { task, tool, call, result, failed }, ...under(fence) });
  }

  reserve({ task, call, costMicros, fence }: Call): Promise<Answer> {
    return this.#ask({ type: "reserve_step", body: { task, tool: "model", call, costMicros }, ...under(fence) });
  }

  settle(reservation: string, costMicros: number): Promise<Answer> {
    return this.#ask({ type: "settle_step", body: { reservation, costMicros } });
  }

  sleep(durationMs: number): Promise<Answer> {
    return this.#ask({ type: "sleep_agent", body: { timeoutMs: durationMs } });
  }

  async entry(task: string): Promise<Entry | null> {
    const view = await this.#kernel.task(task);
    return view === null ? null : entryOf(view.task);
  }

  async entries(): Promise<readonly Entry[]> {
    return (await this.#kernel.tasks({})).map(entryOf);
  }

  async money(root: string): Promise<Money> {
    const budget = await this.#kernel.budget(`lineage/${root}`);
    const line = budget?.lines.find(({ dimension, window }) => dimension === "costMicros" && window === "lifetime");
    return { usedMicros: line?.used ?? 0, heldMicros: line?.held ?? 0 };
  }

  async remembers({ decision, commandId }: Acknowledged): Promise<boolean> {
    const logged = decision === null ? null : await this.#kernel.decision(decision);
    return logged?.event.commandId === commandId;
  }

  async #ask(request: Request): Promise<Answer> {
    const startedMs = performance.now();
    const answer = answerOf(await this.#kernel.submit(request));
    await this.#heard(answer, performance.now() - startedMs);
    return answer;
  }
}
