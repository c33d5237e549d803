// What audit and audit show have in common: whose limits judge, and where transcripts lie.

import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { Policy } from "../../core/index.ts";
import type { FormatName } from "../../formats/index.ts";
import { choiceOf } from "../args/choice.ts";
import { lengthMs } from "../args/lengths.ts";
import type { Call } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { timeOf } from "../args/values.ts";
import { quoted } from "../args/words.ts";
import type { Io } from "../output/io.ts";
import { terminalWidth } from "../output/table.ts";

const WIDTH_WITHOUT_TERMINAL = 80;
const WIDTH_LEAST = 40;

export type Rules = { readonly policy: Policy; readonly policyName: string };

/** The limits are the user's own: of the file that is named, else of the one that is found, else day one. */
export async function rulesFor({ flags, io }: Call): Promise<Rules> {
  const { loadConfig, policyFromConfig } = await import("../../config/index.ts");
  const config = loadConfig(flags.text("policy"), { env: io.env, cwd: io.cwd });
  const named =
    config.source === null ? "the environment's policy" : `the policy of ${relativeTo(io.cwd, config.source)}`;
  return { policy: policyFromConfig(config), policyName: config.policy === null ? "the day-one policy" : named };
}

/** The shorter way to say where a file lies. */
function relativeTo(cwd: string, path: string): string {
  const way = relative(cwd, path);
  return way.startsWith("..") ? path : way;
}

/** Columns of a page. */
export function pageWidth({ out }: Io): number {
  const columns = terminalWidth(out.terminal) ?? 0;
  return columns === 0 ? WIDTH_WITHOUT_TERMINAL : Math.max(WIDTH_LEAST, columns);
}

export const FORMATS: readonly FormatName[] = ["claude", "codex", "runs", "steps", "beads", "history"];

export function formatOf(text: string | undefined): FormatName | null {
  return text === undefined ? null : choiceOf("--format", text, FORMATS);
}

/** A date or a time, or so long ago; null where nothing was said. */
export function sinceOf(text: string | undefined, nowMs: number): number | null {
  if (text === undefined) return null;
  const at = timeOf(text);
  if (at !== null) return at;
  if (!/^\d/.test(text) || /^\d{4}-/.test(text))
    throw new UsageError(
      `--since ${quoted(text)} is neither a date such as 2026-01-31 nor a length of time such as 7d or 12h`,
      "audit",
    );
  return nowMs - lengthMs("--since", text);
}

/** Where the clients keep their transcripts, in the home folder. */
export const TRANSCRIPTS = ["~/.claude/projects", "~/.codex/sessions"] as const;

/** Those of the clients' folders that are there. */
export function transcriptFolders({ env }: Io): readonly string[] {
  const home = env["HOME"] ?? "";
  return home === "" ? [] : TRANSCRIPTS.map((path) => join(home, path.slice(2))).filter((path) => existsSync(path));
}
