// Makes the golden logs anew from their seeds, reads the stored ones, decides those again, and says whether all of it is
// what the manifest says. UPDATE=1 writes logs and manifest; a log that no story makes any more is kept and only read.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StoredEvent } from "../../src/store/index.ts";
import { eventsOf, read, storeOf, written } from "./log-file.ts";
import { play, WORKSPACE } from "./play.ts";
import { STORIES } from "./stories.ts";
import { replayOf, summaryOf } from "./summary.ts";
import type { Summary } from "./summary.ts";

const MANIFEST = join(import.meta.dirname, "manifest.json");

const fileOf = (name: string): string => join(import.meta.dirname, `${name}.jsonl`);

function isManifest(value: unknown): value is readonly Summary[] {
  return (
    Array.isArray(value) && value.every((one: unknown) => typeof one === "object" && one !== null && "name" in one)
  );
}

export function manifest(): readonly Summary[] {
  const value: unknown = JSON.parse(readFileSync(MANIFEST, "utf8"));
  if (!isManifest(value)) throw new Error(`${MANIFEST} is no manifest`);
  return value;
}

export const storedText = (name: string): string => readFileSync(fileOf(name), "utf8");

/** The story's log, made anew. */
async function made(name: string): Promise<string | null> {
  const story = STORIES.find((one) => one.name === name);
  return story === undefined ? null : written(await eventsOf(await play(story), WORKSPACE));
}

/** Rules change; a log that is only kept has to be read, not to be decided as it was. */
async function replayFaults(name: string, events: readonly StoredEvent[]): Promise<readonly string[]> {
  const { first, unknown } = await replayOf(await storeOf(events, WORKSPACE));
  return [
    ...first.map(({ sequence, problem }) => `${name}: d-${sequence}: ${problem}`),
    ...(unknown === 0 ? [] : [`${name}: ${unknown} commands cannot be read back`]),
  ];
}

/** What is wrong with one golden log, in words; empty when all is well. */
export async function faultsOf(expected: Summary): Promise<readonly string[]> {
  const { name } = expected;
  const [text, again] = [storedText(name), await made(name)];
  const events = read(text);
  return [
    ...(again === null || again === text ? [] : [`${name}: its seed makes another log now`]),
    ...(JSON.stringify(summaryOf(name, events)) === JSON.stringify(expected)
      ? []
      : [`${name}: it folds to other rows or decisions`]),
    ...(again === null ? [] : await replayFaults(name, events)),
  ];
}

async function update(): Promise<void> {
  const summaries: Summary[] = [];
  for (const { name } of STORIES) {
    const text = (await made(name)) ?? "";
    writeFileSync(fileOf(name), text);
    summaries.push(summaryOf(name, read(text)));
  }
  const kept = manifest().filter(({ name }) => !STORIES.some((story) => story.name === name));
  summaries.push(...kept.map(({ name }) => summaryOf(name, read(storedText(name)))));
  writeFileSync(MANIFEST, `${JSON.stringify(summaries, null, 2)}\n`);
}

async function main(): Promise<void> {
  if (process.env["UPDATE"] === "1") await update();
  let faults = 0;
  for (const expected of manifest()) {
    const found = await faultsOf(expected);
    faults += found.length;
    const { name, events, headHash, rowsHash, decisionsHash } = expected;
    const hashes = [headHash, rowsHash, decisionsHash].map((hash) => hash.slice(0, 12)).join(" ");
    console.log(`${found.length === 0 ? "ok    " : "FAILED"} ${name.padEnd(12)} ${events} events, ${hashes}`);
    for (const line of found) console.log(`  ${line}`);
  }
  process.exitCode = faults === 0 ? 0 : 1;
}

if (import.meta.main) await main();
