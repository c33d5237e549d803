// Finds what there is to read below the paths that a user named: a file, a folder of files (the transcripts of agents lie
// in such), a repository with `.beads/issues.jsonl`, or a folder of such repositories. Whatever is left out is named with the reason.

import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { faultText } from "./problem.ts";
import { isStepFormat, sniffFormat, type RowFormat, type StepFormat } from "./sniff.ts";

/** A history of tasks' states that can be read: its path as found, its format, its size as stored. */
export type RowInput = { readonly path: string; readonly format: RowFormat; readonly sizeBytes: number };

/** A history of agents' steps that can be read. */
export type StepInput = { readonly path: string; readonly format: StepFormat; readonly sizeBytes: number };

/** A file that can be read. */
export type Input = RowInput | StepInput;

/** Whether an input is for `readStepItems` rather than `readRows`. */
export function isStepInput(input: Input): input is StepInput {
  return isStepFormat(input.format);
}

/** A path that is not read, and why, in words that follow the path. */
export type Skipped = { readonly path: string; readonly why: string };

export type Found = { readonly inputs: readonly Input[]; readonly skipped: readonly Skipped[] };

/** Bounds on a search below a folder. */
export type SearchLimits = { readonly depthMax: number; readonly filesMax: number };

export const SEARCH_LIMITS: SearchLimits = { depthMax: 12, filesMax: 10_000 };

/** The snapshot of a beads folder, the first that is there; the later names are older or packed ones. */
const SNAPSHOT_NAMES = ["issues.jsonl", "issues.jsonl.gz", "beads.jsonl", "beads.jsonl.gz"] as const;

const LINE_FILE = /\.(?:jsonl|ndjson)(?:\.gz)?$/;

const NEVER_ENTERED: ReadonlySet<string> = new Set([".git", "node_modules"]);

const NOTHING_HERE = "holds no .beads/issues.jsonl and no *.jsonl or *.ndjson file (also as .gz)";
const NO_SNAPSHOT = "has no issues.jsonl; write one with `bd export -o .beads/issues.jsonl`";

type Search = {
  readonly limits: SearchLimits;
  readonly seen: Set<string>;
  readonly inputs: Input[];
  readonly skipped: Skipped[];
  files: number;
};

type Entry = { readonly path: string; readonly about: Stats } | { readonly path: string; readonly why: string };

async function lookAt(path: string): Promise<Entry> {
  try {
    return { path, about: await stat(path) };
  } catch (fault) {
    return { path, why: faultText(fault) };
  }
}

/** The real path the first time a file or folder is met, by whatever path, then null: links that form a loop end here. */
async function firstMeeting(search: Search, path: string): Promise<string | null> {
  const real = await realpath(path);
  if (search.seen.has(real)) return null;
  search.seen.add(real);
  return real;
}

async function takeFile(search: Search, path: string, sizeBytes: number): Promise<void> {
  if (search.files >= search.limits.filesMax) return;
  search.files += 1;
  const sniffed = await sniffFormat(path);
  if (sniffed.format === null) search.skipped.push({ path, why: sniffed.why });
  else search.inputs.push({ path, format: sniffed.format, sizeBytes });
  if (search.files === search.limits.filesMax)
    search.skipped.push({ path, why: `is file ${search.files}, the limit; later ones are not looked at` });
}

/** The path of a `.beads` folder's snapshot, null where it has none. */
async function snapshotIn(folder: string): Promise<string | null> {
  for (const name of SNAPSHOT_NAMES) {
    const entry = await lookAt(join(folder, name));
    if ("about" in entry && entry.about.isFile()) return entry.path;
  }
  return null;
}

async function takeBeads(search: Search, folder: string): Promise<void> {
  const path = await snapshotIn(folder);
  if (path === null) search.skipped.push({ path: folder, why: NO_SNAPSHOT });
  else await take(search, path, 0);
}

async function takeFolder(search: Search, folder: string, real: string, depth: number): Promise<void> {
  if (basename(real) === ".beads") return takeBeads(search, folder);
  const names = (await readdir(folder)).sort();
  // A repository with beads is its snapshot: other *.jsonl files in it are its own business.
  if (names.includes(".beads")) return takeBeads(search, join(folder, ".beads"));
  for (const name of names) {
    if (NEVER_ENTERED.has(name) || search.files >= search.limits.filesMax) continue;
    await takeEntry(search, join(folder, name), depth + 1);
  }
}

/** Below a folder only line files and folders are of interest; the rest is passed over in silence. */
async function takeEntry(search: Search, path: string, depth: number): Promise<void> {
  const entry = await lookAt(path);
  if ("why" in entry) {
    if (LINE_FILE.test(path)) search.skipped.push(entry);
  } else if (entry.about.isDirectory()) {
    if (depth > search.limits.depthMax)
      search.skipped.push({ path, why: `is deeper than ${search.limits.depthMax} folders` });
    else await take(search, path, depth);
  } else if (LINE_FILE.test(path)) await take(search, path, depth);
}

async function take(search: Search, path: string, depth: number): Promise<void> {
  try {
    const real = await firstMeeting(search, path);
    if (real === null) return;
    const about = await stat(path);
    if (about.isDirectory()) await takeFolder(search, path, real, depth);
    else await takeFile(search, path, about.size);
  } catch (fault) {
    search.skipped.push({ path, why: faultText(fault) });
  }
}

async function takeNamed(search: Search, path: string): Promise<void> {
  const before = search.inputs.length + search.skipped.length;
  const known = search.seen.size;
  await take(search, path, 0);
  const silent = search.inputs.length + search.skipped.length === before;
  if (silent && search.seen.size > known) search.skipped.push({ path, why: NOTHING_HERE });
}

/** Finds the inputs below the named paths, each file once, in the order named and sorted by name within. Never throws. */
export async function findInputs(paths: readonly string[], limits: SearchLimits = SEARCH_LIMITS): Promise<Found> {
  const search: Search = { limits, seen: new Set(), inputs: [], skipped: [], files: 0 };
  for (const path of paths) await takeNamed(search, path);
  return { inputs: search.inputs, skipped: search.skipped };
}
