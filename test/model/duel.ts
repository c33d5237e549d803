// The kernel and the naive model side by side: every request goes to both, and every answer must be the same.

import type { Actor, Policy, Row } from "../../src/core/index.ts";
import type { Reply } from "../../src/kernel/index.ts";
import type { Random } from "../support/random.ts";
import { unlikeRows } from "./compare-rows.ts";
import { Model } from "./model.ts";
import type { Prediction } from "./model.ts";
import { AGENTS } from "./random-bodies.ts";
import { burst } from "./random-bursts.ts";
import { randomPause, randomRequest } from "./random-requests.ts";
import type { Sent } from "./random-requests.ts";
import { nameOf } from "./state.ts";

const STARTS_AT = 1_700_000_000_000;

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

/** Refusals of a claim without a task that speak of the one who asks: no task would be granted. */
const OF_THE_ACTOR = ["agent.asleep", "run.ended", "lease.too_many", "halt.active", "budget.hard_limit"];

/** Why nothing is ready is told in several ways; that it is not is what counts. */
function plainly(code: string | null, { request }: Sent): string | null {
  if (request.type !== "claim_task" || request.body.task !== undefined || code === null) return code;
  return OF_THE_ACTOR.includes(code) ? "claim.nothing_ready" : code;
}

/** What observed rules say of the step that is asked for with a settlement the model does not foretell. */
function foretold({ request }: Sent, codes: readonly string[]): readonly string[] {
  return request.type === "settle_step" ? [] : unique(codes);
}

/** What both must agree on, from the kernel's reply. */
function seen({ decision, replayed, id }: Reply, sent: Sent): Record<string, unknown> {
  if (replayed) return { replayed, answer: JSON.stringify(decision) };
  const refused = decision.verdict === "refused";
  return {
    verdict: decision.verdict,
    code: refused ? plainly(decision.code, sent) : null,
    recorded: id !== null,
    wouldHave: foretold(
      sent,
      (decision.wouldHave ?? []).map((finding) => finding.code),
    ),
    waived: refused ? [] : unique((decision.waived ?? []).map((finding) => finding.code)),
  };
}

function expected(said: Prediction, sent: Sent): Record<string, unknown> {
  if (said.replayed) return { replayed: true, answer: said.result["answer"] };
  const { verdict, recorded } = said;
  const code = plainly(said.code, sent);
  const waived = verdict === "refused" ? [] : unique(said.waived);
  return { verdict, code, recorded, wouldHave: foretold(sent, said.wouldHave), waived };
}

/** Results that the model names and the kernel's answer must carry. */
function carried(said: Prediction, reply: Reply): Record<string, unknown> {
  if (said.replayed) return {};
  return Object.fromEntries(Object.keys(said.result).map((name) => [name, reply.decision.result?.[name]]));
}

/** Whoever answers: the kernel over some store, or the pure core over rows in memory. */
export type Court = {
  readonly answer: (turn: Turn) => Promise<Reply>;
  readonly rows: () => Promise<ReadonlyMap<string, Row>>;
  readonly close: () => Promise<void>;
};

export type OpenCourt = (policy: Policy) => Promise<Court>;

export class Duel {
  readonly model: Model;
  readonly court: Court;
  readonly turns: Turn[] = [];
  readonly codes: Map<string, number> = new Map();
  readonly #queue: Turn[] = [];
  #clock: number = STARTS_AT;
  /** Whether the log has the time of the last answer: only then may the clock go back without the log's time doing so. */
  #timeIsLogged = true;

  constructor(policy: Policy, court: Court) {
    this.model = new Model(policy);
    this.court = court;
  }

  /** Sends one request to both; the difference in their answers, or in what they keep afterwards, or null. */
  async take(turn: Turn, andRows: boolean): Promise<Difference | null> {
    const step = this.turns.push(turn);
    this.#clock = turn.clock;
    const reply = await this.court.answer(turn);
    this.#timeIsLogged = reply.id !== null && !reply.replayed;
    const said = this.model.submit(turn.sent.actor, turn.sent.request, reply, turn.clock);
    this.codes.set(reply.decision.code, (this.codes.get(reply.decision.code) ?? 0) + 1);
    const model = { ...expected(said, turn.sent), result: said.replayed ? {} : said.result };
    const kernel = { ...seen(reply, turn.sent), result: carried(said, reply) };
    if (JSON.stringify(model) !== JSON.stringify(kernel)) return { step, turn, model, kernel };
    const faults = andRows ? unlikeRows(this.model.world, await this.court.rows()) : [];
    return faults.length === 0 ? null : { step, turn, model: faults, kernel: "rows" };
  }

