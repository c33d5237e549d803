// The generator is believed by other tests, so it is judged here: a naive judge, which shares no code with the readers,
// the kernel or the stories, must count in the written lines exactly what the generator says it planted.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import {
  historyLines,
  snapshotLines,
  writeHistory,
  type Expected,
  type GeneratorOptions,
} from "./history-generator.ts";
import { FINDINGS, type Finding } from "./history-stories.ts";

const folder = mkdtempSync(join(tmpdir(), "history-generator-"));
after(() => rmSync(folder, { recursive: true }));

type Fields = { readonly [name: string]: string | null | undefined };
type Seen = { fields: Fields; parents: readonly string[] };
type Counts = Record<Finding, number>;

function noCounts(): Counts {
  const entries = { skip: 0, reopening: 0, closedAtFirstSight: 0, template: 0, templateUnnamed: 0, selfMade: 0 };
  return { ...entries, tooDeep: 0, cycle: 0, unknownWord: 0, handBack: 0, reusedId: 0, bookkeeping: 0 };
}

const LEGAL = new Set([
  "open in_progress",
  "open hooked",
  "open blocked",
  "open deferred",
  "open pinned",
  "open tombstone",
  "blocked open",
  "deferred open",
  "hooked in_progress",
  "hooked closed",
  "pinned hooked",
  "in_progress closed",
  "in_progress done",
  "done closed",
]);

const ENDED = ["closed", "done", "tombstone"];

function strings(value: unknown): Fields {
  assert.ok(typeof value === "object" && value !== null);
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member === null || typeof member === "string"),
  );
}

function list(value: unknown, name: string): readonly string[] {
  assert.ok(typeof value === "object" && value !== null);
  const member: unknown = new Map<string, unknown>(Object.entries(value)).get(name);
  if (!Array.isArray(member)) return [];
  return member.map((item: unknown) => {
    assert.ok(typeof item === "string");
    return item;
  });
}

/** Steps to the top, or null where the way up comes back to its start. */
function depthOf(seen: ReadonlyMap<string, Seen>, id: string): number | null {
  let depth = 0;
  for (let at = seen.get(id)?.parents[0]; at !== undefined; at = seen.get(at)?.parents[0]) {
    depth += 1;
    if (at === id) return null;
    if (depth > 1_000) return depth;
  }
  return depth;
}

/** What a move is, by the words alone. */
function moveFinding(from: string, to: string, reborn: boolean): Finding | null {
  if (from === "awaiting_review" || to === "awaiting_review") return "unknownWord";
  if (from === "tombstone" || (ENDED.includes(from) && to === "tombstone")) return "bookkeeping";
  if (LEGAL.has(`${from} ${to}`)) return null;
  if (ENDED.includes(from)) return reborn ? "reusedId" : "reopening";
  return from === "in_progress" && to === "open" ? "handBack" : "skip";
}

type Bench = {
  readonly counts: Counts;
  readonly seen: Map<string, Seen>;
  readonly sameTitle: Map<string, number>;
  groups: number;
};

function judgeFirst(bench: Bench, fields: Fields, parents: readonly string[], origins: readonly string[]): void {
  const { counts, seen, sameTitle } = bench;
  if (fields["to"] === "closed") counts.closedAtFirstSight += 1;
  const day = `${fields["createdBy"]} ${fields["at"]?.slice(0, 10)} ${fields["title"]?.replace(/\d+/g, "0")}`;
  const times = (sameTitle.get(day) ?? 0) + 1;
  sameTitle.set(day, times);
  if (times === 6) bench.groups += 1;
  if (times > 5) counts[fields["createdBy"] === undefined ? "templateUnnamed" : "template"] += 1;
  const held = [...parents, ...origins].map((id) => seen.get(id)?.fields);
  const own = held.some((task) => task?.["assignee"] === fields["createdBy"] && task?.["type"] === fields["type"]);
  if (own && fields["assignee"] !== undefined && fields["assignee"] === fields["createdBy"]) counts.selfMade += 1;
}

