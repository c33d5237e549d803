// One line of the report: what was measured, against what, what was aimed at, and whether it was met.

import type { Paired } from "../measure/pairs.ts";
import { median, quantile } from "../measure/statistics.ts";

export type Unit = "ns" | "bytes" | "per second" | "percent";

/** `p99` where the value is the median of single measurements. */
export type Figure = { readonly value: number; readonly unit: Unit; readonly p99?: number };

/**
 * faster: the peer takes at least so many times as long (or as many bytes); share: ours takes at most so many times what
 * the peer does; below: ours stays under a value of its own unit, and its p99 under another; least: ours reaches a value
 * of its own unit; times: ours is at least so many times the peer's, where more is better.
 */
export type Target = {
  readonly kind: "faster" | "share" | "below" | "least" | "times";
  readonly value: number;
  readonly p99?: number;
};

/** `share` is ours / peer. */
export type Compared = { readonly name: string; readonly figure: Figure; readonly share: number };

export type Row = {
  readonly what: string;
  readonly ours: Figure;
  readonly peer: Compared | null;
  /** What it is compared with where that is not there. */
  readonly absent: string | null;
  readonly target: Target | null;
  /** What does not fit in one line: Markdown, shown after the table. */
  readonly detail?: string;
};

/** What the seed is called in the report. */
export const SEED = "seed";

/** The median of single measurements, with their p99. */
export function singles(ns: readonly number[]): Figure {
  return nanoseconds(median(ns), quantile(ns, 0.99));
}

export function nanoseconds(value: number, p99?: number): Figure {
  return p99 === undefined ? { value, unit: "ns" } : { value, unit: "ns", p99 };
}

/** A row of interleaved samples against a peer. */
export function against(name: string, what: string, { oursNs, peer }: Paired, target: Target | null): Row {
  return {
    what,
    ours: nanoseconds(oursNs),
    peer: peer === null ? null : { name, figure: nanoseconds(peer.ns), share: peer.share },
    absent: peer === null ? name : null,
    target,
  };
}

/** A row of interleaved samples against the seed. */
export function againstSeed(what: string, paired: Paired, target: Target | null): Row {
  return against(SEED, what, paired, target);
}

/** A row that is measured against nothing but its target. */
export function alone(what: string, ours: Figure, target: Target | null): Row {
  return { what, ours, peer: null, absent: null, target };
}

/** Whether the target was met; null where there is none, or nothing to compare with. */
export function isMet({ ours, peer, target }: Row): boolean | null {
  if (target === null) return null;
  if (target.kind === "below")
    return ours.value < target.value && (target.p99 === undefined || (ours.p99 ?? Infinity) < target.p99);
  if (target.kind === "least") return ours.value >= target.value;
  if (peer === null) return null;
  if (target.kind === "times") return peer.share >= target.value;
  return target.kind === "faster" ? 1 / peer.share >= target.value : peer.share <= target.value;
}
