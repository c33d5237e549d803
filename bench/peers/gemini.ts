// The LoopDetectionService of Gemini CLI by its published thresholds, without the model that it asks after 30 turns: a
// cycle of one to five calls, five times over, whatever the results; a piece of text ten times close together.

import type { Detector } from "../../test/support/loops/play.ts";

const ROUNDS = 5;
const PERIOD_MAX = 5;
const PIECE = 50;
const PIECES = 10;
const DISTANCE_MAX = 5 * PIECE;
const TEXT_MAX = 5_000;

function isCycle(calls: readonly string[], period: number): boolean {
  const length = period * ROUNDS;
  if (calls.length < length) return false;
  const last = calls.slice(-length);
  return last.every((call, at) => call === last[at % period]);
}

/** Whether some piece of the text stands in it so often and so close, with the same between. */
function chants(text: string): boolean {
  const places = new Map<string, number[]>();
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    const piece = text.slice(at, at + PIECE);
    const found = places.get(piece) ?? [];
    found.push(at);
    places.set(piece, found);
    if (isClose(found.slice(-PIECES), text)) return true;
  }
  return false;
}

function isClose(places: readonly number[], text: string): boolean {
  const [first] = places;
  if (places.length < PIECES || first === undefined) return false;
  const between = new Set(places.slice(1).map((place, at) => text.slice(places[at], place)));
  return ((places.at(-1) ?? 0) - first) / (PIECES - 1) <= DISTANCE_MAX && between.size <= PIECES / 2;
}

export function gemini(): Detector {
  let calls: readonly string[] = [];
  let text = "";
  const called = (call: string): string | null => {
    calls = [...calls, call].slice(-PERIOD_MAX * ROUNDS);
    text = "";
    const periods = Array.from({ length: PERIOD_MAX }, (_, at) => at + 1);
    return periods.some((period) => isCycle(calls, period)) ? "repeated calls" : null;
  };
  const spoken = (words: string): string | null => {
    text = (text + words).slice(-TEXT_MAX);
    return chants(text) ? "repeated text" : null;
  };
  return {
    before: ({ step }) => {
      if (step.kind === "message") return spoken(step.call);
      if (step.kind === "tool") return called(`${step.tool} ${step.call}`);
      [calls, text] = [[], ""];
      return null;
    },
    after: () => null,
  };
}
