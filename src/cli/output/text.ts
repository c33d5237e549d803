// Numbers, amounts and times as people read them. No locale: the same on every machine.

import { dollars, duration } from "../../core/index.ts";

/** 2204 as `2,204`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Micro-dollars; below a cent all decimals that there are. */
export function money(micros: number): string {
  if (micros % 10_000 === 0) return dollars(micros);
  return `$${Math.trunc(micros / 1_000_000)}.${String(micros % 1_000_000)
    .padStart(6, "0")
    .replace(/0+$/, "")}`;
}

/** An amount of a budget dimension in its own unit. */
export function amountOf(dimension: string, value: number): string {
  if (dimension === "costMicros" || dimension === "estimatedMicros") return money(value);
  return dimension === "durationMs" ? duration(value) : grouped(value);
}

/** Dimensions that people call otherwise; the last two are parts of cost and tokens, shown apart. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["costMicros", "cost"],
  ["durationMs", "time"],
  ["estimatedMicros", "guessed cost"],
  ["unpricedTokens", "unpriced tokens"],
]);

/** The name of a dimension as people say it. */
export function dimensionName(dimension: string): string {
  return NAMES.get(dimension) ?? dimension;
}

/** A point in time as `2026-01-31T10:00:00.000Z`. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

const DAY_MS = 86_400_000;

/** A length of time in days where it is long, such as `3 days`, else as `duration` says it. */
export function shortDuration(ms: number): string {
  return ms >= 2 * DAY_MS ? `${Math.floor(ms / DAY_MS)} days` : duration(Math.trunc(ms));
}

/** How long ago, such as `27 min ago`. */
export function ago(at: number, now: number): string {
  const passedMs = now - at;
  return passedMs < 1_000 ? "now" : `${shortDuration(passedMs)} ago`;
}

/** `1 task`, `2 tasks`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

const UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A size such as `48 KB`, in powers of 1,024. */
export function sizeText(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= 1_024 && unit < UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? ""}`;
}
