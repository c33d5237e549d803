// How a workspace grows, and what holds it: events a day, found by searching the log by time and not by reading it; which
// types of event and kinds of row take up the room, from a bounded sample. Work is bounded however long the log is.

import type { StoredEvent, View } from "../store/index.ts";
import type { Growth, RowShare } from "./growth-report.ts";
import { ROW_KINDS } from "./codec.ts";
import { REFUSED_COUNTER, THROTTLED_COUNTER } from "./counters.ts";

const DAY_MS = 86_400_000;

/** Events looked at for what they are and how long; rows looked at of one kind. */
const EVENTS_MAX = 10_000;
const ROWS_MAX = 1_000;
const PAGE = 1_000;

/** Beside its bytes an event keeps its hash and its place. */
const EVENT_EXTRA_BYTES = 90;

/** How keys begin: as their row's kind, but for a human's marks, which are answers under keys of their own; the head is one row. */
export const KINDS: readonly string[] = [...Object.keys(ROW_KINDS).filter((kind) => kind !== "head"), "mark"];

/** How many of the log's `last` events lie at `time` (milliseconds since 1970) or later: halves the log some twenty times. */
export async function countFrom(view: View, last: number, time: number): Promise<number> {
  let [low, high] = [1, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = await view.event(middle);
    if (event !== null && event.at < time) low = middle + 1;
    else high = middle;
  }
  return last + 1 - low;
}

class Sample {
  readonly types = new Map<string, { events: number; bytes: number }>();
  bytes = 0;
  count = 0;
  refusedLately = 0;

  add({ type, bytes, at }: StoredEvent, dayAgo: number): void {
    const share = this.types.get(type) ?? { events: 0, bytes: 0 };
    const size = Buffer.byteLength(bytes) + EVENT_EXTRA_BYTES;
    this.types.set(type, { events: share.events + 1, bytes: share.bytes + size });
    this.bytes += size;
    this.count += 1;
    if (type === "command_refused" && at >= dayAgo) this.refusedLately += 1;
  }
}

async function sampleOf(view: View, last: number, dayAgo: number): Promise<Sample> {
  const sample = new Sample();
  for (let after = Math.max(0, last - EVENTS_MAX); after < last; after += PAGE)
    for (const event of await view.events(after, PAGE)) sample.add(event, dayAgo);
  return sample;
}

async function rowShare(view: View, kind: string): Promise<RowShare> {
  const page = await view.rows({ prefix: `${kind}/`, limit: ROWS_MAX + 1 });
  const seen = page.slice(0, ROWS_MAX);
  const bytes = seen.reduce((sum, row) => sum + Buffer.byteLength(row.key) + Buffer.byteLength(row.bytes), 0);
  return { kind, rows: seen.length, bytes, all: page.length <= ROWS_MAX };
}

async function refusalsOf(view: View, lastDay: number): Promise<Growth["refusals"]> {
  const counters = [...(await view.counters())];
  const refused = counters.filter(([name]) => name.startsWith(REFUSED_COUNTER));
  const total = refused.reduce((sum, [, count]) => sum + count, 0);
  return { lastDay, total, unrecorded: counters.find(([name]) => name === THROTTLED_COUNTER)?.[1] ?? 0 };
}

/** How the workspace has grown by the time `now`. */
export async function growthIn(view: View, now: number): Promise<Growth> {
  const events = (await view.head())?.sequence ?? 0;
  const sample = await sampleOf(view, events, now - DAY_MS);
  const rows: RowShare[] = [];
  for (const kind of KINDS) rows.push(await rowShare(view, kind));
  const types = [...sample.types].map(([type, share]) => ({ type, ...share }));
  return {
    events,
    since: (await view.event(1))?.at ?? null,
    lastDay: await countFrom(view, events, now - DAY_MS),
    lastWeek: await countFrom(view, events, now - 7 * DAY_MS),
    eventBytes: sample.count === 0 ? 0 : Math.round(sample.bytes / sample.count),
    sampled: sample.count,
    types: types.toSorted((a, b) => b.bytes - a.bytes),
    rows: rows.filter((share) => share.rows > 0).toSorted((a, b) => b.bytes - a.bytes),
    refusals: await refusalsOf(view, sample.refusedLately),
  };
}
