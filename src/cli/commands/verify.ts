// verify: is the log whole, are the rows its fold, and do they count right?

import { accessSync, constants, statSync } from "node:fs";
import { resolve } from "node:path";
import type { FileLine, VerifyOptions, VerifyReport } from "../../kernel/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { withWorkspace } from "../context.ts";
import { withProgress } from "../output/progress.ts";
import { verifyLines, wayOut, wayOutOfExport } from "../output/verify-lines.ts";
import { codeOf } from "../../system/index.ts";

/** With -q nothing is said of what is whole, so that a timer's mail means trouble. */
function tell(call: Call, report: VerifyReport, tookMs: number, way: (report: VerifyReport) => string): number {
  const { io, paint, globals } = call;
  if (globals.json) io.out.line(JSON.stringify(report));
  else if (globals.quiet) for (const line of verifyLines(report, tookMs, paint).slice(1, 2)) io.err.line(line.trim());
  else for (const line of verifyLines(report, tookMs, paint)) io.out.line(line);
  if (!report.ok && !globals.json) io.err.line(way(report));
  if (report.checkpointProblem !== null) io.err.line(`no checkpoint was taken: ${report.checkpointProblem}`);
  return report.ok ? 0 : 1;
}

/** The lines of an export; one that cannot be read says why. */
async function* linesOf(path: string): AsyncGenerator<FileLine> {
  const { readLines } = await import("../../formats/index.ts");
  for await (const item of readLines(path)) {
    if (item.form === "line") yield { line: item.line, text: item.text, problem: "" };
    else yield { line: item.problem.line, text: null, problem: item.problem.why };
  }
}

/** Why a file cannot be looked at; null where it can. Its being away is no damage to what was exported. */
function noFile(path: string): string | null {
  try {
    if (statSync(path).isDirectory()) return "is a folder, not the file of an export";
    accessSync(path, constants.R_OK);
    return null;
  } catch (error) {
    const code = codeOf(error);
    return code === "ENOENT" || code === "ENOTDIR" ? "no such file" : `cannot be read (${code})`;
  }
}

async function checkExport(call: Call, file: string, chainOnly: boolean): Promise<number> {
  const { verifyExport } = await import("../../kernel/index.ts");
  const startedMs = performance.now();
  const path = resolve(call.io.cwd, file);
  const problem = noFile(path);
  if (problem !== null) {
    call.io.err.line(`exec-kernel verify: ${path}: ${problem}`);
    return 3;
  }
  const report = await withProgress(call, "events", (onProgress) =>
    verifyExport(linesOf(path), { chainOnly, onProgress }),
  );
  return tell(call, report, performance.now() - startedMs, wayOutOfExport);
}

function saysWhere(call: Call, asked: boolean, { from }: VerifyReport): void {
  if (!asked || call.globals.json || call.globals.quiet) return;
  const where =
    from === 0 ? "no checkpoint to start from: started at the first event" : `started at checkpoint ${from}`;
  call.io.err.line(where);
}

async function checkStore(call: Call, options: VerifyOptions): Promise<number> {
  return withWorkspace(call, {}, async ({ kernel }) => {
    const startedMs = performance.now();
    const { CHECKPOINT_EVENTS: checkpointEvery } = await import("../../kernel/index.ts");
    const report = await withProgress(call, "events", (onProgress) =>
      kernel.verify({ ...options, checkpointEvery, onProgress }),
    );
    saysWhere(call, options.fromCheckpoint === true, report);
    return tell(call, report, performance.now() - startedMs, wayOut);
  });
}

export const verify: CommandSpec = {
  name: "verify",
  summary: "check the log's chain, its rows and what they count",
  about: [
    "Every event's hash and place is checked, every event is folded again, the rows must be what comes out, and what rows count is counted anew. The first bad event or row comes first.",
    "Where all is whole and 65,536 events lie behind the last checkpoint, another is taken: the rows as the events gave them, for --from-checkpoint to start from.",
  ],
  args: [],
  flags: {
    chain: { about: "the chain alone: no event is folded, no row compared" },
    "from-checkpoint": { about: "start from the last checkpoint: events before it are not looked at" },
    export: { value: "FILE", about: "check the lines that exec-kernel export wrote, without a store" },
  },
  examples: [
    "exec-kernel verify",
    "exec-kernel verify --chain",
    "exec-kernel verify --from-checkpoint --json",
    "exec-kernel verify --export log.jsonl",
  ],
  exits: [
    "0 nothing found; -q prints nothing then",
    "1 something found, listed",
    "3 a fault: nothing could be checked",
  ],
  run: async (call) => {
    const file = call.flags.text("export");
    const [chainOnly, fromCheckpoint] = [call.flags.on("chain"), call.flags.on("from-checkpoint")];
    if (file === undefined) return checkStore(call, { chainOnly, fromCheckpoint });
    if (fromCheckpoint) throw new UsageError("--from-checkpoint is of a store: leave it out with --export");
    return checkExport(call, file, chainOnly);
  },
};
