// Forgetting: rows whose time is over are deleted together with an append, since rows change only there. A cursor walks
// the log behind the present and names the rows that each old event had made; once in 256 events it takes a bounded step,
// so that it keeps up with any rate and no command pays more than some milliseconds. Lessons lie in the order of their
// making and need no cursor; how many there are is counted beside the log.
//
// What is forgotten when is nobody's business but this file's: deciding reads rows that are over as absent, and verify
// takes them either way.

import { actorName, commandKey, isOver, LESSON_PREFIX, LESSONS_MAX, REMEMBERED_MS, runKey } from "../../core/index.ts";
import type { Event, Row } from "../../core/index.ts";
import type { StoredEvent, View } from "../../store/index.ts";
import { decodeEvent, decodeRow } from "../codec.ts";

/** Counters beside the log: how far the walk has come, how far lessons are counted, and how many are kept. */
const FORGOTTEN_COUNTER = "forgotten/events";
const COUNTED_COUNTER = "counted/events";
const KEPT_COUNTER = "kept/lessons";

/** A step is taken when the log passes a multiple of this. */
const STEP_EVERY = 256;
/** Twice as many and more: a log that was not walked for long is caught up with. */
const WALKED_MAX = 640;
const COUNTED_MAX = 2_048;
const LESSONS_FORGOTTEN_MAX = 64;

/** What one step forgets, and what it adds to the counters. */
export type Forgetting = {
  /** Of rows that are to be deleted. */
  readonly keys: readonly string[];
  readonly counts: readonly (readonly [name: string, by: number])[];
};

/** True where an append from one end of the log to another is one that forgets. */
export function isForgetful(from: number, to: number): boolean {
  return Math.floor(to / STEP_EVERY) > Math.floor(from / STEP_EVERY);
}

/** Keys of the rows that an event made and that are over some time. */
function passingKeys(event: Event): readonly string[] {
  const keys: string[] = [];
  if (event.decision?.verdict === "granted" && event.digest !== null)
    keys.push(commandKey(actorName(event.kind, event.actor), event.commandId));
  if (event.type === "run_ended") keys.push(runKey(event.body.actor, event.body.run));
  return keys;
}

/** The events that are old enough to be forgotten about, at most WALKED_MAX. */
async function walked(view: View, after: number, at: number): Promise<readonly StoredEvent[]> {
  // Most steps find nothing old enough: one event tells.
  const next = await view.event(after + 1);
  if (next === null || next.at + REMEMBERED_MS > at) return [];
  const page = await view.events(after, WALKED_MAX);
  return page.filter((event) => event.at + REMEMBERED_MS <= at);
}

async function overAmong(view: View, keys: readonly string[], at: number): Promise<readonly string[]> {
  const found = await view.load(keys);
  return keys.filter((key, index) => {
    const bytes = found[index] ?? null;
    return bytes !== null && isOver(decodeRow(bytes, key), at);
  });
}

/** How many lessons came to be since they were last counted; told by the events' types alone. */
async function newLessons(view: View, after: number): Promise<{ readonly counted: number; readonly lessons: number }> {
  const page = await view.events(after, COUNTED_MAX);
  return { counted: page.length, lessons: page.filter(({ type }) => type === "lesson_learnt").length };
}

/** The oldest lessons, as far as they are over or too many. */
async function oldLessons(view: View, kept: number, at: number): Promise<readonly string[]> {
  const oldest = await view.rows({ prefix: LESSON_PREFIX, limit: LESSONS_FORGOTTEN_MAX });
  return oldest.flatMap(({ key, bytes }, index) =>
    index < kept - LESSONS_MAX || isOver(decodeRow(bytes, key), at) ? [key] : [],
  );
}

/** A place in the log; where somebody else has written there, the nearest one that can be. */
function placeOf(counters: ReadonlyMap<string, number>, name: string, end: number): number {
  return Math.min(end, Math.max(0, counters.get(name) ?? 0));
}

/** What is wrong with the places that the walk remembers, in a log that ends at `end`; empty when nothing is. */
export function placeFaults(counters: ReadonlyMap<string, number>, end: number): readonly string[] {
  const faults = [FORGOTTEN_COUNTER, COUNTED_COUNTER].flatMap((name) => {
    const told = counters.get(name) ?? 0;
    return told === placeOf(counters, name, end) ? [] : [`counter ${name} says ${told}, the log ends at ${end}`];
  });
  const kept = counters.get(KEPT_COUNTER) ?? 0;
  return kept >= 0 ? faults : [...faults, `counter ${KEPT_COUNTER} says ${kept}`];
}

/** One step of forgetting at time `at`, as of a view of the log before the append that carries it. */
export async function forgettingAt(view: View, at: number): Promise<Forgetting> {
  const counters = await view.counters();
  const end = (await view.head())?.sequence ?? 0;
  const [from, countedFrom] = [placeOf(counters, FORGOTTEN_COUNTER, end), placeOf(counters, COUNTED_COUNTER, end)];
  const events = await walked(view, from, at);
  const keys = new Set(events.flatMap(({ bytes, sequence }) => passingKeys(decodeEvent(bytes, sequence))));
  const { counted, lessons } = await newLessons(view, countedFrom);
  const [told, before] = [counters.get(KEPT_COUNTER) ?? 0, Math.max(0, counters.get(KEPT_COUNTER) ?? 0)];
  const kept = before + lessons;
  const forgotten = await oldLessons(view, kept, at);
  const over = [...(keys.size === 0 ? [] : await overAmong(view, [...keys], at)), ...forgotten];
  const counts = [
    [FORGOTTEN_COUNTER, from + events.length - (counters.get(FORGOTTEN_COUNTER) ?? 0)] as const,
    [COUNTED_COUNTER, countedFrom + counted - (counters.get(COUNTED_COUNTER) ?? 0)] as const,
    [KEPT_COUNTER, before - told + lessons - forgotten.length] as const,
  ].filter(([, by]) => by !== 0);
  return { keys: over, counts };
}

/** Says of each row that a log folds to whether a store may have forgotten it at time `at`. */
export function forgettable(rows: Iterable<Row>, at: number): (row: Row) => boolean {
  const lessons: number[] = [];
  for (const row of rows) if (row.kind === "lesson") lessons.push(row.sequence);
  const oldestKept = lessons.toSorted((a, b) => b - a)[LESSONS_MAX - 1] ?? 0;
  return (row) => isOver(row, at) || (row.kind === "lesson" && row.sequence < oldestKept);
}
