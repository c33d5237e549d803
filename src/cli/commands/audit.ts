// audit: somebody else's history judged by the kernel's own rules. Read-only: nothing is written, nothing is sent.

import { relative } from "node:path";
import type { Policy } from "../../core/index.ts";
import type { Report } from "../../audit/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { wholeOr } from "../args/values.ts";
import { progressOn } from "../output/progress.ts";
import { terminalWidth } from "../output/table.ts";

const WORST_SHOWN = 3;
const WORST_MAX = 1_000;
const WIDTH_WITHOUT_TERMINAL = 80;
const WIDTH_LEAST = 40;

type Rules = { readonly policy: Policy; readonly policyName: string };

/** The limits are the user's own: of the file that is named, else of the one that is found, else day one. */
async function rulesFor({ flags, io }: Call): Promise<Rules> {
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

async function judged(call: Call, rules: Rules, worstMax: number): Promise<Report> {
  const { auditPaths } = await import("../../audit/index.ts");
  const progress = await progressOn(call.io.err.terminal, "bytes");
  const bytes = { total: 0, done: 0 };
  try {
    return await auditPaths(call.args, {
      ...rules,
      worstMax,
      now: () => performance.now(),
      onStart: (total) => (bytes.total = total),
      onBytes: (read) => progress.update((bytes.done += read), bytes.total),
    });
  } finally {
    progress.stop();
  }
}

async function tell(call: Call, report: Report): Promise<void> {
  const { headLines, jsonLine, pageLines } = await import("../../audit/index.ts");
  const { globals, io, paint } = call;
  if (globals.json) return io.out.line(jsonLine(report));
  const columns = terminalWidth(io.out.terminal) ?? 0;
  const options = { width: columns === 0 ? WIDTH_WITHOUT_TERMINAL : Math.max(WIDTH_LEAST, columns), paint };
  io.out.line((globals.quiet ? headLines(report, options) : pageLines(report, options)).join("\n"));
}

/** Says on stderr what was not read, one line a path. */
async function tellSkipped(call: Call, skipped: Report["skipped"]): Promise<void> {
  const { harmless } = await import("../../audit/index.ts");
  for (const { path, why } of skipped) call.io.err.line(`exec-kernel audit: ${harmless(path)}: ${harmless(why)}`);
}

/** Tells the report and gives the exit code. */
async function answer(call: Call, report: Report): Promise<number> {
  const { findingsOf } = await import("../../audit/index.ts");
  if (report.files.length === 0) {
    await tellSkipped(call, report.skipped);
    return 2;
  }
  await tell(call, report);
  // As in grep or ls: what could be read was judged, and a path that was named in vain is still a fault of the call.
  const inVain = report.skipped.filter(({ path }) => call.args.includes(path));
  if (call.globals.quiet || call.globals.json) await tellSkipped(call, inVain);
  if (inVain.length > 0) return 2;
  return call.flags.on("exit-code") && findingsOf(report) > 0 ? 1 : 0;
}

export const audit: CommandSpec = {
  name: "audit",
  summary: "judge task histories by the rules; reads only",
  about: [
    "PATH is a history of status changes (JSON lines), a beads snapshot, a repository that has one, or a folder of these; gzip too.",
    "docs/beads.md has the formats and how their words are read.",
  ],
  args: [{ name: "PATH", many: true }],
  flags: {
    limit: {
      value: "N",
      about: `how many of each rule's worst to show (else ${WORST_SHOWN}, with --json ${WORST_MAX})`,
    },
    policy: {
      value: "FILE",
      about: "judge by this configuration's policy (else the one found as usual, else day one)",
    },
    "exit-code": { about: "exit 1 when there are findings" },
  },
  examples: [
    "exec-kernel audit .beads/issues.jsonl",
    "exec-kernel audit history.jsonl.gz --json",
    "exec-kernel audit . --limit 20 --exit-code",
  ],
  exits: [
    "0 judged, whatever was found",
    "1 findings, with --exit-code",
    "2 a PATH could not be read, or the call is wrong",
  ],
  run: async (call) => {
    const { flags } = call;
    const worstShown = call.globals.json ? WORST_MAX : WORST_SHOWN;
    const worstMax = Math.min(WORST_MAX, wholeOr("--limit", flags.text("limit")) ?? worstShown);
    return answer(call, await judged(call, await rulesFor(call), worstMax));
  },
};
