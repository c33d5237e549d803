// How fast the workspace grows, what holds it, how long the disk will take it, and the room kept back for when it is full.

import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Growth } from "../../kernel/index.ts";
import type { StoreFacts } from "../../store/index.ts";
import { grouped, plural, sizeText } from "../output/text.ts";
import { fine, note, problem } from "./check.ts";
import type { Check } from "./check.ts";

const DAY_MS = 86_400_000;
const SHOWN = 4;

/** A rate of less than an hour tells nothing of the days to come. */
const HISTORY_LEAST_MS = 3_600_000;
const DAYS_FEW = 14;
const DAYS_LAST = 2;

/** Bytes a day by the last week, or by the log's whole life where that is shorter; null where it is too short to tell. */
export function bytesADay({ since, lastWeek }: Growth, bytesAnEvent: number, now: number): number | null {
  const spanMs = Math.min(7 * DAY_MS, since === null ? 0 : now - since);
  return spanMs < HISTORY_LEAST_MS ? null : (lastWeek * bytesAnEvent * DAY_MS) / spanMs;
}

function rateCheck(growth: Growth): Check {
  const { lastDay, lastWeek, eventBytes } = growth;
  const each = `${grouped(eventBytes)} bytes each in the log`;
  const found = `${plural(lastDay, "event")} in the last day, ${grouped(lastWeek)} in 7 days, ${each}`;
  return { ...fine("growth", found), numbers: growth };
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / Math.max(1, whole))}%`;
}

/** Which events and which rows take up the room. */
function heldCheck({ types, rows, sampled }: Growth): Check {
  const all = types.reduce((sum, { bytes }) => sum + bytes, 0);
  const events = types.slice(0, SHOWN).map(({ type, bytes }) => `${type} ${percent(bytes, all)}`);
  const kinds = rows
    .slice(0, SHOWN)
    .map(
      ({ kind, rows: count, bytes, all: exact }) =>
        `${exact ? "" : "over "}${grouped(count)} ${kind} (${sizeText(bytes)})`,
    );
  const last = `the last ${plural(sampled, "event")}: ${events.join(", ")}`;
  return fine("held by", `${last}; rows: ${kinds.join(", ")}`);
}

function refusalsCheck({ refusals: { lastDay, total, unrecorded } }: Growth): Check {
  return fine(
    "refusals",
    `${grouped(lastDay)} recorded in the last day; ${grouped(total)} in all, ${grouped(unrecorded)} of them only counted`,
  );
}

/** What the disk has room for; null where nobody tells. */
function freeBytesAt(path: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** How full the disk will be, at this rate. */
export function diskCheck(diskBytes: number, aDay: number | null, freeBytes: number | null): Check {
  const free = freeBytes === null ? "" : `, ${sizeText(freeBytes)} free`;
  if (aDay === null) return fine("disk", `${sizeText(diskBytes)}${free}; too young to tell how it will grow`);
  const soon = `${sizeText(diskBytes)}, ${sizeText(diskBytes + 30 * aDay)} in 30 days at ${sizeText(aDay)} a day${free}`;
  const daysLeft = freeBytes === null || aDay <= 0 ? Infinity : Math.floor(freeBytes / aDay);
  if (daysLeft > 3_650) return fine("disk", soon);
  const left = `${soon}: ${plural(daysLeft, "day")} left`;
  if (daysLeft < DAYS_LAST) return problem("disk", `${left}. free some, or move the store`);
  return daysLeft < DAYS_FEW ? note("disk", left) : fine("disk", left);
}

/** The room kept back so that what was spent is still booked when the disk is full. */
export function roomCheck({ kept, path }: StoreFacts): Check {
  if (kept !== undefined && kept.blocked !== "") {
    const ballast = `${path}-ballast cannot be written (${kept.blocked})`;
    return problem(
      "room kept",
      `none for when the disk is full: ${ballast}. remove it, the next command makes it anew`,
    );
  }
  if (kept === undefined || kept.bytes === null)
    return note("room kept", "none for when the disk is full: there was less than 9 MB free when the store was opened");
  if (kept.bytes >= kept.ofBytes) return fine("room kept", `${sizeText(kept.bytes)} for when the disk is full`);
  return problem(
    "room kept",
    `${sizeText(kept.bytes)} of ${sizeText(kept.ofBytes)}: the disk is full, only what was spent is booked and work is stopped. free disk space`,
  );
}

/** All there is to say of a workspace's growth; `eventsInFile` are those of every workspace in the file. */
export function growthChecks(
  growth: Growth,
  facts: StoreFacts,
  eventsInFile: number,
  path: string,
  now: number,
): readonly Check[] {
  const sizeBytes = facts.diskBytes + facts.walBytes;
  // What the file takes up for each event, rows and indexes and all; a young file is mostly empty pages.
  const bytesAnEvent = eventsInFile < 1_000 ? growth.eventBytes * 2 : sizeBytes / eventsInFile;
  const aDay = bytesADay(growth, bytesAnEvent, now);
  const checks = [rateCheck(growth), heldCheck(growth), refusalsCheck(growth)];
  // How much room a server has is not for its clients to see.
  if (facts.server !== null) return [...checks, diskCheck(sizeBytes, aDay, null)];
  return [...checks, diskCheck(sizeBytes, aDay, freeBytesAt(path)), roomCheck(facts)];
}
