// The kinds of loops, each with the bound that the book of rules sets: counts are of what ran before the refused step.

import { called, failed, said } from "./act.ts";
import type { Act } from "./act.ts";
import { CHANGES, FAILING, failingCheck, LOOKS, NOISY } from "./calls.ts";
import type { MakeAct } from "./calls.ts";
import { several, turning } from "./loop.ts";
import type { Loop, LoopKind } from "./loop.ts";
import { contentOf } from "./project.ts";
import type { Dice } from "./project.ts";
import { VARIED_EMPTY, VARIED_ERRORS } from "./varied.ts";

const REPEATS = 6;
const ERRORS = 5;
const FAILURES = 5;
const VARIATIONS = 12;
/** A look at what is not among the last 32 calls is let pass eight times more, so that there is a way out. */
const STALE: number = 25 + 8;
const PERIODS: readonly number[] = [2, 3, 4, 5, 6, 7, 8];
const MESSAGES = 5;
const ROUNDS = 3;
const SHORT_ROUNDS = 5;
const SHORT_PERIOD = 3;

function again(makes: readonly MakeAct[], within: number): LoopKind["make"] {
  return (by) => {
    const act = by.dice.pick(makes)(by);
    return { lead: [], at: () => act, within };
  };
}

/** The same call, and each time other noise in its words and its result. */
function againNoisy(by: Dice): Loop {
  const make = by.dice.pick(NOISY);
  return { lead: [], at: () => make(by), within: REPEATS };
}

const roundsOf = (period: number): number => (period <= SHORT_PERIOD ? SHORT_ROUNDS : ROUNDS);
const CIRCLED: readonly MakeAct[] = [...LOOKS, ...NOISY, ...CHANGES, ...FAILING];

function circle(period: number): LoopKind {
  return {
    name: `a circle of ${period}`,
    make: (by) => {
      const acts = several(CIRCLED, period, by).map((make) => make(by));
      return { lead: [], at: (place) => turning(acts, place), within: roundsOf(period) * period };
    },
  };
}

function noisyCircle(by: Dice): Loop {
  const period = PERIODS[by.dice.below(PERIODS.length)] ?? 2;
  const calls = several(CIRCLED, period, by);
  return { lead: [], at: (place) => turning(calls, place)(by), within: roundsOf(period) * period };
}

let edits = 0;

/** A change that nobody made before. */
function edit(): Act {
  edits += 1;
  const members = { file_path: "/repo/src/loop/fix.ts", old_string: `try ${edits - 1}`, new_string: `try ${edits}` };
  return called("Edit", members, "The file /repo/src/loop/fix.ts has been updated.");
}

/** Files that were read once, to be read again. */
function files(count: number): readonly Act[] {
  return Array.from({ length: count }, (_, at) => {
    const path = `/repo/src/seen/part-${at}.ts`;
    return called("Read", { file_path: path }, contentOf(path, 1));
  });
}

const COMMANDS = ["npm test", "pytest -x", "npx vitest run src/loop", "cargo test --lib", "go test ./..."];

function failing(by: Dice, reads: number): Loop {
  const seen = files(reads);
  const command = by.dice.pick(COMMANDS);
  const count = 1 + by.dice.below(5);
  const step = reads === 0 ? 2 : 3;
  const at = (place: number): Act => {
    if (place % step === step - 1) return failingCheck(by, command, count);
    return place % step === 0 ? edit() : by.dice.pick(seen);
  };
  return { lead: seen, at, counts: ({ call }) => call.includes(`"${command}"`), within: FAILURES };
}

/** Wanders among so many things; two turns in a row are never the same. */
function wander(by: Dice, count: number): Loop {
  const seen = files(count);
  let last = 0;
  const at = (): Act => {
    last = (last + 1 + by.dice.below(count - 1)) % count;
    return turning(seen, last);
  };
  return { lead: seen, at, within: STALE };
}

function monologue(by: Dice): Loop {
  const texts = by.dice.below(2) === 0 ? ["The work is done."] : ["I will begin now.", "Let me begin.", "I begin."];
  return { lead: [], at: (place) => said(turning(texts, place)), within: MESSAGES };
}

/** Errors that say something else each time: it is one call that fails all the same. */
function failsAnew(by: Dice): Loop {
  const at = (place: number): Act =>
    failed(
      "Bash",
      { command: "./deploy.sh", description: by.noise.about() },
      `error: chunk ${place + 17} was rejected`,
    );
  return { lead: [], at, within: ERRORS };
}

export const LOOP_KINDS: readonly LoopKind[] = [
  { name: "exact repetition", make: again([...LOOKS, ...CHANGES], REPEATS) },
  { name: "exact repetition, noise in result and words", make: againNoisy },
  { name: "one call, one error", make: again(FAILING, ERRORS) },
  { name: "one call, other errors", make: failsAnew },
  ...PERIODS.map(circle),
  { name: "a circle of 2 to 8, noise in results and words", make: noisyCircle },
  { name: "a check fails the same, other edits between", make: (by) => failing(by, 0) },
  { name: "the same, with reads of read files between", make: (by) => failing(by, 2 + by.dice.below(4)) },
  { name: "varied arguments, one error", make: (by) => by.dice.pick(VARIED_ERRORS)(by, VARIATIONS) },
  { name: "varied arguments, nothing found", make: (by) => by.dice.pick(VARIED_EMPTY)(by, VARIATIONS) },
  { name: "wandering among 3 to 12 seen things", make: (by) => wander(by, 3 + by.dice.below(10)) },
  { name: "wandering among 13 to 30 seen things", make: (by) => wander(by, 13 + by.dice.below(18)) },
  { name: "monologue", make: monologue },
];

/** The kind of this name. */
export function loopKind(name: string): LoopKind {
  const kind = LOOP_KINDS.find((one) => one.name === name);
  if (kind === undefined) throw new RangeError(`there is no kind of loop ${name}`);
  return kind;
}

/** What the rule book's words leave open: measured, and promised by nobody. */
export const OPEN_KINDS: readonly LoopKind[] = [
  {
    name: "varied arguments, the error names them",
    make: ({ dice }) => {
      const first = dice.below(900);
      const at = (place: number): Act => {
        const path = `/repo/data/part-${first + place}.txt`;
        return failed("Read", { file_path: path }, `ENOENT: no such file or directory, open '${path}'`);
      };
      return { lead: [], at, within: VARIATIONS };
    },
  },
  { name: "wandering among 34 to 60 seen things, in turn", make: inTurn },
];

function inTurn(by: Dice): Loop {
  const seen = files(34 + by.dice.below(27));
  return { lead: seen, at: (place) => turning(seen, place), within: STALE };
}
