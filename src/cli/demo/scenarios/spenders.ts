// Row 5: ten agents, each in three processes, work below one root and pay from its one budget. Each asks before a call
// and says afterwards what it cost. In every round all thirty do so at once; without order among them each sees money
// that another is already spending.

import { setTimeout } from "node:timers/promises";
import { dollars } from "../../../core/index.ts";
import type { Board } from "../board.ts";
import { randomFrom } from "../random.ts";
import { counted, firstProblem, refusedBy } from "../scenario.ts";
import type { Part, Scenario, Stage, Tally } from "../scenario.ts";
import { MONEY_MAX_MICROS } from "../setting.ts";

export const SPENDERS = 30;
const AGENTS = 10;
const CENT = 10_000;
const CALL_CENTS = { least: 5, most: 25 };
const CALL_MS = { least: 5, most: 25 };
/** Far more than it takes: a board whose counter never fills must not run for ever. */
const ROUNDS_MAX = 60;

/** One call: granted as asked, or cut short to what is left. Returns what it cost, in micro-dollars. */
async function act(board: Board, { task, fence, seed }: Part): Promise<number> {
  const random = randomFrom(seed);
  const cents = random.between(CALL_CENTS.least, CALL_CENTS.most);
  const ask = (costMicros: number) => board.reserve({ task, call: `draft ${seed}`, costMicros, fence });
  const first = await ask(cents * CENT);
  const cut = !first.granted && first.leftMicros > 0;
  const { granted, reservation } = cut ? await ask(first.leftMicros) : first;
  if (!granted) return 0;
  // The call itself: what a model would do in a minute.
  await setTimeout(random.between(CALL_MS.least, CALL_MS.most));
  // One that is cut short uses all that it was given.
  const costMicros = cut ? first.leftMicros : random.between(Math.ceil(cents / 2), cents) * CENT;
  await board.settle(reservation, costMicros);
  return costMicros;
}

type Played = {
  readonly tallies: readonly Tally[];
  readonly spent: number;
  readonly onMeter: number;
  readonly held: number;
};

type Place = Pick<Part, "agent" | "task" | "fence">;

async function placesBelow(root: string, stage: Stage): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (let n = 0; n < AGENTS; n += 1) {
    const agent = `a-5${n}`;
    const work = { title: `translate chapter ${n + 1}`, kind: "translation", parent: root, assignee: agent };
    const { task } = await stage.human.create(work);
    const { fence } = await stage.agent(agent).claim(task);
    places.push({ agent, task, fence });
  }
  return places;
}

async function play(stage: Stage): Promise<Played> {
  const { task: root } = await stage.human.create({ title: "translate the handbook", kind: "translation" });
  const places = await placesBelow(root, stage);
  const all = Array.from({ length: SPENDERS / AGENTS }, () => places).flat();
  const tallies: Tally[] = [];
  let rounds = 0;
  for (let spending = true; spending && rounds < ROUNDS_MAX; rounds += 1) {
    const round = await stage.play(
      all.map((place) => ({ ...place, seed: stage.random.between(0, 1_000_000), times: 1 })),
    );
    spending = counted(round) > 0;
    tallies.push(...round);
  }
  const { usedMicros, heldMicros } = await stage.human.money(root);
  return { tallies, spent: counted(tallies), onMeter: usedMicros, held: heldMicros };
}

export const spenders: Scenario = {
  number: 5,
  name: `${SPENDERS} spenders on ${dollars(MONEY_MAX_MICROS)}`,
  act,
  without: async (stage) => {
    const { spent } = await play(stage);
    const limit = dollars(MONEY_MAX_MICROS);
    const problem =
      spent > MONEY_MAX_MICROS ? null : `spent: ${dollars(spent)}, no more than ${limit}: the race did not show`;
    return { shown: dollars(spent), count: spent, note: "", problem };
  },
  with: async (stage) => {
    const { tallies, spent, onMeter, held } = await play(stage);
    const problem = firstProblem([
      // To the micro: a refused one asks for what is left, so that the last round leaves nothing.
      ["micro-dollars spent", spent, MONEY_MAX_MICROS],
      ["micro-dollars on the meter", onMeter, spent],
      ["micro-dollars still held", held, 0],
      ["refused by", refusedBy(tallies), "budget.hard_limit"],
    ]);
    return { shown: dollars(spent), count: spent, note: `${Math.max(0, spent - MONEY_MAX_MICROS)} over`, problem };
  },
};
