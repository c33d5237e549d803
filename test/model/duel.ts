// The kernel and the naive model side by side: every request goes to both, and every answer must be the same.

import type { Policy } from "../../src/core/index.ts";
import type { Kernel, Reply } from "../../src/kernel/index.ts";
import type { Store } from "../../src/store/index.ts";
import { bench } from "../support/kernels.ts";
import type { Bench } from "../support/kernels.ts";
import type { Random } from "../support/random.ts";
import { Model } from "./model.ts";
import type { Prediction } from "./model.ts";
import { randomPause, randomRequest } from "./random-requests.ts";
import type { Sent } from "./random-requests.ts";
import { nameOf } from "./state.ts";

/** One request and what the wall clock said when it was sent. */
export type Turn = { readonly clock: number; readonly sent: Sent };

/** Where the two part ways. */
export type Difference = {
  readonly step: number;
  readonly turn: Turn;
  readonly model: unknown;
  readonly kernel: unknown;
};

const unique = (codes: readonly string[]): readonly string[] => [...new Set(codes)].sort();

/** What both must agree on, from the kernel's reply. */
function seen({ decision, replayed, id }: Reply): Record<string, unknown> {
  if (replayed) return { replayed, answer: JSON.stringify(decision) };
  const refused = decision.verdict === "refused";
  return {
    verdict: decision.verdict,
    code: refused ? decision.code : null,
    recorded: id !== null,
    wouldHave: unique((decision.wouldHave ?? []).map((finding) => finding.code)),
    waived: refused ? [] : unique((decision.waived ?? []).map((finding) => finding.code)),
  };
}

function expected(said: Prediction): Record<string, unknown> {
  if (said.replayed) return { replayed: true, answer: said.result["answer"] };
  const { verdict, code, recorded } = said;
  const waived = verdict === "refused" ? [] : unique(said.waived);
  return { verdict, code, recorded, wouldHave: unique(said.wouldHave), waived };
}

/** Results that the model names and the kernel's answer must carry. */
function carried(said: Prediction, reply: Reply): Record<string, unknown> {
  if (said.replayed) return {};
  return Object.fromEntries(Object.keys(said.result).map((name) => [name, reply.decision.result?.[name]]));
}

export class Duel {
  readonly model: Model;
  readonly bench: Bench;
  readonly turns: Turn[] = [];
  readonly codes: Map<string, number> = new Map();
  readonly #kernels: Map<string, Kernel> = new Map();
  /** Whether the log has the time of the last answer: only then may the clock go back without the log's time doing so. */
  #timeIsLogged = true;

  private constructor(policy: Policy, made: Bench) {
    this.model = new Model(policy);
    this.bench = made;
  }

  static async begin(policy: Policy, store?: Store): Promise<Duel> {
    return new Duel(policy, await bench(store === undefined ? { policy } : { policy, store }));
  }

  #kernelOf(sent: Sent): Kernel {
    const name = nameOf(sent.actor);
    const found = this.#kernels.get(name) ?? this.bench.human.as(sent.actor);
    this.#kernels.set(name, found);
    return found;
  }

  /** Sends one request to both; the difference, or null. */
  async take(turn: Turn): Promise<Difference | null> {
    const step = this.turns.push(turn);
    this.bench.clock.now = turn.clock;
    const reply = await this.#kernelOf(turn.sent).submit(turn.sent.request);
    this.#timeIsLogged = reply.id !== null && !reply.replayed;
    const said = this.model.submit(turn.sent.actor, turn.sent.request, reply);
    this.codes.set(reply.decision.code, (this.codes.get(reply.decision.code) ?? 0) + 1);
    const model = { ...expected(said), result: said.replayed ? {} : said.result };
    const kernel = { ...seen(reply), result: carried(said, reply) };
    return JSON.stringify(model) === JSON.stringify(kernel) ? null : { step, turn, model, kernel };
  }

  /** The next random turn: mostly new, now and then one that was sent before, word by word or with another body. */
  next(dice: Random): Turn {
    const now = Math.max(this.model.world.at, this.bench.clock.now);
    const clock = dice.below(100) < 2 && this.#timeIsLogged ? now - dice.below(100_000) : now + randomPause(dice);
    const sent = randomRequest(dice, this.model.world, `c-${this.turns.length + 1}`);
    const roll = dice.below(100);
    if (roll >= 4 || this.turns.length === 0) return { clock, sent };
    const before = dice.pick(this.turns.slice(-30)).sent;
    if (roll > 0) return { clock, sent: before };
    const commandId = before.request.commandId;
    return { clock, sent: { actor: before.actor, request: { ...sent.request, commandId } } };
  }
}

/** Plays these turns on a fresh kernel and a fresh model; the first difference, or null. */
async function replay(policy: Policy, turns: readonly Turn[]): Promise<Difference | null> {
  const duel = await Duel.begin(policy);
  for (const turn of turns) {
    const difference = await duel.take(turn);
    if (difference !== null) return difference;
  }
  return null;
}

/** Leaves out what is not needed for a difference: ever smaller pieces, as long as one remains. */
export async function shrunk(policy: Policy, turns: readonly Turn[]): Promise<readonly Turn[]> {
  let least = turns;
  for (let size = Math.ceil(turns.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < least.length; ) {
      const without = [...least.slice(0, from), ...least.slice(from + size)];
      const difference = await replay(policy, without);
      if (difference === null) from += size;
      else least = without.slice(0, difference.step);
    }
  }
  return least;
}

/** The seed, the step and both answers, with the fewest requests that show it. */
export async function told(policy: Policy, seed: number, difference: Difference, turns: readonly Turn[]): Promise<string> {
  const least = await shrunk(policy, turns);
  const again = (await replay(policy, least)) ?? difference;
  const lines = least.map(({ clock, sent }) => `  ${clock} ${nameOf(sent.actor)} ${JSON.stringify(sent.request)}`);
  return [
    `seed ${seed}, step ${difference.step}; the fewest requests that show a difference:`,
    ...lines,
    `model  ${JSON.stringify(again.model)}`,
    `kernel ${JSON.stringify(again.kernel)}`,
  ].join("\n");
}