function judgeLine(bench: Bench, value: unknown): void {
  const fields = strings(value);
  const parents = list(value, "parents");
  const { id, from, to } = fields;
  assert.ok(typeof id === "string" && typeof to === "string");
  const before = bench.seen.get(id);
  assert.equal(
    from ?? null,
    before === undefined ? null : (before.fields["to"] ?? null),
    "each change goes on where the last one ended",
  );
  if (before === undefined) judgeFirst(bench, fields, parents, list(value, "discoveredFrom"));
  bench.seen.set(id, { fields, parents });
  if (typeof from === "string") {
    const finding = moveFinding(from, to, before?.fields["createdAt"] !== fields["createdAt"]);
    if (finding !== null) bench.counts[finding] += 1;
  }
  const depth = depthOf(bench.seen, id);
  if (depth === null) bench.counts.cycle += 1;
  else if (depth > 6 && before === undefined) bench.counts.tooDeep += 1;
}

function collect(lines: Generator<string, Expected>): { good: string[]; all: string[]; expected: Expected } {
  const all: string[] = [];
  let next = lines.next();
  for (; next.done !== true; next = lines.next()) all.push(next.value);
  const bad = new Set(next.value.badLines.map(({ line }) => line));
  return { good: all.filter((line, index) => !bad.has(index + 1) && line !== "\n"), all, expected: next.value };
}

function planted(expected: Expected): Counts {
  const counts = noCounts();
  for (const name of FINDINGS) counts[name] = expected.planted[name].length;
  return counts;
}

test("a naive judge counts exactly what was planted, for any seed and size", () => {
  for (const [seed, changes] of [
    [1, 100],
    [2, 101],
    [3, 150],
    [4, 1_000],
    [5, 3_000],
    [6, 20_000],
    [7, 20_000],
  ] as const) {
    const { good, all, expected } = collect(historyLines({ seed, changes }));
    const bench: Bench = { counts: noCounts(), seen: new Map(), sameTitle: new Map(), groups: 0 };
    for (const line of good) judgeLine(bench, JSON.parse(line));
    assert.deepEqual(bench.counts, planted(expected), `seed ${seed}, ${changes} changes`);
    assert.equal(bench.groups, expected.templateGroups);
    assert.equal(bench.counts.unknownWord, expected.unknownRows);
    assert.deepEqual([good.length, all.length, bench.seen.size], [changes, expected.lines, expected.ids]);
    assert.equal(expected.rows, changes);
  }
});

test("a hundred changes hold every fault and every kind of bad line", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { expected } = collect(historyLines({ seed, changes: 100 }));
    for (const name of FINDINGS) assert.notEqual(expected.planted[name].length, 0, `seed ${seed}: ${name}`);
    assert.equal(new Set(expected.badLines.map(({ kind }) => kind)).size, 7);
  }
});

test("a snapshot holds each task once, as its history leaves it", () => {
  const options: GeneratorOptions = { seed: 9, changes: 5_000, badLines: 0 };
  const last = new Map<string | null | undefined, string | null | undefined>();
  for (const line of collect(historyLines(options)).good) {
    const { id, to } = strings(JSON.parse(line));
    last.set(id, to);
  }
  const { good, expected } = collect(snapshotLines(options));
  const rows = good.map((line) => strings(JSON.parse(line)));
  assert.equal(rows.length, expected.ids);
  assert.deepEqual(new Map(rows.map(({ id, status }) => [id, status])), last);
  assert.equal(rows.filter(({ status }) => status === "awaiting_review").length, expected.unknownRows);
});

test("the same options give the same bytes, packed or not, and another seed gives others", async () => {
  const options = { seed: 21, changes: 2_000 };
  const text = collect(historyLines(options)).all.join("");
  const plain = await writeHistory(join(folder, "h.jsonl"), options);
  const packed = await writeHistory(join(folder, "h.jsonl.gz"), options);
  assert.deepEqual(plain, packed);
  assert.equal(readFileSync(join(folder, "h.jsonl"), "utf8"), text);
  assert.equal(gunzipSync(readFileSync(join(folder, "h.jsonl.gz"))).toString("utf8"), text);
  assert.notEqual(collect(historyLines({ ...options, seed: 22 })).all.join(""), text);
});

test("the limits that faults go over can be chosen", () => {
  const { expected } = collect(historyLines({ seed: 3, changes: 5_000, badLines: 0, depthMax: 2, templatesMax: 30 }));
  assert.deepEqual(expected.badLines, []);
  assert.ok(expected.planted.tooDeep.length > 0 && expected.planted.template.length > 0);
});
