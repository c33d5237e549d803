// Two sides measured in turns, in short samples. What else the machine does then falls on both, and the ratio of the
// two, taken round by round, holds where neither figure alone would.

import type { Effort } from "./effort.ts";
import { median } from "./statistics.ts";

/** Does its work so many times; returns the nanoseconds that took. */
export type Timed = (count: number) => number | Promise<number>;

/** Nanoseconds for one time, each the median of its rounds; `share` is the median of ours / peer, round by round. */
export type Paired = { readonly oursNs: number; readonly peer: { readonly ns: number; readonly share: number } | null };

const COUNT_LEAST = 1_024;
const NS_PER_MS = 1e6;

type Side = { readonly timed: Timed; readonly count: number; readonly ns: number[] };

/** Finds how many times fill a sample; this warms the code up too. */
async function calibrated(timed: Timed, sampleMs: number): Promise<Side> {
  const wantedNs = sampleMs * NS_PER_MS;
  let count = COUNT_LEAST;
  for (;;) {
    const ns = Math.max(1, await timed(count));
    if (ns >= wantedNs / 2) return { timed, count: Math.max(COUNT_LEAST, Math.round((count * wantedNs) / ns)), ns: [] };
    count = Math.ceil(count * Math.min(16, Math.max(2, wantedNs / ns)));
  }
}

async function sample({ timed, count, ns }: Side): Promise<void> {
  ns.push((await timed(count)) / count);
}

/** Measures ours and, where there is one, a peer, in turns; who begins changes with each round. */
export async function inTurns(ours: Timed, peer: Timed | null, { rounds, sampleMs }: Effort): Promise<Paired> {
  const first = await calibrated(ours, sampleMs);
  const second = peer === null ? null : await calibrated(peer, sampleMs);
  const sides = second === null ? [first] : [first, second];
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await sample(side);
  }
  const oursNs = median(first.ns);
  if (second === null) return { oursNs, peer: null };
  const shares = first.ns.map((ns, round) => ns / (second.ns[round] ?? ns));
  return { oursNs, peer: { ns: median(second.ns), share: median(shares) } };
}
