// Rounds of writers that are killed with -9 at random moments; after each round the log must be whole and hold every
// append that was acknowledged, at the very place that was told.

import assert from "node:assert/strict";
import { openSqliteStore, type StoredEvent } from "../../../src/store/index.ts";
import { follow, rowOf } from "../growth.ts";
import { startChild, type Child } from "./child.ts";

export type KillPlan = {
  readonly path: string;
  readonly rounds: number;
  readonly writers: number;
  readonly seed: number;
};

export function startWriters(path: string, names: readonly string[], count: number): Child[] {
  return names.map((name) => startChild("writer.ts", [path, name, String(count)]));
}

/** Every event follows the one before, with a hash over its bytes, and there is no gap. */
export function assertChain(events: readonly StoredEvent[]): void {
  const { events: expected } = follow(null, ...events.map(({ bytes }) => bytes));
  const places = (list: readonly StoredEvent[]) => list.map(({ sequence, hash }) => `${sequence} ${hash}`);
  assert.deepEqual(places(events), places(expected));
}

/** Each line of the children, "SEQUENCE NAME NUMBER", was acknowledged: the log has it at that very place. */
export function assertAcknowledged(events: readonly StoredEvent[], children: readonly Child[]): void {
  const stored = new Set(events.map(({ sequence, bytes }) => `${sequence} ${bytes}`));
  const missing = children.flatMap(({ lines }) => lines).filter((line) => !stored.has(line));
  assert.deepEqual(missing, []);
}

/** The log, and the row that counts its events. */
export async function contentsOf(
  path: string,
): Promise<{ readonly events: readonly StoredEvent[]; readonly total: string | null }> {
  const store = await openSqliteStore({ path });
  const found = {
    events: await store.read("w", (view) => view.events(0, 1_000_000)),
    total: await rowOf(store, "w", "total"),
  };
  await store.close();
  return found;
}

async function killAfter(child: Child, lines: number): Promise<void> {
  await child.heard(lines);
  child.process.kill("SIGKILL");
  assert.equal(await child.ended, "SIGKILL", child.errors());
}

/** Returns how many appends were acknowledged. */
export async function killRounds({ path, rounds, writers, seed }: KillPlan): Promise<number> {
  let state = seed;
  const roll = (below: number) => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff) % below;
  const all: Child[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const names = Array.from({ length: writers }, (_, index) => `r${round}w${index}`);
    const children = startWriters(path, names, 0);
    all.push(...children);
    await Promise.all(children.map((child) => killAfter(child, 5 + roll(30))));
    const { events, total } = await contentsOf(path);
    assertChain(events);
    assertAcknowledged(events, all);
    assert.equal(total, String(events.length));
  }
  return all.reduce((sum, { lines }) => sum + lines.length, 0);
}
