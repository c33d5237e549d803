// Detectors of loops: ours, with every rule refusing, and others by their published thresholds, over the same injected
// loops and the same honest work; and what judging one step costs.

import { LOOK_ALIKES, OPEN_LOOK_ALIKES } from "../../test/support/loops/look-alikes.ts";
import { LOOP_KINDS, OPEN_KINDS } from "../../test/support/loops/kinds.ts";
import { injected } from "../../test/support/loops/injected.ts";
import { ours } from "../../test/support/loops/play.ts";
import { random } from "../../test/support/random.ts";
import { StepWatch } from "../../src/steps/index.ts";
import type { Take } from "../../test/support/loops/act.ts";
import { gemini } from "../peers/gemini.ts";
import { GEMINI_VERSION, realGemini } from "../peers/gemini-real.ts";
import { opencode } from "../peers/opencode.ts";
import { openHands } from "../peers/openhands.ts";
import { drawn, loopCell, percent, scoreLookAlike, scoreLoop } from "../peers/score.ts";
import type { Contender, LoopScore } from "../peers/score.ts";
import { alone, singles } from "../report/row.ts";
import type { Figure, Row } from "../report/row.ts";
import type { Part } from "./setting.ts";

const ABSENT = "absent";

/** Of each kind, at each of two paces. */
const INJECTIONS_A_ROUND = 7;

type Scored = {
  readonly one: Contender;
  readonly loops: readonly (LoopScore | null)[];
  readonly stops: readonly (number | null)[];
};

const LOOPS = [...LOOP_KINDS, ...OPEN_KINDS];
const ALIKES = [...LOOK_ALIKES, ...OPEN_LOOK_ALIKES];

function scored(one: Contender, each: number): Scored {
  const { make } = one;
  return {
    one,
    loops: LOOPS.map((kind) => (make === null ? null : scoreLoop(kind, make, each))),
    stops: ALIKES.map((kind) => (make === null ? null : scoreLookAlike(kind, make, each))),
  };
}

const open = (at: number, promised: number): string => (at < promised ? "" : " *");

function detail(all: readonly Scored[], each: number): string {
  const names = all.map(({ one }) => one.name);
  const loops = LOOPS.map(({ name }, at) => [
    name + open(at, LOOP_KINDS.length),
    ...all.map(({ loops: scores }) => (scores[at] == null ? ABSENT : loopCell(scores[at]))),
  ]);
  const stops = ALIKES.map(({ name }, at) => [
    name + open(at, LOOK_ALIKES.length),
    ...all.map(({ stops: counts }) => (counts[at] == null ? ABSENT : percent(counts[at], each))),
  ]);
  return [
    "## Loops\n",
    `Share of ${each * 2} injected loops that were found, and how many calls of the loop ran until then: median (worst).`,
    "Half of them go at 6 to 10 s a call, half fast. *: promised by no rule of ours.\n",
    drawn(["loop", ...names], loops),
    `\nShare of ${each} pieces of honest work that were stopped: fewer is better.\n`,
    drawn(["honest work", ...names], stops),
  ].join("\n");
}

/** The loops and the honest work that our rules promise something of. */
function totals({ loops, stops }: Scored, each: number): { readonly found: number; readonly passed: number } | null {
  const scores = loops.slice(0, LOOP_KINDS.length).filter((score) => score !== null);
  const counts = stops.slice(0, LOOK_ALIKES.length).filter((count) => count !== null);
  if (scores.length === 0) return null;
  const found = scores.reduce((sum, { ran }) => sum + ran.length, 0);
  const injections = scores.reduce((sum, one) => sum + one.injections, 0);
  const stopped = counts.reduce((sum, count) => sum + count, 0);
  return { found: (100 * found) / injections, passed: 100 - (100 * stopped) / (each * counts.length) };
}

const share = (value: number): Figure => ({ value, unit: "percent" });

function compared(what: string, mine: number, { name }: Contender, theirs: number | null): Row {
  const peer = theirs === null ? null : { name, figure: share(theirs), share: mine / theirs };
  return { what, ours: share(mine), peer, absent: theirs === null ? name : null, target: null };
}

function rowsOf(all: readonly Scored[], each: number): readonly Row[] {
  const [first, ...peers] = all.map((one) => ({ ...one, total: totals(one, each) }));
  const mine = first?.total ?? { found: 0, passed: 0 };
  return peers.flatMap(({ one, total }) => [
    compared("loops that are found", mine.found, one, total?.found ?? null),
    compared("honest work that is let through", mine.passed, one, total?.passed ?? null),
  ]);
}

/** Times single steps of loops in honest work: judged before, remembered after. */
function costs(count: number): readonly Row[] {
  const [judge, settle]: [number[], number[]] = [[], []];
  for (let seed = 0; judge.length < count; seed += 1) {
    const dice = random(seed);
    const { before, loop } = injected(dice.pick(LOOPS), "real", dice);
    time([...before, ...loop], judge, settle);
  }
  return [
    alone("judge a step by every detector of loops", singles(judge), null),
    alone("remember how it ended", singles(settle), null),
  ];
}

function time(takes: readonly Take[], judge: number[], settle: number[]): void {
  const watch = new StepWatch();
  for (const { step, outcome } of takes) {
    const started = performance.now();
    const judged = watch.judge(step);
    const between = performance.now();
    watch.settle(step, judged, outcome);
    const ended = performance.now();
    judge.push((between - started) * 1e6);
    settle.push((ended - between) * 1e6);
  }
}

export const loopDetectors: Part = {
  name: "loop-detectors",
  run: async ({ effort }) => {
    const each = effort.rounds * INJECTIONS_A_ROUND;
    const contenders: readonly Contender[] = [
      { name: "ours", make: ours },
      { name: "OpenHands", make: openHands },
      { name: "Gemini CLI", make: gemini },
      { name: "opencode", make: opencode },
      { name: `gemini-cli-core ${GEMINI_VERSION}`, make: await realGemini() },
    ];
    const all = contenders.map((one) => scored(one, each));
    costs(effort.decisions / 4);
    const rows = [...costs(effort.decisions), ...rowsOf(all, each)];
    return rows.map((row, at) => (at === 0 ? { ...row, detail: detail(all, each) } : row));
  },
};
