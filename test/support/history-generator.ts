// Makes task histories and beads snapshots with planted, counted faults, so that every clone can test the audit without
// outside data. The same options give the same bytes; a million changes are streamed with a small memory.

import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { BAD_KINDS, historyLine, snapshotLine, spoil, type BadKind, type Told } from "./history-lines.ts";
import { glimpse, roll, TELLERS, type Cast, type Finding, type Story } from "./history-stories.ts";

/**
 * `changes`: exact number of good history lines. `badLines`: unusable lines among them (default 1 in 200, at least 7; a
 * snapshot, which is shorter, gets a part of them). `depthMax`, `templatesMax`: the limits that the planted faults go
 * over (defaults 6 and 5, the day-one policy).
 */
export type GeneratorOptions = {
  readonly seed: number;
  readonly changes: number;
  readonly badLines?: number;
  readonly depthMax?: number;
  readonly templatesMax?: number;
};

/** One line that no reader can use: its number from 1 and what is wrong with it. */
export type BadLine = { readonly line: number; readonly kind: BadKind };

/**
 * What was written. `rows`: good lines; `lines`: all, bad and blank too. `planted` has one id for every finding expected
 * of a history; of a snapshot only template, templateUnnamed, selfMade, tooDeep and cycle can be seen. `unknownRows`
 * counts good lines with a word that is not judged. `templateGroups` counts agents' days with too many of one title.
 */
export type Expected = {
  readonly rows: number;
  readonly lines: number;
  readonly ids: number;
  readonly unknownRows: number;
  readonly badLines: readonly BadLine[];
  readonly templateGroups: number;
  readonly planted: Readonly<Record<Finding, readonly string[]>>;
};

type Planted = Record<Finding, string[]>;
type Running = { readonly story: Story; readonly created: Map<string, number>; at: number };
type Score = {
  rows: number;
  lines: number;
  ids: number;
  unknownRows: number;
  templateGroups: number;
  readonly badLines: BadLine[];
  readonly planted: Planted;
};
type LinesForm = { readonly write: (told: Told) => string; readonly lastOnly: boolean };

const HISTORY: LinesForm = { write: historyLine, lastOnly: false };
const SNAPSHOTS: LinesForm = { write: snapshotLine, lastOnly: true };

const START_MS = Date.UTC(2025, 0, 1, 8);
const DAY_MS = 86_400_000;
const GLUED_ROOM_MS = 600_000;
const RUNNING_MAX = 48;
const BLANK_EVERY = 97;
const PIECE_CHARS = 65_536;

/** Numbers in [0, 1) that depend on the seed alone: a counter with odd steps, stirred by multiplications and shifts. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

function newCast({ seed, depthMax = 6, templatesMax = 5 }: GeneratorOptions): Cast {
  let number = 0;
  const next = (): number => {
    number += 1;
    return number;
  };
  return { random: seededRandom(seed), next, depthMax, templatesMax };
}

function newScore(): Score {
  const planted: Planted = {
    skip: [],
    reopening: [],
    closedAtFirstSight: [],
    template: [],
    templateUnnamed: [],
    selfMade: [],
    tooDeep: [],
    cycle: [],
    unknownWord: [],
    handBack: [],
    reusedId: [],
    bookkeeping: [],
  };
  return { rows: 0, lines: 0, ids: 0, unknownRows: 0, templateGroups: 0, badLines: [], planted };
}

function drawIndex(cast: Cast, drawn: number): number {
  // Each kind of story once before chance decides, so that a small history has every fault.
  if (drawn < TELLERS.length) return drawn;
  const drawnShare = roll(cast.random, 100);
  let sum = 0;
  return TELLERS.findIndex(([share]) => {
    sum += share;
    return drawnShare < sum;
  });
}

function drawStory(cast: Cast, drawn: number, room: number): Story {
  const story = TELLERS[drawIndex(cast, drawn)]?.[1](cast);
  return story === undefined || story.beats.length > room ? glimpse(cast) : story;
}

function plant(score: Score, { beats, findings }: Story): void {
  score.ids += new Set(beats.map(({ issue }) => issue.id)).size;
  for (const [name, id] of findings) score.planted[name].push(id);
  if (findings[0]?.[0].startsWith("template") === true) score.templateGroups += 1;
}

function tell(running: Running, clockMs: number): Told | null {
  const { story, created } = running;
  const beat = story.beats[running.at];
  if (beat === undefined) return null;
  running.at += 1;
  const { id } = beat.issue;
  if (beat.reborn === true || !created.has(id)) created.set(id, clockMs);
  const last = !story.beats.slice(running.at).some(({ issue }) => issue.id === id);
  return { beat, atMs: clockMs, createdAtMs: created.get(id) ?? clockMs, last };
}

/** A run of glued beats stays within one day: it waits for the next one when midnight is near. */
function startMs(running: Running, clockMs: number): number {
  const leftMs = DAY_MS - (clockMs % DAY_MS);
  const glued = running.story.beats[running.at + 1]?.glued === true;
  return glued && leftMs < GLUED_ROOM_MS ? clockMs + leftMs : clockMs;
}

