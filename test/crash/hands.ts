// What the hands of one writer process ask for, by the dice: agents that create, claim, reserve, settle, move and give
// back; one human who makes work, answers refusals, halts and lets go again.

import type { Decision } from "../../src/core/index.ts";
import type { Kernel, Request } from "../../src/kernel/index.ts";
import type { Random } from "../support/random.ts";

export type Ask = (request: Request) => Promise<Decision>;

type Open = { readonly reservation: string; readonly tokens: number };

/** T-1 up to this one are made before the first life. */
export const TASKS = 16;
const TOKENS_MAX = 400;

const anyTask = (dice: Random): string => `T-${1 + dice.below(TASKS + 8)}`;
const title = (dice: Random): string => `work ${dice.below(1e9)} of the crash run`;

class Agent {
  readonly #dice: Random;
  readonly #open: Open[] = [];
  #held: string | null;

  constructor(held: string | null, dice: Random) {
    this.#held = held;
    this.#dice = dice;
  }

  next(): Request {
    const open = this.#open.at(-1);
    if (open !== undefined) return this.#close(open);
    if (this.#held === null) return this.#idle();
    return this.#working(this.#held);
  }

  heard(request: Request, { verdict, result }: Decision): void {
    const isGranted = verdict === "granted";
    if (request.type === "claim_task" && isGranted) this.#held = String(result?.["task"]);
    if (request.type === "settle_step" || request.type === "cancel_step") this.#open.pop();
    if (isGranted) this.#keep(request, result ?? {});
    const isLeft = request.type === "release_task" || request.type === "move_task";
    const isLost = !isGranted && (request.type === "record_step" || request.type === "reserve_step");
    if (isLeft || (isLost && this.#dice.below(3) === 0)) this.#held = null;
  }

  /** What the answer reserved is to be settled later. */
  #keep(request: Request, result: NonNullable<Decision["result"]>): void {
    const isNext = request.type === "settle_step";
    if (!isNext && request.type !== "reserve_step") return;
    const reservation = result[isNext ? "next" : "reservation"];
    const tokens = isNext ? request.body.next?.tokens : request.body.tokens;
    if (typeof reservation === "string") this.#open.push({ reservation, tokens: tokens ?? 0 });
  }

  #idle(): Request {
    const dice = this.#dice;
    if (dice.below(5) > 0) return { type: "claim_task", body: dice.below(2) === 0 ? {} : { task: anyTask(dice) } };
    return {
      type: "create_task",
      body: { title: title(dice), ...(dice.below(2) === 0 ? { parent: anyTask(dice) } : {}) },
    };
  }

  #working(task: string): Request {
    const dice = this.#dice;
    const tokens = 1 + dice.below(TOKENS_MAX);
    switch (dice.below(10)) {
      case 0:
        return { type: "release_task", body: { task, reason: "as the dice fell" } };
      case 1: {
        const to = dice.pick(["in_review", "blocked", "todo", "done"]);
        return { type: "move_task", body: { task, to, reason: "as the dice fell", lesson: { what: title(dice) } } };
      }
      case 2:
        return { type: "renew_lease", body: { task } };
      case 3:
        return { type: "create_task", body: { title: title(dice), parent: task } };
      case 4:
      case 5:
        return {
          type: "record_step",
          body: { task, tokens, tool: "shell", call: `do ${tokens}`, result: `${tokens}` },
        };
      default:
        return { type: "reserve_step", body: { task, tokens, tool: "shell", call: `do ${tokens}` } };
    }
  }

  #close({ reservation, tokens }: Open): Request {
    const dice = this.#dice;
    const actual = dice.below(tokens + 1);
    if (dice.below(5) === 0) return { type: "cancel_step", body: { reservation } };
    const settled = { reservation, tokens: actual, result: `${actual}` };
    if (dice.below(2) === 0 || this.#held === null) return { type: "settle_step", body: settled };
    return { type: "settle_step", body: { ...settled, next: { task: this.#held, tokens, call: `do ${actual}` } } };
  }
}

/** One agent's life: what it holds from its last one it goes on with. */
export async function agentLife(kernel: Kernel, name: string, ask: Ask, dice: Random): Promise<never> {
  const row = (await kernel.agents()).find(({ actor }) => actor === `agent:${name}`);
  const agent = new Agent(row?.holds[0] ?? null, dice);
  for (;;) {
    const request = agent.next();
    agent.heard(request, await ask(request));
  }
}

/** The human's life: an approval where one is wanted, work where there is none, now and then a halt. */
export async function humanLife(kernel: Kernel, ask: Ask, dice: Random): Promise<never> {
  for (;;) {
    const task = anyTask(dice);
    const scope = `task/${task}`;
    const chance = dice.below(8);
    const [waiting] = chance < 4 ? await kernel.pending(1) : [];
    if (waiting !== undefined) {
      const decision = `d-${waiting.event.sequence}`;
      const approves =
        waiting.event.decision?.verdict === "refused" && waiting.event.decision.code === "budget.hard_limit";
      if (!approves) await ask({ type: "deny_request", body: { decision, reason: "not now" } });
      else await ask({ type: "approve_request", body: { decision, add: { tokens: 4_000 }, reason: "go on" } });
    } else if (chance < 6) await ask({ type: "create_task", body: { title: title(dice) } });
    else if (chance === 6) await ask({ type: "reopen_task", body: { task, reason: "once more" } });
    else {
      await ask({ type: "halt_scope", body: { scope, reason: "as the dice fell" } });
      await ask({ type: "resume_scope", body: { scope } });
    }
  }
}
