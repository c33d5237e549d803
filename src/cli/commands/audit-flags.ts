// What audit and audit show have in common: whose limits judge, and where transcripts lie.

import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Config } from "../../config/index.ts";
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

async function configFor(call: Call): Promise<Config> {
  const { flags, io } = call;
  const { ConfigError, loadConfig } = await import("../../config/index.ts");
  try {
    return loadConfig(flags.text("policy"), { env: io.env, cwd: io.cwd });
  } catch (fault) {
    if (!(fault instanceof ConfigError)) throw fault;
    const more = await moreErrors(call, fault.file);
    throw more === 0
      ? fault
      : new UsageError(`${fault.message}; and ${more} more: ${checkLine(flags.text("policy"))}`, call.command);
  }
}

/** Errors after the first; a pipe was emptied by the loader, and is not read again. */
async function moreErrors({ flags, io }: Call, file: string): Promise<number> {
  if (statSync(resolve(io.cwd, file), { throwIfNoEntry: false })?.isFile() !== true) return 0;
  const { checkConfig } = await import("../../config/index.ts");
  const { problems } = checkConfig(flags.text("policy"), { env: io.env, cwd: io.cwd });
  return problems.filter(({ severity }) => severity === "error").length - 1;
}

/** The command that names them all; without FILE it finds the one that was found here. */
function checkLine(file: string | undefined): string {
  return `exec-kernel config check${file === undefined ? "" : ` ${file}`}`;
}

/** The limits are the user's own: of the file that is named, else of the one that is found, else day one. */
export async function rulesFor(call: Call): Promise<Rules> {
  const { io } = call;
  const { policyFromConfig } = await import("../../config/index.ts");
  const config = await configFor(call);
  const named =
    config.source === null ? "the environment's policy" : `the policy of ${relativeTo(io.cwd, config.source)}`;
  return { policy: policyFromConfig(config), policyName: config.policy === null ? "the day-one policy" : named };
}

/** The shorter way to say where a file lies. */
function relativeTo(cwd: string, path: string): string {
  const way = relative(cwd, path);
  return way.startsWith("..") ? path : way;
}

/** Columns of a page: those of the terminal, else what COLUMNS says for a pipe. */
export function pageWidth({ out, env }: Io): number {
  const told = Number.parseInt(env["COLUMNS"] ?? "", 10);
  const columns = terminalWidth(out.terminal) ?? (Number.isSafeInteger(told) ? told : 0);
  return columns === 0 ? WIDTH_WITHOUT_TERMINAL : Math.max(WIDTH_LEAST, columns);
}

export const FORMATS: readonly FormatName[] = ["claude", "codex", "runs", "steps", "beads", "history"];

export function formatOf(text: string | undefined): FormatName | null {
  return text === undefined ? null : choiceOf("--format", text, FORMATS);
}

/** A date or a time, or so long ago; null where nothing was said. */
export function sinceOf(text: string | undefined, nowMs: number): number | null {
  if (text === undefined) return null;
  const at = timeOf("--since", text);
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
