// Tells a file's format from its first records, never from its name.

import { looksLikeIssue } from "./beads.ts";
import { looksLikeClaude } from "./claude-records.ts";
import { looksLikeCodex } from "./codex-records.ts";
import { looksLikeChange } from "./history.ts";
import { parseObjectLine, type JsonObject } from "./json-lines.ts";
import { readLines } from "./lines.ts";
import { looksLikeStep } from "./plain-steps.ts";
import { looksLikeRun } from "./runs.ts";

/** Histories of tasks' states: their rows are changes, or issues as they stand. */
export type RowFormat = "history" | "beads";

/** Histories of agents' steps: transcripts of Claude Code and Codex, runs and steps as plain JSON lines. */
export type StepFormat = "claude" | "codex" | "runs" | "steps";

export type FormatName = RowFormat | StepFormat;

/** Whether a format holds an agent's steps rather than tasks' states. */
export function isStepFormat(format: FormatName): format is StepFormat {
  return format !== "history" && format !== "beads";
}

/** The format of a file, or why it has none that is known. */
export type Sniffed = { readonly format: FormatName } | { readonly format: null; readonly why: string };

type Sniffer = { readonly format: FormatName; readonly fits: (object: JsonObject) => boolean };

/** Asked in this order; the first record that fits any decides. */
const SNIFFERS: readonly Sniffer[] = [
  { format: "history", fits: looksLikeChange },
  { format: "beads", fits: looksLikeIssue },
  { format: "claude", fits: looksLikeClaude },
  { format: "codex", fits: looksLikeCodex },
  { format: "runs", fits: looksLikeRun },
  { format: "steps", fits: looksLikeStep },
];

/** How many lines that are not empty are looked at. */
const LOOK_LINES = 25;

/** A line longer than this tells nothing about the format. */
const LOOK_BYTES = 1024 * 1024;

const NOT_KNOWN =
  "none of the first records is a status change (id, to, at), a beads issue (id, status, title), a record of Claude " +
  "Code or Codex, a run (task, steps) or a step (history, tool)";

/** Looks at the first lines of a file, plain or gzip. Never throws. */
export async function sniffFormat(path: string): Promise<Sniffed> {
  let looked = 0;
  let objects = 0;
  let firstProblem = "";
  for await (const item of readLines(path, { lineLimitBytes: LOOK_BYTES })) {
    looked += 1;
    const object = item.form === "problem" ? item.problem.why : parseObjectLine(item);
    if (item.form === "problem" && item.problem.line === 0) return { format: null, why: item.problem.why };
    if (typeof object === "string") firstProblem ||= object;
    else {
      objects += 1;
      const sniffer = SNIFFERS.find(({ fits }) => fits(object));
      if (sniffer !== undefined) return { format: sniffer.format };
    }
    if (looked === LOOK_LINES) break;
  }
  if (looked === 0) return { format: null, why: "is empty" };
  return { format: null, why: objects > 0 ? NOT_KNOWN : `holds no JSON lines (first: ${firstProblem})` };
}
