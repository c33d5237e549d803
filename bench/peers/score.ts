// How a detector does on injected loops and on honest work that looks like one.

import { injected, verdictOf, withLookAlike } from "../../test/support/loops/injected.ts";
import type { PaceName } from "../../test/support/loops/injected.ts";
import type { LoopKind } from "../../test/support/loops/loop.ts";
import type { LookAlike } from "../../test/support/loops/look-alikes.ts";
import { all, stoppedAt } from "../../test/support/loops/play.ts";
import type { Detector } from "../../test/support/loops/play.ts";
import { random } from "../../test/support/random.ts";
import { median } from "../measure/statistics.ts";

/** `make` is null where the peer is absent. */
export type Contender = { readonly name: string; readonly make: (() => Detector) | null };

export type LoopScore = {
  readonly injections: number;
  /** Calls of the loop that ran until it was found, of each one found. */
  readonly ran: readonly number[];
  /** Stopped in the honest work before it. */
  readonly early: number;
};

const PACES: readonly PaceName[] = ["real", "fast"];

/** Injects loops of this kind at both paces, the same for every contender. */
export function scoreLoop(kind: LoopKind, make: () => Detector, each: number): LoopScore {
  const verdicts = PACES.flatMap((pace) =>
    Array.from({ length: each }, (_, seed) =>
      verdictOf({ ...injected(kind, pace, random(seed)), counts: all }, make()),
    ),
  );
  const ran = verdicts.flatMap(({ found }) => (found === null ? [] : [found.ran]));
  return { injections: verdicts.length, ran, early: verdicts.filter(({ early }) => early !== null).length };
}

/** How many times honest work like this was stopped. */
export function scoreLookAlike(kind: LookAlike, make: () => Detector, each: number): number {
  const stops = Array.from({ length: each }, (_, seed) => stoppedAt(make(), withLookAlike(kind, random(seed)), all));
  return stops.filter((stopped) => stopped !== null).length;
}

export const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

/** Share found; then calls that ran until then, the median and the worst. */
export function loopCell({ injections, ran }: LoopScore): string {
  if (ran.length === 0) return "0 %";
  return `${percent(ran.length, injections)}: ${median(ran)} (${Math.max(...ran)})`;
}

/** A table in Markdown, its columns in line. */
export function drawn(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [row(heads), rule, ...lines.map(row)].join("\n");
}
