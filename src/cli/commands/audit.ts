// audit: somebody else's history judged by the kernel's own rules. Read-only: nothing is sent, and nothing is written but
// the file that --html names.

import { extname } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Audit } from "../../audit/index.ts";
import type { Call, CommandSpec } from "../args/spec.ts";
import { UsageError } from "../args/usage.ts";
import { wholeOr } from "../args/values.ts";
import { progressOn } from "../output/progress.ts";
import { checkHtml, writeHtml } from "./audit-html.ts";
import { FORMATS, formatOf, pageWidth, rulesFor, sinceOf, TRANSCRIPTS } from "./audit-flags.ts";
import type { Rules } from "./audit-flags.ts";

const WORST_SHOWN = 3;
const WORST_MAX = 1_000;

/** Lines are read and dropped: without this V8 gives them 40 MB more to lie about in, and is no faster (1 GB: 160 MB, 119 MB). */
const YOUNG_STAYS_SMALL = "--semi-space-growth-factor=1";

async function judged(call: Call, rules: Rules, worstMax: number): Promise<Audit> {
  const { auditPaths } = await import("../../audit/index.ts");
  const { flags, io, args } = call;
  const about = { format: formatOf(flags.text("format")), sinceMs: sinceOf(flags.text("since"), Date.now()) };
  setFlagsFromString(YOUNG_STAYS_SMALL);
  const progress = await progressOn(io.err.terminal, "bytes");
  const bytes = { total: 0, done: 0 };
  try {
    return await auditPaths(args, {
      ...rules,
      ...about,
      worstMax,
      now: () => performance.now(),
      onStart: (total) => (bytes.total = total),
      onBytes: (read) => progress.update((bytes.done += read), bytes.total),
    });
  } finally {
    progress.stop();
  }
}

/** The page of each kind of history, transcripts first; `wrote` names the file that was written. */
async function tell(call: Call, { steps, tasks, skipped }: Audit, wrote: string | undefined): Promise<void> {
  const { headLines, jsonLine, pageLines, stepsHeadLines, stepsPageLines } = await import("../../audit/index.ts");
  const { globals, io, paint } = call;
  if (globals.json) return io.out.line(jsonLine(tasks, steps, skipped));
  const options = { width: pageWidth(io), paint, ...(wrote === undefined ? {} : { wrote }) };
  const pages: (readonly string[])[] = [];
  if (steps !== null)
    pages.push(
      globals.quiet ? stepsHeadLines(steps, options) : stepsPageLines(steps, tasks === null ? skipped : [], options),
    );
  if (tasks !== null) pages.push(globals.quiet ? headLines(tasks, options) : pageLines(tasks, options));
  io.out.line(pages.map((lines) => lines.join("\n")).join("\n\n"));
}

/** Says on stderr what was not read, one line a path. */
async function tellSkipped({ io }: Call, skipped: Audit["skipped"]): Promise<void> {
  const { harmless } = await import("../../audit/index.ts");
  for (const { path, why } of skipped) io.err.line(`exec-kernel audit: ${harmless(path)}: ${harmless(why)}`);
}

/** Where nothing was found in a folder, or where one was looked for: where transcripts are. */
function tellWhere({ io }: Call, skipped: Audit["skipped"]): void {
  if (!skipped.some(({ path }) => extname(path) === "")) return;
  io.err.line(
    `exec-kernel audit: transcripts of Claude Code are in ${TRANSCRIPTS[0]}, those of Codex in ${TRANSCRIPTS[1]}`,
  );
}

/** Prints a policy file from what was seen. */
async function suggest({ io }: Call, { policy }: Rules, { steps }: Audit): Promise<number> {
  if (steps === null) {
    io.err.line("exec-kernel audit: --suggest needs transcripts of agents' steps, and there are none among the files");
    return 2;
  }
  const { suggestedPolicy } = await import("../../audit/index.ts");
  io.out.line(suggestedPolicy(steps, policy).join("\n"));
  return 0;
}

async function findings({ steps, tasks }: Audit): Promise<number> {
  const { findingsOf } = await import("../../audit/index.ts");
  return (tasks === null ? 0 : findingsOf(tasks)) + (steps?.refused ?? 0);
}

/** Tells the report and gives the exit code. */
async function answer(call: Call, rules: Rules, audit: Audit): Promise<number> {
  const { args, flags, globals } = call;
  if (audit.steps === null && audit.tasks === null) {
    await tellSkipped(call, audit.skipped);
    tellWhere(call, audit.skipped);
    // Whoever reads the object reads it whatever the exit code.
    if (globals.json) await tell(call, audit, undefined);
    return 2;
  }
  // As in grep or ls: what could be read was judged, and a path that was named in vain is still a fault of the call.
  const inVain = audit.skipped.filter(({ path }) => args.includes(path));
  if (flags.on("suggest")) {
    await tellSkipped(call, inVain);
    return Math.max(await suggest(call, rules, audit), inVain.length > 0 ? 2 : 0);
  }
  const wrote = await writeHtml(call, rules, audit);
  await tell(call, audit, wrote);
  if (globals.quiet || globals.json) await tellSkipped(call, inVain);
  if (inVain.length > 0) return 2;
  return flags.on("exit-code") && (await findings(audit)) > 0 ? 1 : 0;
}

function checkFlags({ flags, globals }: Call): void {
  for (const other of ["html", "exit-code"])
    if (flags.on("suggest") && flags.on(other))
      throw new UsageError(`--suggest prints a policy file and nothing else: leave out --${other}`, "audit");
  if (flags.on("suggest") && globals.json)
    throw new UsageError("--suggest prints a policy file, which is YAML: leave out --json", "audit");
}

export const audit: CommandSpec = {
  name: "audit",
  summary: "judge transcripts and task histories by the rules; reads only",
  about: [
    "PATH is a transcript of Claude Code or Codex, runs or steps as JSON lines, a history of status changes, a beads",
    "snapshot, a repository that has one, or a folder of these; gzip too. docs/audit.md has what is found and how to",
    "read it, docs/beads.md the formats of task histories. exec-kernel audit show ID has the very steps of one history",
    "that it names; a folder called show is ./show. -q prints only what was read and how much would have been refused.",
  ],
  args: [{ name: "PATH", many: true }],
  flags: {
    since: { value: "DATE|LENGTH", about: "count only steps from this day on, or of the last 7d or 12h" },
    format: { value: "NAME", about: `read only files of this format: ${FORMATS.join(", ")}` },
    limit: {
      value: "N",
      about: `how many of each rule's worst to show (else ${WORST_SHOWN}, with --json ${WORST_MAX})`,
    },
    policy: {
      value: "FILE",
      about: "judge by this configuration's policy (else the one found as usual, else day one)",
    },
    html: { value: "FILE", about: "write a page for a browser too, with the steps of the worst; it needs no network" },
    suggest: {
      about: "print a policy file that follows from the transcripts instead; not with --json, --html or --exit-code",
    },
    "exit-code": { about: "exit 1 when there are findings" },
  },
  examples: [
    "exec-kernel audit ~/.claude/projects --since 7d",
    "exec-kernel audit ~/.claude/projects ~/.codex/sessions --html report.html",
    "exec-kernel audit ~/.claude/projects --suggest",
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
    const { flags, globals } = call;
    checkFlags(call);
    await checkHtml(call);
    const worstShown = globals.json ? WORST_MAX : WORST_SHOWN;
    const worstMax = Math.min(WORST_MAX, wholeOr("--limit", flags.text("limit")) ?? worstShown);
    const rules = await rulesFor(call);
    return answer(call, rules, await judged(call, rules, worstMax));
  },
};
