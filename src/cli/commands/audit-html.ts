// The page for a browser: refused before anything is read where it could not be written afterwards.

import { resolve } from "node:path";
import type { Audit } from "../../audit/index.ts";
import type { Call } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { quoted } from "../args/words.ts";
import type { Rules } from "./audit-flags.ts";

/** Steps around a refusal that can be opened, and cells of a strip. */
const ROWS = { before: 14, from: 8 };
const CELLS = { before: 240, from: 360 };

/** Throws where --html names a place that no page may be written to. */
export async function checkHtml({ flags, io }: Call): Promise<void> {
  const name = flags.text("html");
  if (name === undefined) return;
  const { reportPathProblem } = await import("../../audit/index.ts");
  // Resolving takes the slash away that says that a folder is meant.
  const problem = await reportPathProblem(resolve(io.cwd, name) + (/[/\\]$/.test(name) ? "/" : ""));
  if (problem !== null) throw new UsageError(`--html ${quoted(name)}: ${problem}; name another file`, "audit");
}

/** Writes the page where --html asks for one, and gives its name as it was typed. */
export async function writeHtml(call: Call, { policy }: Rules, audit: Audit): Promise<string | undefined> {
  const { flags, io } = call;
  const name = flags.text("html");
  if (name === undefined) return undefined;
  const { steps, stepInputs } = audit;
  if (steps === null)
    throw new UsageError("--html shows agents' steps, and no transcript is among the files: leave it out", "audit");
  const { CARDS_MAX, reportPage, traceHistories, writeReport } = await import("../../audit/index.ts");
  const wanted = steps.worst
    .slice(0, CARDS_MAX)
    .map(({ session, agent, files, step: at }) => ({ session, agent, files, at }));
  const traces = await traceHistories(wanted, stepInputs, { policy, rows: ROWS, cells: CELLS });
  await writeReport(resolve(io.cwd, name), reportPage(steps, traces));
  return name;
}
