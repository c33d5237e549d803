// The crash proof: `run.ts --kills N`. Several processes of several agents each write to one SQLite file and are killed
// with SIGKILL, N times in all, at points drawn from a printed seed (SEED= replays the plan; what the machine makes of
// it differs). After every round the file is opened anew and everything that was acknowledged is looked for.
// Exit 1 unless nothing was lost, nothing doubled and nothing else is wrong.

import { parseArgs } from "node:util";
import { runSeed } from "../support/random.ts";
import { checkRound } from "./check.ts";
import type { Found } from "./check.ts";
import { live, unanswered } from "./life.ts";
import type { Life } from "./life.ts";
import type { Answered, Asked, Point } from "./orders.ts";
import { planOf, PROCESSES } from "./plan.ts";
import type { LifePlan, RoundPlan } from "./plan.ts";
import { look, newWorld } from "./world.ts";
import type { World } from "./world.ts";

const TOLD_EVERY = 5;

type Totals = {
  kills: number;
  acknowledged: number;
  /** Commands whose process died before it told of an answer, and those of them that turned out to be committed. */
  unheard: number;
  landed: number;
  readonly points: Map<Point | "outside", number>;
  readonly recoveries: number[];
  readonly found: { lost: string[]; doubled: string[]; wrong: string[] };
};

/** All that was asked and heard on one file, over every life on it. */
type Stretch = {
  readonly file: number;
  readonly world: World;
  readonly asked: Asked[];
  readonly answered: Answered[];
  /** By process: what is to be sent again. */
  readonly pending: Asked[][];
};

async function newStretch(file: number): Promise<Stretch> {
  const pending = Array.from({ length: PROCESSES }, (): Asked[] => []);
  return { file, world: await newWorld(), asked: [], answered: [], pending };
}

function note({ asked, answered }: Life, stretch: Stretch): void {
  stretch.asked.push(...asked);
  stretch.answered.push(...answered);
}

async function liveAll(plans: readonly LifePlan[], index: number, stretch: Stretch): Promise<readonly Life[]> {
  const lives: Life[] = [];
  for (const plan of plans) {
    const again = stretch.pending[index] ?? [];
    const life = await live({ ...plan, path: stretch.world.path, again });
    const known = new Set(life.answered.map(({ commandId }) => commandId));
    // What it was to send again and did not come to is still to be sent.
    const left = again.filter(({ request }) => !known.has(request.commandId));
    const asked = unanswered(life).filter(
      ({ request }) => !left.some((one) => one.request.commandId === request.commandId),
    );
    stretch.pending[index] = [...left, ...asked];
    note(life, stretch);
    lives.push(life);
  }
  return lives;
}

function count(lives: readonly Life[], found: Found, totals: Totals): void {
  totals.kills += lives.length;
  for (const life of lives) {
    const { answered, point, recoveryMs, errors } = life;
    const where = point ?? "outside";
    totals.points.set(where, (totals.points.get(where) ?? 0) + 1);
    totals.acknowledged += answered.length;
    totals.unheard += unanswered(life).length;
    totals.landed += answered.filter(({ replayed }) => replayed).length;
    if (recoveryMs !== null) totals.recoveries.push(recoveryMs);
    if (errors !== "") totals.found.wrong.push(`a writer said: ${errors.split("\n").slice(0, 12).join(" | ")}`);
  }
  totals.found.lost.push(...found.lost);
  totals.found.doubled.push(...found.doubled);
  totals.found.wrong.push(...found.wrong);
}

async function round(plan: RoundPlan, stretch: Stretch, totals: Totals): Promise<boolean> {
  const lives = (await Promise.all(plan.lives.map((plans, index) => liveAll(plans, index, stretch)))).flat();
  const seen = await look(stretch.world.path);
  const found = checkRound({ ...seen, asked: stretch.asked, answered: stretch.answered });
  count(lives, found, totals);
  return [found.lost, found.doubled, found.wrong].every((list) => list.length === 0);
}

function tell(totals: Totals, tookMs: number): void {
  const { kills, points, acknowledged, unheard, landed, recoveries, found } = totals;
  const sorted = recoveries.toSorted((a, b) => a - b);
  const [median = 0, longest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const where = [...points].map(([point, times]) => `${times} ${point}`).toSorted();
  const rows: readonly (readonly [string, string])[] = [
    ["kills", `${kills}: ${where.join(", ")}`],
    ["acknowledged", `${acknowledged}`],
    [
      "in flight",
      `${unheard} answers never heard; sent again, ${landed} had been committed and were answered the same`,
    ],
    ["lost", `${found.lost.length}`],
    ["doubled", `${found.doubled.length}`],
    ["else wrong", `${found.wrong.length}`],
    ["recovery", `median ${median.toFixed(0)} ms, longest ${longest.toFixed(0)} ms (process start to first answer)`],
    ["took", `${(tookMs / 1_000).toFixed(1)} s`],
  ];
  for (const [name, value] of rows) console.log(`${name.padEnd(14)}${value}`);
  for (const line of [...found.lost, ...found.doubled, ...found.wrong].slice(0, 20)) console.log(`  ${line}`);
}

/** Returns true where nothing is wrong. */
async function run(kills: number, seed: number): Promise<boolean> {
  const startedMs = performance.now();
  const found = { lost: [], doubled: [], wrong: [] };
  const counts = { kills: 0, acknowledged: 0, unheard: 0, landed: 0 };
  const totals: Totals = { ...counts, points: new Map(), recoveries: [], found };
  let stretch = await newStretch(0);
  let isFine = true;
  for (const [index, plan] of planOf(kills, seed).entries()) {
    if (plan.file !== stretch.file) {
      stretch.world.remove();
      stretch = await newStretch(plan.file);
    }
    isFine = await round(plan, stretch, totals);
    if (!isFine) break;
    if ((index + 1) % TOLD_EVERY === 0)
      console.log(`round ${index + 1}: ${totals.kills} kills, ${totals.acknowledged} acknowledged, 0 lost, 0 doubled`);
  }
  tell(totals, performance.now() - startedMs);
  if (isFine) stretch.world.remove();
  else console.log(`the file is kept: ${stretch.world.path}`);
  return isFine;
}

const USAGE = "usage: npm run crash -- [--kills N], N a whole number from 1, 300 unless told; SEED=N replays a plan";

/** The number of kills; null where the flags are not as they should be. */
function killsAsked(args: readonly string[]): number | "help" | null {
  const options = { kills: { type: "string", default: "300" }, help: { type: "boolean", short: "h" } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const kills = Number(values.kills);
    if (values.help === true) return "help";
    return Number.isSafeInteger(kills) && kills > 0 ? kills : null;
  } catch {
    return null;
  }
}

const kills = killsAsked(process.argv.slice(2));
if (kills === "help") console.log(USAGE);
else if (kills === null) {
  console.error(`crash: ${USAGE}`);
  process.exitCode = 2;
} else process.exitCode = (await run(kills, runSeed())) ? 0 : 1;