/** Tells the next beat of a story and those glued to it, a second apart. */
function* tellNext(running: Running, atMs: number): Generator<Told> {
  let clockMs = atMs;
  for (let told = tell(running, clockMs); told !== null; told = tell(running, clockMs)) {
    yield told;
    if (running.story.beats[running.at]?.glued !== true) return;
    clockMs += 1_000;
  }
}

/** Tells stories side by side, in order of time, until exactly `changes` beats are told. */
function* tellAll(changes: number, cast: Cast, score: Score): Generator<Told> {
  const running: Running[] = [];
  let clockMs = START_MS;
  let drawn = 0;
  let promised = 0;
  for (;;) {
    while (running.length < RUNNING_MAX && promised < changes) {
      const story = drawStory(cast, drawn, changes - promised);
      drawn += 1;
      plant(score, story);
      promised += story.beats.length;
      running.push({ story, created: new Map(), at: 0 });
    }
    const index = roll(cast.random, running.length);
    const chosen = running[index];
    if (chosen === undefined) return;
    clockMs = startMs(chosen, clockMs + 1_000 * (1 + roll(cast.random, 89)));
    for (const told of tellNext(chosen, clockMs)) {
      clockMs = told.atMs;
      yield told;
    }
    if (chosen.at >= chosen.story.beats.length) running.splice(index, 1);
  }
}

function* spoiled(score: Score, line: string, every: number): Generator<string> {
  if (score.lines % BLANK_EVERY === 0) {
    score.lines += 1;
    yield "\n";
  }
  if (score.rows % every !== Math.floor(every / 2)) return;
  const kind = BAD_KINDS[score.badLines.length % BAD_KINDS.length] ?? "cut";
  score.lines += 1;
  score.badLines.push({ line: score.lines, kind });
  yield `${spoil(kind, line)}\n`;
}

function isUnknown({ beat }: Told, form: LinesForm): boolean {
  return beat.to === "awaiting_review" || (!form.lastOnly && beat.from === "awaiting_review");
}

function* generate(options: GeneratorOptions, form: LinesForm): Generator<string, Expected> {
  const score = newScore();
  const every = Math.max(1, Math.floor(options.changes / (options.badLines ?? Math.max(7, options.changes / 200))));
  for (const told of tellAll(options.changes, newCast(options), score)) {
    if (form.lastOnly && !told.last) continue;
    const line = form.write(told);
    if (options.badLines !== 0) yield* spoiled(score, line, every);
    score.rows += 1;
    score.lines += 1;
    if (isUnknown(told, form)) score.unknownRows += 1;
    yield `${line}\n`;
  }
  return score;
}

/** The lines of a status-change history, each with its line end; returns what is to be expected of them. */
export function historyLines(options: GeneratorOptions): Generator<string, Expected> {
  return generate(options, HISTORY);
}

/** The lines of a beads snapshot of the same tasks, each as its story leaves it. */
export function snapshotLines(options: GeneratorOptions): Generator<string, Expected> {
  return generate(options, SNAPSHOTS);
}

async function writeFile(path: string, lines: Generator<string, Expected>): Promise<Expected> {
  const kept: { expected: Expected } = { expected: newScore() };
  function* pieces(): Generator<string> {
    let piece = "";
    let next = lines.next();
    for (; next.done !== true; next = lines.next()) {
      piece += next.value;
      if (piece.length < PIECE_CHARS) continue;
      yield piece;
      piece = "";
    }
    kept.expected = next.value;
    if (piece !== "") yield piece;
  }
  const source = Readable.from(pieces(), { objectMode: true, highWaterMark: 2 });
  if (path.endsWith(".gz")) await pipeline(source, createGzip(), createWriteStream(path));
  else await pipeline(source, createWriteStream(path));
  return kept.expected;
}

/** Streams a status-change history to a file (gzip when its name ends in .gz). */
export function writeHistory(path: string, options: GeneratorOptions): Promise<Expected> {
  return writeFile(path, historyLines(options));
}

/** Streams a beads snapshot to a file (gzip when its name ends in .gz). */
export function writeSnapshots(path: string, options: GeneratorOptions): Promise<Expected> {
  return writeFile(path, snapshotLines(options));
}
