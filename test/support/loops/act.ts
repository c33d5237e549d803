// What a made-up agent does, one act at a time, before it has a time of its own; and paces, which give it one.

import type { Outcome, Step } from "../../../src/steps/index.ts";
import type { Random } from "../random.ts";

export type Act = Pick<Step, "kind" | "tool" | "call"> &
  Outcome & {
    /** At least so long after the act before it. */
    readonly afterMs?: number;
  };

/** An act with its time. */
export type Take = { readonly step: Step; readonly outcome: Outcome };

type Members = { readonly [name: string]: unknown };

export function called(tool: string, members: Members, result: string): Act {
  return { kind: "tool", tool, call: JSON.stringify(members), result, failed: false };
}

export function failed(tool: string, members: Members, result: string): Act {
  return { ...called(tool, members, result), failed: true };
}

/** A line for a shell, as Claude Code's tool asks for it: with words about it. */
export function shell(command: string, description: string, result: string): Act {
  return called("Bash", { command, description }, result);
}

export function said(text: string): Act {
  return { kind: "message", tool: "", call: text, result: null, failed: false };
}

export function userSaid(text: string): Act {
  return { ...said(text), kind: "user" };
}

export function waited(act: Act, afterMs: number): Act {
  return { ...act, afterMs };
}

/** Milliseconds from one act to the next. */
export type Pace = (dice: Random) => number;

/** As in real sessions: half of the gaps below 6 s, all of them from 0.5 to 50 s. */
export const sessionPace: Pace = (dice) => {
  const bell = dice.next() + dice.next() + dice.next() + dice.next() - 2;
  return Math.round(Math.min(50_000, Math.max(500, 6_000 * Math.exp(bell * 1.6))));
};
/** A model that thinks before each call. */
export const realPace: Pace = (dice) => 6_000 + dice.below(4_000);
export const fastPace: Pace = (dice) => 40 + dice.below(300);

/** When made-up sessions begin. */
export const START_MS = 1_750_000_000_000;

/** The acts one after the other, the first one some time after `fromMs`. */
export function timed(acts: readonly Act[], pace: Pace, dice: Random, fromMs: number): readonly Take[] {
  let atMs = fromMs;
  return acts.map(({ kind, tool, call, result, failed: isFailed, afterMs = 0 }) => {
    atMs += Math.max(afterMs, pace(dice));
    return { step: { kind, tool, call, atMs }, outcome: { result, failed: isFailed } };
  });
}

/** When the last act began. */
export function endMs(takes: readonly Take[]): number {
  return takes.at(-1)?.step.atMs ?? START_MS;
}
