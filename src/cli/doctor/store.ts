// The store: its file, its SQLite, its log, its clock, and what was only counted.

import { statSync } from "node:fs";
import type { HeadRow } from "../../core/index.ts";
import { CHECKPOINT_EVENTS, countFrom, eventsSince, newerFormat, THROTTLED_COUNTER } from "../../kernel/index.ts";
import type { Store, StoreFacts } from "../../store/index.ts";
import type { Workspace } from "../context.ts";
import { isoTime, plural, shortDuration, sizeText } from "../output/text.ts";
import { fine, note, problem } from "./check.ts";
import type { Check } from "./check.ts";
import { growthChecks } from "./growth.ts";

/** A log ahead of the wall clock by more than this is said. */
const AHEAD_MS = 1_000;
const WAL_BYTES_LARGE = 67_108_864;

function fileChecks(facts: StoreFacts, path: string): readonly Check[] {
  const { journalMode, synchronous, sqliteVersion, schemaVersion, diskBytes, walBytes, pageBytes } = facts;
  const durable = journalMode === "wal" && synchronous === "full";
  const how = `journal ${journalMode}, synchronous ${synchronous}`;
  const open = ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0;
  return [
    fine("sqlite", `${sqliteVersion ?? "none"}, schema ${schemaVersion}, pages of ${pageBytes} bytes`),
    durable ? fine("durability", how) : problem("durability", `${how}: wanted wal and full`),
    walBytes > WAL_BYTES_LARGE
      ? note("size", `${sizeText(diskBytes)}, and ${sizeText(walBytes)} in the write-ahead log`)
      : fine("size", sizeText(diskBytes + walBytes)),
    ...(open ? [note("store", `${path} is open to other users of this machine: chmod 600 it`)] : []),
  ];
}

/** A clock this far off is worth a word, and one further off stops all writing. */
const OFFSET_MS_LARGE = 100;
const OFFSET_MS_MAX = 250;

function offsetCheck(offsetMs: number): Check {
  const offset = `${Math.abs(offsetMs)} ms ${offsetMs < 0 ? "behind" : "ahead of"} this machine's clock`;
  if (Math.abs(offsetMs) <= OFFSET_MS_LARGE) return fine("server clock", offset);
  const what = `${offset}: from ${OFFSET_MS_MAX} ms on nothing is written. set the clocks`;
  return (Math.abs(offsetMs) > OFFSET_MS_MAX ? problem : note)("server clock", what);
}

function serverChecks(
  { schemaVersion, diskBytes, synchronous }: StoreFacts,
  server: NonNullable<StoreFacts["server"]>,
): readonly Check[] {
  const { fsync, fullPageWrites, synchronousStandbys, clockOffsetMs } = server;
  const how = `fsync ${fsync}, full_page_writes ${fullPageWrites}, synchronous_commit ${synchronous}`;
  const safe = fsync === "on" && fullPageWrites === "on" && synchronous !== "off";
  return [
    fine("postgresql", `${server.version} at ${server.primary}, schema ${schemaVersion}`),
    safe ? fine("durability", how) : problem("durability", `${how}: wanted on, on and on`),
    synchronousStandbys === ""
      ? note("standby", `none confirms a commit${server.singleNode ? ", accepted with --single-node" : ""}`)
      : fine("standby", synchronousStandbys),
    offsetCheck(clockOffsetMs),
    fine("size", sizeText(diskBytes)),
  ];
}

/**
 * Whether the log is ahead of the wall clock; then time stands still until that has caught up. Which of the two is wrong
 * nobody here can know. `first` is the first event that is ahead.
 */
export function clockCheck(head: Pick<HeadRow, "at">, now: number, first: number): Check {
  const aheadMs = head.at - now;
  if (aheadMs <= AHEAD_MS) return fine("clock", `${isoTime(now)}, not behind the log`);
  const what = `the log's last event (${isoTime(head.at)}) is ${shortDuration(aheadMs)} ahead of the wall clock (${isoTime(now)})`;
  const behind = "if this clock is behind, set it";
  const ahead = `if it is right, the clock that wrote event ${first} was ahead: wait, begin a new workspace, or restore a backup from before that event`;
  return problem("clock", `${what}: time stands still for the kernel until then. ${behind}; ${ahead}`);
}

async function clockChecks({ store, place, head }: Workspace, now: number): Promise<Check> {
  const { sequence } = head;
  const ahead = await store.read(place.workspace, (view) => countFrom(view, sequence, now + AHEAD_MS));
  return clockCheck(head, now, sequence + 1 - ahead);
}

async function throttledCheck({ store, place }: Workspace): Promise<Check> {
  const count = await store.read(place.workspace, async (view) => (await view.counters()).get(THROTTLED_COUNTER) ?? 0);
  if (count === 0) return fine("throttled", "no refusal went unrecorded");
  return note(
    "throttled",
    `${plural(count, "refusal")} past 60 a minute of one actor: counted, not recorded. an agent retries in a loop`,
  );
}

/** Events of every workspace in the file: they share its size. */
async function eventsInFile(store: Store): Promise<number> {
  let sum = 0;
  for (const id of await store.workspaces()) sum += (await store.read(id, (view) => view.head()))?.sequence ?? 0;
  return sum;
}

/** A verification from the start takes long where no checkpoint was taken for long. */
async function checkpointCheck({ store, place, head }: Workspace): Promise<Check> {
  const taken = await store.checkpoints.list(place.workspace);
  const since = eventsSince(taken, head.sequence);
  const last = taken.at(-1)?.sequence ?? null;
  const found = last === null ? "none yet" : `the last at event ${last}`;
  if (since < 2 * CHECKPOINT_EVENTS) return fine("checkpoint", `${found}, ${plural(since, "event")} since`);
  return note(
    "checkpoint",
    `${found}, ${plural(since, "event")} since: run exec-kernel verify --from-checkpoint from a timer, it takes one every ${CHECKPOINT_EVENTS}`,
  );
}

/** Where the log and its rows end at different events, or a newer version writes it, every write is a fault. */
async function logCheck({ store, place, head }: Workspace): Promise<Check> {
  const { stored, last } = await store.read(place.workspace, async (view) => {
    const end = await view.head();
    return { stored: end, last: end === null ? null : await view.event(end.sequence) };
  });
  const newer = newerFormat(stored, place.workspace);
  if (newer !== null) return problem("log", newer.message);
  if (last?.sequence === head.sequence)
    return fine("log", `${plural(head.sequence, "event")}, policy of d-${head.policySequence}`);
  const end = last === null ? `before event ${stored?.sequence ?? 1}` : `at event ${last.sequence}`;
  const found = `the log ends ${end} and its rows at ${head.sequence}: nothing can be written`;
  return problem("log", `${found}. run exec-kernel verify, keep a copy, restore a backup`);
}

/** All there is to say of an open workspace. */
export async function storeChecks(workspace: Workspace, now: number): Promise<readonly Check[]> {
  const { place, head, store, kernel } = workspace;
  const facts = await store.facts();
  return [
    fine("store", place.storePath),
    ...(facts.server === null ? fileChecks(facts, place.storePath) : serverChecks(facts, facts.server)),
    await logCheck(workspace),
    await clockChecks(workspace, now),
    await checkpointCheck(workspace),
    await throttledCheck(workspace),
    ...growthChecks(await kernel.growth(), facts, await eventsInFile(store), place.storePath, Math.max(now, head.at)),
  ];
}