  /** Whoever loads a task whose lease was halted ends it; here at once. */
  #touches(clock: number): void {
    for (const task of this.model.world.touched.splice(0)) {
      const actor: Actor = { kind: "agent", id: `touch-${this.turns.length}-${task}`, proven: true };
      this.#queue.push({ clock, sent: { actor, request: { type: "renew_lease", body: { task } } } });
    }
  }

  /** Now and then many steps in a row, at one pace. */
  #bursts(dice: Random, clock: number): void {
    if (dice.below(100) >= 2) return;
    const paceMs = dice.pick([0, 2_000, 6_000, 31_000]);
    const sent = burst(dice, this.model.world, `b-${this.turns.length}`);
    sent.forEach((one, n) => this.#queue.push({ clock: clock + n * paceMs, sent: one }));
  }

  /** Now and then somebody claims at once what an attempt has just failed at. */
  #retries({ request }: Sent, dice: Random, clock: number): void {
    if (request.type !== "release_task" || dice.below(100) >= 40) return;
    const actor: Actor = { kind: "agent", id: dice.pick(AGENTS), proven: true };
    const again = { type: "claim_task", body: { task: request.body.task } } as const;
    this.#queue.push({ clock, sent: { actor, request: { ...again, commandId: `t-${this.turns.length}` } } });
  }

  /** The next random turn: mostly new, now and then one that was sent before, word by word or with another body. */
  next(dice: Random): Turn {
    this.#touches(Math.max(this.model.world.at, this.#clock));
    const queued = this.#queue.shift();
    if (queued !== undefined) return queued;
    const now = Math.max(this.model.world.at, this.#clock);

    const clock = dice.below(100) < 2 && this.#timeIsLogged ? now - dice.below(100_000) : now + randomPause(dice);
    this.#bursts(dice, Math.max(now, clock));
    const sent = randomRequest(dice, this.model.world, `c-${this.turns.length + 1}`);
    this.#retries(sent, dice, Math.max(now, clock) + 1);
    const roll = dice.below(100);
    if (roll >= 4 || this.turns.length === 0) return { clock, sent };
    const before = dice.pick(this.turns.slice(-30)).sent;
    if (roll > 0) return { clock, sent: before };
    const other = this.turns.findLast((turn) => nameOf(turn.sent.actor) === nameOf(sent.actor));
    if (other === undefined) return { clock, sent };
    const request = { ...sent.request, commandId: other.sent.request.commandId };
    return { clock, sent: { actor: sent.actor, request } };
  }
}

/** What kind of difference it is, so that shrinking one does not end in another. */
function natureOf({ model, kernel }: Difference): string {
  const codes = [model, kernel].map((side) => /"code":("[^"]*"|null)/.exec(JSON.stringify(side))?.[1] ?? "");
  const field = Array.isArray(model) ? (/[.]\w+|meter \w+/.exec(String(model[0]))?.[0] ?? "") : "";
  return [...codes, field].join(" ");
}

/** Where differences are looked for. */
type Arena = {
  readonly open: OpenCourt;
  readonly policy: Policy;
  /** In the rows after each turn too, which is slow: only for a difference that shows there. */
  readonly andRows: boolean;
};

/** Plays these turns on a fresh kernel and a fresh model; the first difference, or null. */
async function replay({ open, policy, andRows }: Arena, turns: readonly Turn[]): Promise<Difference | null> {
  const duel = new Duel(policy, await open(policy));
  for (const turn of turns) {
    const difference = await duel.take(turn, andRows);
    if (difference !== null) return difference;
  }
  return null;
}

/** A request that only takes a place in the log, so that the ids which later requests name stay what they are. */
function filler(turn: Turn, index: number): Turn {
  const actor: Actor = { kind: "agent", id: `nobody-${index}`, proven: true };
  return { clock: turn.clock, sent: { actor, request: { type: "renew_lease", body: { task: "nothing" } } } };
}

const isFiller = (turn: Turn): boolean => turn.sent.actor.id.startsWith("nobody-");

type Cut = (turns: readonly Turn[], from: number, size: number) => readonly Turn[];

const blanked: Cut = (turns, from, size) =>
  turns.map((turn, index) => (index < from || index >= from + size ? turn : filler(turn, index)));

const removed: Cut = (turns, from, size) => [...turns.slice(0, from), ...turns.slice(from + size)];

/** Replays of one shrinking: a long story is told somewhat long, rather than never. */
const REPLAYS_MAX = 400;

/** Leaves out what is not needed for a difference: ever smaller pieces, as long as one remains. */
async function shrunk(arena: Arena, turns: readonly Turn[], nature: string): Promise<readonly Turn[]> {
  let least = turns;
  let replays = 0;
  for (const cut of [blanked, removed]) {
    for (let size = Math.ceil(turns.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < least.length; from += cut === blanked ? size : 0) {
        const piece = least.slice(from, from + size);
        const without = cut(least, from, size);
        if (replays >= REPLAYS_MAX) return least;
        const useless = cut === blanked && piece.every(isFiller);
        if (!useless) replays += 1;
        const difference = useless ? null : await replay(arena, without);
        const same = difference !== null && natureOf(difference) === nature;
        if (same) least = without.slice(0, difference.step);
        else if (cut === removed) from += size;
      }
    }
  }
  return least;
}

/** The fewest requests that show a difference, and both answers. */
export async function told(
  open: OpenCourt,
  policy: Policy,
  difference: Difference,
  turns: readonly Turn[],
): Promise<string> {
  const arena = { open, policy, andRows: difference.kernel === "rows" };
  const least = await shrunk(arena, turns, natureOf(difference));
  const again = (await replay(arena, least)) ?? difference;
  const lines = least
    .filter((turn) => !isFiller(turn))
    .map(({ clock, sent }) => `  ${clock} ${nameOf(sent.actor)} ${JSON.stringify(sent.request)}`);
  return [
    `step ${difference.step}; the fewest requests that show a difference:`,
    ...lines,
    `model  ${JSON.stringify(again.model)}`,
    `kernel ${JSON.stringify(again.kernel)}`,
  ].join("\n");
}
