// Counts, shares, sizes, days and stretches of time as people read them. No locale: the same on every machine, in UTC.

import { dollars, duration } from "../../core/index.ts";
import type { Range } from "../report.ts";

/** 2204 as `2,204`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 task`, `2 tasks`. */
export function counted(count: number, one: string): string {
  return `${grouped(count)} ${count === 1 ? one : `${one}s`}`;
}

/** `1 history`, `412 histories`. */
export function countedHistories(count: number): string {
  return `${grouped(count)} ${count === 1 ? "history" : "histories"}`;
}

/** A part of a whole in per cent; a part that is there is never 0%, and one that is not all never 100%. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0%";
  const percent = Math.min(part === whole ? 100 : 99, Math.round((part / whole) * 100));
  return percent === 0 ? "under 1%" : `${percent}%`;
}

/** The same, with one decimal where that says more: `6.6%`. */
export function fineShare(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100;
  return percent >= 0.1 && percent < 9.95 ? `${percent.toFixed(1)}%` : share(part, whole);
}

/** Micro-dollars as `$1,904.20`. */
export function money(micros: number): string {
  return dollars(micros).replace(/\d+(?=\.)/, (whole) => grouped(Number(whole)));
}

/** The same; nothing is known of a cost where no row tells of a price: that is no $0.00. */
export function knownMoney(micros: number): string {
  return micros === 0 ? "-" : money(micros);
}

/** Bytes as `712 B`, `38 KB`, `1.4 MB`. */
export function size(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`;
  if (sizeBytes < 1_000_000) return `${Math.round(sizeBytes / 1_000)} KB`;
  return `${(sizeBytes / 1_000_000).toFixed(1)} MB`;
}

/** Time taken, in seconds with one decimal. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

/** A day in UTC, such as `12 Oct 2025`. */
export function day(atMs: number): string {
  const date = new Date(atMs);
  if (Number.isNaN(date.getTime())) return "?";
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A time of day in UTC, such as `22:14:07`. */
export function clock(atMs: number): string {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? "?" : date.toISOString().slice(11, 19);
}

/** The same without the year, where that stands elsewhere. */
function shortDay(atMs: number): string {
  return day(atMs).replace(/ \d+$/, "");
}

/** True where a day without its year could be taken for another. */
export function needsYear(range: Range): boolean {
  return range !== null && range.lastMs - range.firstMs > YEAR_MS;
}

/** When something went on; the year, where it may be left out, stands elsewhere: `27 Dec - 10 Jan`, `12 Oct`, or for a burst `21 Oct, in 18 min`. */
export function when(range: Range, withYear: boolean): string {
  if (range === null) return "";
  const { firstMs, lastMs } = range;
  if (withYear) return days(range);
  const [first, last] = [shortDay(firstMs), shortDay(lastMs)];
  if (lastMs > firstMs && lastMs - firstMs < DAY_MS) return `${first}, in ${length(lastMs - firstMs)}`;
  return day(firstMs) === day(lastMs) ? first : `${first} - ${last}`;
}

/** From the first day to the last, such as `12 Oct 2025 - 28 Feb 2026`; one day alone where they are the same. */
export function days(range: Range): string {
  if (range === null) return "no dates";
  const [first, last] = [day(range.firstMs), day(range.lastMs)];
  if (first === last) return first;
  const sameYear = first.slice(-4) === last.slice(-4);
  return `${sameYear ? shortDay(range.firstMs) : first} - ${last}`;
}

/** How long something went on, such as `19 min` or `12 days`. */
export function length(ms: number): string {
  if (ms >= 3_600_000 && ms < DAY_MS) return `${Math.round(ms / 3_600_000)} h`;
  return ms >= 2 * DAY_MS ? `${Math.floor(ms / DAY_MS)} days` : duration(Math.max(0, ms));
}
